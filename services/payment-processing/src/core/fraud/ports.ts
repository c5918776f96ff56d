import type { Instant, Money } from '@boxoffice/shared/kernel';
import type { Count } from './count';
import type { Review } from './review';
import type { Decision, Reason } from './verdict';

/** The part of a commit that fraud measures write. */
export interface FraudBook {
  /** Adds to each, and answers where each stands then, in order. No two commits are answered the same where they add. */
  count(counts: readonly Count[]): Promise<readonly number[]>;
  /** They begin anew. */
  clear(counts: readonly Count[]): Promise<void>;
  /** The cards that this account has used since then, and by how many accounts each was used. */
  cardsOf(userId: string, since: Instant): Promise<readonly UsedCard[]>;
  /** Answers by how many accounts it was used since then, with this one. */
  cardUsed(cardId: string, userId: string, now: Instant, since: Instant): Promise<number>;
  keepAddress(paymentId: string, addressId: string, forgetAt: Instant): Promise<void>;
  addressOf(paymentId: string): Promise<string | undefined>;
  record(decision: FraudDecision): Promise<void>;
  addReview(review: Review): Promise<void>;
  review(paymentId: string): Promise<Review | undefined>;
  saveReview(review: Review): Promise<void>;
}

export interface UsedCard {
  readonly cardId: string;
  readonly accounts: number;
}

/** Written once, and never changed. Ids and reasons, nothing of a person. */
export interface FraudDecision {
  readonly decisionId: string;
  /** `opening`: whether to open a payment. `outcome`: what its card told. `review`: a person's, or that nobody decided in time. */
  readonly stage: 'opening' | 'outcome' | 'review';
  readonly decision: Decision;
  readonly reasons: readonly Reason[];
  readonly orderId: string;
  readonly paymentId: string;
  readonly userId: string;
  /** Who decided, where it was a person. */
  readonly decidedBy: string | undefined;
  readonly decidedAt: Instant;
}

/** What waits for a person. */
export interface WaitingReview extends Review {
  readonly amount: Money;
  readonly gateway: string;
  readonly userId: string;
  readonly eventId: string;
}

/** Queries: they read what is committed, and decide nothing. */
export interface Reviews {
  of(paymentId: string): Promise<Review | undefined>;
  /** Authorised payments that nobody has decided on, oldest first; `after` is the id of the last one seen. */
  waiting(page: {
    readonly limit: number;
    readonly after: string | undefined;
  }): Promise<readonly WaitingReview[]>;
  overdue(now: Instant, limit: number): Promise<readonly string[]>;
  /** Deletes what was to be kept until `now`. Answers how much. */
  forget(now: Instant, usedBefore: Instant): Promise<number>;
}
export const Reviews = Symbol('Reviews');
