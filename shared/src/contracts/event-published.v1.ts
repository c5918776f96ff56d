import type { Instant, Money } from '../kernel';
import { fact } from './fact';

/** All that others need to sell tickets for an event and to print them. */
export interface EventPublished {
  readonly eventId: string;
  /** Grows with each change of the event: what is older than what a consumer has is ignored. */
  readonly version: number;
  readonly organizerId: string;
  readonly slug: string;
  readonly title: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** IANA zone of the venue, e.g. `Europe/Vienna`. */
  readonly timeZone: string;
  readonly venueName: string;
  readonly venueAddress: string;
  /** How long a buyer's hold lasts, 1 to 120 minutes. */
  readonly holdMinutes: number;
  readonly ticketTypes: readonly TicketTypeOnSale[];
}

export interface TicketTypeOnSale {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly price: Money;
  readonly capacity: number;
  readonly salesFrom: Instant;
  readonly salesUntil: Instant;
  readonly minPerOrder: number;
  readonly maxPerOrder: number;
}

export const eventPublished = fact<EventPublished>('event-management', 'event-published', 1, {
  eventId: '01jv0h5c9n3yq8t6w2b4d7f1ga',
  version: 3,
  organizerId: 'b0a7c9d2-2f64-4f0a-9f5e-0d5f6a1c2b3d',
  slug: 'winterreise-by-candlelight',
  title: 'Winterreise by candlelight',
  startsAt: '2027-02-12T18:30:00.000Z' as Instant,
  endsAt: '2027-02-12T20:15:00.000Z' as Instant,
  timeZone: 'Europe/Vienna',
  venueName: 'Konzerthaus, Schubert-Saal',
  venueAddress: 'Lothringerstraße 20, 1030 Wien, AT',
  holdMinutes: 15,
  ticketTypes: [
    {
      ticketTypeId: '01jv0h5c9n8m1s4k7p0r3v6x9z',
      name: 'Stalls',
      price: { amountMinor: 4800, currency: 'EUR' },
      capacity: 240,
      salesFrom: '2026-12-01T09:00:00.000Z' as Instant,
      salesUntil: '2027-02-12T18:30:00.000Z' as Instant,
      minPerOrder: 1,
      maxPerOrder: 8,
    },
  ],
});
