import type { Instant } from '../kernel';
import { fact } from './fact';

/** The event will not be held: nothing more of it is sold, its holds end, and none of its tickets admits anyone. */
export interface EventCancelled {
  readonly eventId: string;
  /** The event's version as of the cancellation: what `event-published` said before is older. */
  readonly version: number;
  readonly organizerId: string;
  readonly title: string;
  readonly cancelledAt: Instant;
}

export const eventCancelled = fact<EventCancelled>('event-management', 'event-cancelled', 1, {
  eventId: '01jv0h5c9n3yq8t6w2b4d7f1ga',
  version: 4,
  organizerId: 'b0a7c9d2-2f64-4f0a-9f5e-0d5f6a1c2b3d',
  title: 'Winterreise by candlelight',
  cancelledAt: '2027-02-01T09:00:00.000Z' as Instant,
});
