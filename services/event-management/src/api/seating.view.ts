import { IsId, IsPlainText } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, ValidateNested } from 'class-validator';

export class SeatedSectionView {
  @IsPlainText(40) section!: string;
  @IsId() ticketTypeId!: string;
  /** Absent: all of the section's. */
  @IsOptional() @IsArray() @IsPlainText(20, {}, { each: true }) rows?: string[];
}

export class SeatingView {
  @IsId() seatMapId!: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => SeatedSectionView) sections!: SeatedSectionView[];
}
