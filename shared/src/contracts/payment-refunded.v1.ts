import type { Instant, Money } from '../kernel';
import { fact } from './fact';

/** Money went back to the buyer. */
export interface PaymentRefunded {
  readonly orderId: string;
  readonly paymentId: string;
  readonly refundId: string;
  readonly eventId: string;
  readonly eventTitle: string;
  readonly userId: string;
  readonly buyer: { readonly name: string; readonly email: string };
  readonly amount: Money;
  readonly reason:
    | 'no-stock-left'
    | 'not-on-sale'
    | 'group-incomplete'
    | 'paid-twice'
    | 'buyer-asked'
    | 'organizer-decided'
    | 'event-cancelled'
    | 'event-postponed'
    | 'duplicate'
    | 'fraud'
    | 'goodwill';
  readonly refundedAt: Instant;
  /** Tickets that were given back for it: they are void. Absent: the order had none. */
  readonly ticketIds?: readonly string[];
}

export const paymentRefunded = fact<PaymentRefunded>('payment-processing', 'payment-refunded', 1, {
  orderId: '01jv0hc2k4b6d8f0g1h3j5m7n9',
  paymentId: '01jv0hc9w1y3z5a7c9e1g3k5m7',
  refundId: '01jv0j7p2r4t6v8x0z1b3d5f7h',
  eventId: '01jv0h5c9n3yq8t6w2b4d7f1ga',
  eventTitle: 'Winterreise by candlelight',
  userId: '5f1d8c3a-7b2e-4d6f-8a90-1c2b3d4e5f60',
  buyer: { name: 'Ada Example', email: 'ada@example.org' },
  amount: { amountMinor: 9600, currency: 'EUR' },
  reason: 'no-stock-left',
  refundedAt: '2027-01-05T11:02:10.000Z' as Instant,
});
