import { IsPlainText, IsTimeZone } from '@boxoffice/shared/http';
import { IsISO31661Alpha2, IsOptional, Matches } from 'class-validator';

export class VenueRequest {
  @IsPlainText(120) name!: string;
  @IsPlainText(160) street!: string;
  @IsOptional() @IsPlainText(20, { least: 0 }) postalCode: string = '';
  @IsPlainText(80) city!: string;
  /** ISO 3166-1 alpha-2, in upper case: the decorator of that name takes either. */
  @IsISO31661Alpha2() @Matches(/^[A-Z]{2}$/) country!: string;
  @IsTimeZone() timeZone!: string;
}
