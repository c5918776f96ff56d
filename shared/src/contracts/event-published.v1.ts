import type { Instant, Money } from '../kernel';
import { fact } from './fact';
import type { PricePackage, PriceTier, SaleTerms, TaxCategory } from './sale-terms';

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
  /** Capacities that several ticket types share. */
  readonly pools?: readonly PoolOnSale[];
  /** Where ticket types are sold as numbered seats. */
  readonly seatMap?: SeatMap;
  readonly terms?: SaleTerms;
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
  /** Tickets of this type that one buyer may hold and have bought, over all orders. */
  readonly maxPerBuyer?: number;
  /** The pool whose capacity it shares. */
  readonly poolId?: string;
  /** Where given, it is hidden and only sold to who names one of the codes: `accessCodeHash` of each. */
  readonly accessCodes?: readonly string[];
  /** Before `price` holds. */
  readonly tiers?: readonly PriceTier[];
  readonly packages?: readonly PricePackage[];
  /** The buyer names the price, from `price` upwards. */
  readonly donation?: true;
  /** Sold only beside a ticket of one of these types, at most one for each. */
  readonly addOnTo?: readonly string[];
  readonly taxCategory?: TaxCategory;
}

/** At every moment its ticket types have no more held and sold together than this. */
export interface PoolOnSale {
  readonly poolId: string;
  readonly name: string;
  readonly capacity: number;
}

/** A hall as its seats are sold: within a section rows stand in order, best first. No name contains `/`. */
export interface SeatMap {
  readonly sections: readonly { readonly name: string; readonly rows: readonly SeatRow[] }[];
}

/** Seats `first` to `last`, side by side in this order. A seat's id is `<section>/<row>/<number>`. */
export interface SeatRow {
  readonly name: string;
  readonly ticketTypeId: string;
  readonly first: number;
  readonly last: number;
  /** Numbers that are no seats: who sits beside a pillar or an aisle has no neighbour there. */
  readonly gaps?: readonly number[];
  /** For who needs step-free access or a place for a wheelchair: offered only to who asks for it. */
  readonly accessible?: readonly number[];
  readonly restrictedView?: readonly number[];
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
