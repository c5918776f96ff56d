import { IsId, IsInstant, IsPlainText, IsTimeZone } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { Venue } from '../core/venue';
import type { Plain } from '@boxoffice/shared/http';

export class VenueView {
  @IsId() venueId!: string;
  @IsPlainText(120) name!: string;
  @IsPlainText(160) street!: string;
  @IsPlainText(20, { least: 0 }) postalCode!: string;
  @IsPlainText(80) city!: string;
  @IsString() country!: string;
  @IsTimeZone() timeZone!: string;
  @IsInstant() addedAt!: Instant;
}

export class VenuePageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => VenueView) items!: VenueView[];
  @IsOptional() @IsString() nextCursor?: string;
}

/** Without who added it, which is nobody's business. */
export const viewOfVenue = (venue: Venue): Plain<VenueView> => ({
  venueId: venue.venueId,
  name: venue.name,
  street: venue.street,
  postalCode: venue.postalCode,
  city: venue.city,
  country: venue.country,
  timeZone: venue.timeZone,
  addedAt: venue.addedAt,
});
