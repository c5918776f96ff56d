import type { Instant } from '../kernel';
import { fact } from './fact';

/** The order is paid for, but will never have tickets: its hold had ended and the stock is gone, or its group wasn't completed. */
export interface HoldRefused {
  readonly orderId: string;
  readonly eventId: string;
  readonly holdId: string;
  readonly reason: 'sold-out' | 'event-not-on-sale' | 'group-incomplete';
  readonly refusedAt: Instant;
}

export const holdRefused = fact<HoldRefused>('ticket-inventory', 'hold-refused', 1, {
  orderId: '01jv0hc2k4b6d8f0g1h3j5m7n9',
  eventId: '01jv0h5c9n3yq8t6w2b4d7f1ga',
  holdId: '01jv0h5c9n3yq8t6w2b4d7f1ga-3k7m9p',
  reason: 'sold-out',
  refusedAt: '2027-01-05T10:58:01.000Z' as Instant,
});
