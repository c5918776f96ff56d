import type { Instant, Money } from '../kernel';
import { fact } from './fact';

/**
 * The order is paid for: its tickets are to be issued, or, if that can't be, the money goes back. Said again
 * when no answer came. A free order says it too, with amount 0 and no payment.
 */
export interface PaymentCaptured {
  readonly orderId: string;
  readonly paymentId?: string;
  readonly eventId: string;
  readonly holdId: string;
  readonly userId: string;
  readonly lines: readonly { readonly ticketTypeId: string; readonly quantity: number }[];
  readonly amount: Money;
  readonly capturedAt: Instant;
}

export const paymentCaptured = fact<PaymentCaptured>('payment-processing', 'payment-captured', 1, {
  orderId: '01jv0hc2k4b6d8f0g1h3j5m7n9',
  eventId: '01jv0h5c9n3yq8t6w2b4d7f1ga',
  holdId: '01jv0h5c9n3yq8t6w2b4d7f1ga-3k7m9p',
  userId: '5f1d8c3a-7b2e-4d6f-8a90-1c2b3d4e5f60',
  lines: [{ ticketTypeId: '01jv0h5c9n8m1s4k7p0r3v6x9z', quantity: 2 }],
  amount: { amountMinor: 9600, currency: 'EUR' },
  capturedAt: '2027-01-05T10:21:44.120Z' as Instant,
});
