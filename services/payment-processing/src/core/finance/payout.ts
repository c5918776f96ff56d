import type { Instant, Money } from '@boxoffice/shared/kernel';

/** Money that the platform has sent to an organiser. */
export interface Payout {
  readonly payoutId: string;
  readonly organizerId: string;
  readonly amount: Money;
  /** The bank's name for the transfer. */
  readonly reference: string;
  readonly paidAt: Instant;
}
