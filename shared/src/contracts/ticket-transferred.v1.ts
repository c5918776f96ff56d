import type { Instant } from '../kernel';
import { fact } from './fact';
import type { OrderFulfilled } from './order-fulfilled.v1';

/** A ticket has a new holder and a new code; the codes before it admit nobody any more. */
export interface TicketTransferred {
  readonly ticketId: string;
  readonly orderId: string;
  readonly ticketTypeId: string;
  readonly ticketTypeName: string;
  /** Which code of the ticket it is, from 2. */
  readonly issue: number;
  readonly code: string;
  /** `<section>/<row>/<number>`, where it is a numbered seat. */
  readonly seat?: string;
  readonly event: OrderFulfilled['event'];
  readonly from: { readonly userId: string; readonly name: string };
  readonly to: { readonly name: string; readonly email: string };
  readonly transferredAt: Instant;
}

export const ticketTransferred = fact<TicketTransferred>('ticket-inventory', 'ticket-transferred', 1, {
  ticketId: '01jv0h5c9n3yq8t6w2b4d7f1ga-8q2s4v-1',
  orderId: '01jv0hc2k4b6d8f0g1h3j5m7n9',
  ticketTypeId: '01jv0h5c9n8m1s4k7p0r3v6x9z',
  ticketTypeName: 'Stalls',
  issue: 2,
  code: 'BX1.dC03UW0y.AZ0H…',
  event: {
    eventId: '01jv0h5c9n3yq8t6w2b4d7f1ga',
    title: 'Winterreise by candlelight',
    startsAt: '2027-02-12T18:30:00.000Z' as Instant,
    endsAt: '2027-02-12T20:15:00.000Z' as Instant,
    timeZone: 'Europe/Vienna',
    venueName: 'Konzerthaus, Schubert-Saal',
    venueAddress: 'Lothringerstraße 20, 1030 Wien, AT',
  },
  from: { userId: '5f1d8c3a-7b2e-4d6f-8a90-1c2b3d4e5f60', name: 'Ada Example' },
  to: { name: 'Ben Example', email: 'ben@example.org' },
  transferredAt: '2027-01-20T17:02:11.000Z' as Instant,
});
