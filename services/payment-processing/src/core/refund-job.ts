import type { Instant, Money } from '@boxoffice/shared/kernel';
import type { Refund, RefundReason } from './refund';

/** Gives back what all orders of an event have paid, however often it is interrupted. One for each event and reason. */
export interface RefundJob extends RefundJobKey {
  readonly askedAt: Instant;
  /** The last order that it has gone through, in the order of their ids; empty at the start of each round. */
  readonly cursor: string;
  /** Orders of this round that were neither paid for nor over: another round must look at them again. */
  readonly waiting: number;
  readonly doneAt: Instant | undefined;
  readonly dueAt: Instant | undefined;
  readonly version: number;
}

export interface RefundJobKey {
  readonly eventId: string;
  readonly reason: RefundReason;
}

/** How many orders are gone through between two notes of how far it has come, and how soon a round follows another. */
export const jobPace = { page: 100, roundSeconds: 30 } as const;

export const newJob = ({ eventId, reason }: RefundJobKey, now: Instant): RefundJob => ({
  eventId,
  reason,
  askedAt: now,
  cursor: '',
  waiting: 0,
  doneAt: undefined,
  dueAt: now,
  version: 1,
});

/** The part of a commit that refunds need. */
export interface RefundCommit {
  /** Of a payment, in the order of asking. */
  refundsOf(paymentId: string): Promise<readonly Refund[]>;
  refundJob(key: RefundJobKey): Promise<RefundJob | undefined>;
  addRefundJob(job: RefundJob): Promise<void>;
  saveRefundJob(job: RefundJob): Promise<void>;
  /** An order of this event has its tickets: should the event be cancelled, its orders are gone through once more. */
  lookAgain(eventId: string): Promise<void>;
}

/** Queries about refunds: they decide nothing. */
export interface RefundRecords {
  jobsDue(now: Instant, limit: number): Promise<readonly RefundJobKey[]>;
  /** Ids of orders of the event after `cursor`, ascending; those alone in which there is something to do. */
  ordersToRefund(eventId: string, cursor: string, limit: number): Promise<readonly string[]>;
  progress(eventId: string): Promise<RefundProgress>;
}
export const RefundRecords = Symbol('RefundRecords');

/** How far the refunds of an event have come. */
export interface RefundProgress {
  /** That were paid for, with money. */
  readonly orders: number;
  /** Of these, all of whose money has gone back. */
  readonly refunded: number;
  /** Refunds that the gateway has not carried out yet. */
  readonly underWay: number;
  /** Refunds that a person must see to. */
  readonly failed: number;
  /** What has gone back, one a currency. */
  readonly amount: readonly Money[];
  readonly jobs: readonly Pick<RefundJob, 'reason' | 'askedAt' | 'doneAt'>[];
}
