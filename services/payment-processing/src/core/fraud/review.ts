import { after, type Instant } from '@boxoffice/shared/kernel';
import type { Reason } from './verdict';

export type ReviewState =
  | 'waiting' // for the buyer to authorise, and then for a person
  | 'approved' // to be captured
  | 'rejected' // to be taken back
  | 'lapsed'; // nobody decided in time: to be taken back

/** A payment that is authorised only, until a person has looked at it. */
export interface Review {
  readonly paymentId: string;
  readonly orderId: string;
  readonly state: ReviewState;
  readonly reasons: readonly Reason[];
  readonly openedAt: Instant;
  /** Nobody decides later than this: the bank would let the authorisation lapse, or the event would have begun. */
  readonly decideBy: Instant;
  readonly decidedBy: string | undefined;
  readonly decidedAt: Instant | undefined;
  readonly note: string | undefined;
  readonly version: number;
}

export const reviewFor = (
  payment: { readonly paymentId: string; readonly orderId: string },
  reasons: readonly Reason[],
  eventStartsAt: Instant,
  hours: number,
  now: Instant,
): Review => {
  const patience = after(now, { hours });
  return {
    paymentId: payment.paymentId,
    orderId: payment.orderId,
    state: 'waiting',
    reasons,
    openedAt: now,
    decideBy: eventStartsAt < patience && eventStartsAt > now ? eventStartsAt : patience,
    decidedBy: undefined,
    decidedAt: undefined,
    note: undefined,
    version: 1,
  };
};
