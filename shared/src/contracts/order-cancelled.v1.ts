import type { Instant, Money } from '../kernel';
import { fact } from './fact';

/** An order that no gateway was paid for was undone, and not because its buyer wanted it: there is no refund that would tell them. */
export interface OrderCancelled {
  readonly orderId: string;
  readonly eventId: string;
  readonly eventTitle: string;
  readonly userId: string;
  readonly buyer: { readonly name: string; readonly email: string };
  readonly reason: 'no-stock-left' | 'not-on-sale' | 'group-incomplete' | 'event-cancelled';
  readonly cancelledAt: Instant;
  /** Tickets that were issued for it and admit nobody any more. */
  readonly ticketIds: readonly string[];
  /** What was paid for it with gift cards is on them again. Absent: it was free. */
  readonly returnedToGiftCards?: Money;
}

export const orderCancelled = fact<OrderCancelled>('payment-processing', 'order-cancelled', 1, {
  orderId: '01jv0hc2k4b6d8f0g1h3j5m7n9',
  eventId: '01jv0h5c9n3yq8t6w2b4d7f1ga',
  eventTitle: 'Winterreise by candlelight',
  userId: '5f1d8c3a-7b2e-4d6f-8a90-1c2b3d4e5f60',
  buyer: { name: 'Ada Example', email: 'ada@example.org' },
  reason: 'event-cancelled',
  cancelledAt: '2027-02-01T09:00:12.000Z' as Instant,
  ticketIds: ['01jv0h5c9n3yq8t6w2b4d7f1ga-8q2s4v-1'],
});
