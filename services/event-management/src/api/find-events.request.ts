import { IsInstant, IsPlainText, PageQuery } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { IsOptional } from 'class-validator';

export class FindEventsQuery extends PageQuery {
  /** Its id or its slug. */
  @IsOptional() @IsPlainText(80) category?: string;
  @IsOptional() @IsPlainText(80) city?: string;
  /** Words, or beginnings of words. */
  @IsOptional() @IsPlainText(100) q?: string;
  /** Events that start at or after; now where none is given. */
  @IsOptional() @IsInstant() from?: Instant;
  /** Events that start before. */
  @IsOptional() @IsInstant() to?: Instant;
}
