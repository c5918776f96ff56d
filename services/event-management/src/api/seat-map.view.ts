import { IsId, IsInstant, IsPlainText, type Plain } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { seatsOf, type SeatMap } from '../core/seat-map';

/** A seat map in a list. */
export class SeatMapSummaryView {
  @IsId() seatMapId!: string;
  @IsPlainText(120) name!: string;
  /** How many it has. */
  @IsInt() seats!: number;
  @IsInstant() addedAt!: Instant;
}

export class SeatMapPageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => SeatMapSummaryView) items!: SeatMapSummaryView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export class RowView {
  @IsPlainText(20) name!: string;
  @IsInt() first!: number;
  @IsInt() last!: number;
  @IsOptional() @IsArray() @IsInt({ each: true }) gaps?: number[];
  @IsOptional() @IsArray() @IsInt({ each: true }) accessible?: number[];
  @IsOptional() @IsArray() @IsInt({ each: true }) restrictedView?: number[];
}

export class SectionView {
  @IsPlainText(40) name!: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => RowView) rows!: RowView[];
}

export class SeatMapView extends SeatMapSummaryView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => SectionView) sections!: SectionView[];
}

/** Without who drew it, which is nobody's business. */
export const viewOfSeatMap = ({ seatMapId, name, sections, addedAt }: SeatMap): Plain<SeatMapView> => ({
  seatMapId,
  name,
  seats: seatsOf(sections),
  addedAt,
  sections,
});
