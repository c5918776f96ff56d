import { IsCurrency, IsId, IsInstant, IsPlainText } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { EventWriting } from '../core/write-drafts';

/** A draft, whole: for making one and for writing it anew. */
export class EventRequest {
  @IsPlainText(160) title!: string;
  @IsOptional() @IsPlainText(300, { least: 0 }) summary: string = '';
  @IsOptional() @IsPlainText(10_000, { least: 0, lines: true }) description: string = '';
  @IsId() categoryId!: string;
  @IsId() venueId!: string;
  @IsInstant() startsAt!: Instant;
  @IsInstant() endsAt!: Instant;
  @IsOptional() @IsInt() @Min(1) @Max(120) holdMinutes: number = 15;
  @IsCurrency() currency!: string;
}

export const writingOf = (
  { categoryId, venueId, ...details }: EventRequest,
  organizerId: string,
): EventWriting => ({
  organizerId,
  venueId,
  categoryId,
  details: { ...details },
});
