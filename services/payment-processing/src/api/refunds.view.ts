import { IsId, IsInstant, type Plain } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { Refund, RefundReason, RefundState } from '../core/refund';
import type { RefundProgress } from '../core/refund-job';
import { MoneyView } from './order.view';
import { reasonsToAsk } from './refunds.request';

export const refundReasons = [
  'no-stock-left',
  'not-on-sale',
  'group-incomplete',
  'paid-twice',
  ...reasonsToAsk,
] as const satisfies readonly RefundReason[];

export class RefundView {
  @IsId() refundId!: string;
  @IsIn(['requested', 'submitted', 'succeeded', 'failed']) state!: RefundState;
  @IsIn([...refundReasons]) reason!: RefundReason;
  @ValidateNested() @Type(() => MoneyView) amount!: MoneyView;
  /** Given back for it. */
  @IsArray() @IsString({ each: true }) ticketIds!: readonly string[];
  @IsInstant() requestedAt!: string;
  @IsOptional() @IsInstant() refundedAt?: string;
}

export class RefundJobView {
  @IsIn([...refundReasons]) reason!: RefundReason;
  @IsInstant() askedAt!: string;
  /** All orders have been gone through. Absent: it is at work. */
  @IsOptional() @IsInstant() doneAt?: string;
}

/** How far the refunds of an event have come. */
export class EventRefundsView {
  /** Orders that were paid for with money. */
  @IsInt() orders!: number;
  /** Of these, all of whose money has gone back. */
  @IsInt() refunded!: number;
  /** Refunds that the gateway has not carried out yet. */
  @IsInt() underWay!: number;
  /** Refunds that a person must see to. */
  @IsInt() failed!: number;
  /** What has gone back, one a currency. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => MoneyView) amount!: readonly MoneyView[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => RefundJobView) jobs!: readonly RefundJobView[];
}

export const refundView = (refund: Refund): Plain<RefundView> => {
  const { refundId, state, reason, amount, ticketIds, requestedAt, refundedAt } = refund;
  return {
    refundId,
    state,
    reason,
    amount,
    ticketIds,
    requestedAt,
    ...(refundedAt === undefined ? {} : { refundedAt }),
  };
};

export const eventRefundsView = ({ jobs, ...progress }: RefundProgress): Plain<EventRefundsView> => ({
  ...progress,
  jobs: jobs.map(({ reason, askedAt, doneAt }) => ({
    reason,
    askedAt,
    ...(doneAt === undefined ? {} : { doneAt }),
  })),
});
