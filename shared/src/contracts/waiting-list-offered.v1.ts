import type { Instant } from '../kernel';
import { fact } from './fact';
import type { OrderFulfilled } from './order-fulfilled.v1';

/** What someone waits for is held for them until a time: whoever waits next gets it if they don't buy. */
export interface WaitingListOffered {
  readonly entryId: string;
  readonly holdId: string;
  readonly userId: string;
  readonly to: { readonly name: string; readonly email: string };
  readonly ticketTypeName: string;
  readonly quantity: number;
  readonly event: OrderFulfilled['event'];
  readonly expiresAt: Instant;
  readonly offeredAt: Instant;
}

export const waitingListOffered = fact<WaitingListOffered>('ticket-inventory', 'waiting-list-offered', 1, {
  entryId: '01jv0h5c9n3yq8t6w2b4d7f1ga-02000000a003',
  holdId: '01jv0h5c9n3yq8t6w2b4d7f1ga-02000000b000',
  userId: '5f1d8c3a-7b2e-4d6f-8a90-1c2b3d4e5f60',
  to: { name: 'Ada Example', email: 'ada@example.org' },
  ticketTypeName: 'Stalls',
  quantity: 2,
  event: {
    eventId: '01jv0h5c9n3yq8t6w2b4d7f1ga',
    title: 'Winterreise by candlelight',
    startsAt: '2027-02-12T18:30:00.000Z' as Instant,
    endsAt: '2027-02-12T20:15:00.000Z' as Instant,
    timeZone: 'Europe/Vienna',
    venueName: 'Konzerthaus, Schubert-Saal',
    venueAddress: 'Lothringerstraße 20, 1030 Wien, AT',
  },
  expiresAt: '2027-01-06T09:15:00.000Z' as Instant,
  offeredAt: '2027-01-06T09:00:00.000Z' as Instant,
});
