import { IsCurrency, IsInstant, IsPlainText, PageQuery } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { orderSaga, type OrderState } from '../core/order-saga';

export class FinanceTeamRequest {
  /** Addresses that they sign in with. */
  @IsArray() @ArrayMaxSize(50) @IsEmail({}, { each: true }) members!: string[];
}

export class PayoutRequest {
  @IsInt() @Min(1) @Max(1_000_000_000_000) amountMinor!: number;
  @IsCurrency() currency!: string;
  /** The bank's name for the transfer. */
  @IsPlainText(200) reference!: string;
}

/** From then to before then; the last 31 days where it is not said. */
export class LedgerQuery extends PageQuery {
  @IsOptional() @IsInstant() from?: Instant;
  @IsOptional() @IsInstant() until?: Instant;
  /** Whose, for members of a finance team; your own where it is not said. */
  @IsOptional() @IsPlainText(128) organizerId?: string;
}

export class LedgerTableQuery {
  @IsOptional() @IsInstant() from?: Instant;
  @IsOptional() @IsInstant() until?: Instant;
  @IsOptional() @IsPlainText(128) organizerId?: string;
}

export class EventOrdersQuery extends PageQuery {
  @IsOptional() @IsString() @IsIn(Object.keys(orderSaga)) state?: OrderState;
  /** The buyer's, in whatever case. */
  @IsOptional() @IsEmail() @MaxLength(320) email?: string;
}

export class ReconciliationQuery {
  /** All that there are where it is not said. */
  @IsOptional() @Matches(/^[a-z][a-z0-9-]*$/) @MaxLength(32) gateway?: string;
  /** From then to before then, 31 days at most; the last day where it is not said. */
  @IsOptional() @IsInstant() from?: Instant;
  @IsOptional() @IsInstant() until?: Instant;
}
