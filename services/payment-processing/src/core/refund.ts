import type { PaymentRefunded } from '@boxoffice/shared/contracts';
import { money, type Instant, type Money } from '@boxoffice/shared/kernel';
import type { RefundOutcome } from './gateway';
import type { Payment } from './payment';
import { askAgainAt } from './waiting';

export type RefundReason = PaymentRefunded['reason'];
/** Why ticket-inventory has no tickets for an order. */
export type NoTicketsReason = Extract<RefundReason, 'no-stock-left' | 'not-on-sale' | 'group-incomplete'>;

export type RefundState =
  | 'requested' // recorded here; the gateway was not asked yet
  | 'submitted' // the gateway was asked, and may or may not have answered
  | 'succeeded'
  | 'failed'; // the gateway will not: handed to a person, and looked up daily in case they settled it there

/** What is asked for: what the gateway is to give back, for what, and why. */
export interface RefundWish {
  /** Unique: what is asked for twice under one key is one refund. */
  readonly refundKey: string;
  readonly reason: RefundReason;
  readonly amount: Money;
  /** Given back for it; void once the money has gone. */
  readonly ticketIds: readonly string[];
  /** For those who run the event alone. */
  readonly note: string | undefined;
}

export interface Refund extends RefundWish {
  /** Also the gateway's idempotency key: however often it is asked, it pays back once. */
  readonly refundId: string;
  readonly paymentId: string;
  readonly orderId: string;
  readonly eventId: string;
  readonly gateway: string;
  /** The gateway's name for the payment. */
  readonly paymentReference: string;
  readonly state: RefundState;
  readonly reference: string | undefined;
  /** What the gateway said when it would not; kept, should the money go back all the same. */
  readonly failure: string | undefined;
  /** Who gave the money back by hand, where it did not go through the gateway. */
  readonly settledBy: string | undefined;
  readonly requestedAt: Instant;
  readonly refundedAt: Instant | undefined;
  readonly askAt: Instant | undefined;
  readonly asks: number;
  readonly version: number;
}

export interface RefundNews {
  readonly reference?: string;
  readonly outcome: RefundOutcome;
}

const lifecycle: Readonly<Record<RefundState, Readonly<Record<RefundOutcome['is'], RefundState>>>> = {
  requested: { pending: 'submitted', succeeded: 'succeeded', failed: 'failed' },
  submitted: { pending: 'submitted', succeeded: 'succeeded', failed: 'failed' },
  succeeded: { pending: 'succeeded', succeeded: 'succeeded', failed: 'succeeded' },
  failed: { pending: 'failed', succeeded: 'succeeded', failed: 'failed' },
};

const pauses = {
  waiting: { seconds: 15, atMostSeconds: 3600 },
  failed: { seconds: 24 * 3600, atMostSeconds: 24 * 3600 },
} as const;

/** The refund as it is while the gateway is being asked: later by itself, should no answer come. */
export const submitting = (refund: Refund, now: Instant): Refund => ({
  ...refund,
  state: refund.state === 'requested' ? 'submitted' : refund.state,
  asks: refund.asks + 1,
  askAt: askAgainAt(now, refund.asks, refund.state === 'failed' ? pauses.failed : pauses.waiting),
});

/** The refund after the news; the very same object where it tells nothing new. */
export function learnOfRefund(refund: Refund, news: RefundNews, now: Instant): Refund {
  const { outcome } = news;
  const state = lifecycle[refund.state][outcome.is];
  const reference = refund.reference ?? news.reference;
  if (state === refund.state && reference === refund.reference) return refund;
  if (state === refund.state) return { ...refund, reference };
  return {
    ...refund,
    state,
    reference,
    failure: outcome.is === 'failed' ? outcome.reason : refund.failure,
    refundedAt: outcome.is === 'succeeded' ? outcome.refundedAt : undefined,
    asks: 0,
    askAt: askAfter(state, now),
  };
}

function askAfter(state: RefundState, now: Instant): Instant | undefined {
  switch (state) {
    case 'succeeded':
      return undefined;
    case 'failed':
      return askAgainAt(now, 0, pauses.failed);
    case 'requested':
    case 'submitted':
      return askAgainAt(now, 0, pauses.waiting);
  }
}

/** The refund after a person gave the money back beside the gateway. */
export const settledByHand = (refund: Refund, settledBy: string, now: Instant): Refund => ({
  ...refund,
  state: 'succeeded',
  settledBy,
  refundedAt: now,
  asks: 0,
  askAt: undefined,
});

/** One for each payment and reason: what the saga and the jobs give back by themselves. */
export const ownRefundKey = (paymentId: string, reason: RefundReason): string => `${paymentId}~${reason}`;

/** What is owed to the buyer for a payment that should not have been taken, or buys nothing: all of it. */
export const wholeRefund = (payment: Payment, reason: RefundReason): RefundWish => ({
  refundKey: ownRefundKey(payment.paymentId, reason),
  reason,
  amount: payment.amount,
  ticketIds: [],
  note: undefined,
});

/** What of a payment can still go back: captured, and neither returned nor on its way. */
export const leftOf = ({ amount, refundedMinor, state }: Payment): Money =>
  money(state === 'captured' ? Math.max(0, amount.amountMinor - refundedMinor) : 0, amount.currency);

export function refundFor(
  payment: Payment,
  eventId: string,
  wish: RefundWish,
  refundId: string,
  now: Instant,
): Refund {
  if (payment.reference === undefined)
    throw new Error(`payment ${payment.paymentId} was captured without a reference`);
  return {
    ...wish,
    refundId,
    paymentId: payment.paymentId,
    orderId: payment.orderId,
    eventId,
    gateway: payment.gateway,
    paymentReference: payment.reference,
    state: 'requested',
    reference: undefined,
    failure: undefined,
    settledBy: undefined,
    requestedAt: now,
    refundedAt: undefined,
    askAt: now,
    asks: 0,
    version: 1,
  };
}
