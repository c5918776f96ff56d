import { money, type Instant, type Money } from '@boxoffice/shared/kernel';
import type { Discount } from './discount';
import type { Pool } from './pool';
import type { Seating } from './seating';
import type { Terms } from './terms';
import { isHidden, type TicketType } from './ticket-type';

/** What is held, at a venue, by an organiser. Its version grows with every change, those of its parts included. */
export interface Event {
  readonly eventId: string;
  readonly organizerId: string;
  readonly version: number;
  readonly status: EventStatus;
  /** Unique for ever: what has once been its address never leads to another event. */
  readonly slug: string;
  readonly details: EventDetails;
  readonly place: Place;
  readonly category: EventCategory;
  /** In the order in which they were added. */
  readonly ticketTypes: readonly TicketType[];
  /** In the order in which they were added. */
  readonly pools: readonly Pool[];
  /** None: nothing is sold by its seat. */
  readonly seating: Seating | undefined;
  readonly terms: Terms;
  /** In the order in which they were added, in which those without codes apply. */
  readonly discounts: readonly Discount[];
  readonly createdAt: Instant;
}

export type EventStatus =
  | { readonly is: 'draft' }
  | { readonly is: 'published'; readonly publishedAt: Instant }
  | {
      readonly is: 'cancelled';
      readonly cancelledAt: Instant;
      /** For who had meant to come. */
      readonly reason: string;
      /** None: it was a draft, and stays its organiser's alone. */
      readonly publishedAt: Instant | undefined;
    };

/** Undefined: nobody but its organiser has ever seen it. */
export const publishedAtOf = (status: EventStatus): Instant | undefined =>
  status.is === 'draft' ? undefined : status.publishedAt;

/** What the organiser writes. */
export interface EventDetails {
  readonly title: string;
  /** One or two sentences for lists. */
  readonly summary: string;
  /** Plain text; empty lines part paragraphs. */
  readonly description: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** How long a buyer's hold lasts, 1 to 120 minutes. */
  readonly holdMinutes: number;
  /** Of all its prices: one order is paid in one currency. */
  readonly currency: string;
}

/** The venue, as far as an event needs it. */
export interface Place {
  readonly venueId: string;
  readonly name: string;
  /** Street, post code and city, country: on one line. */
  readonly address: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** IANA zone. */
  readonly timeZone: string;
}

export interface EventCategory {
  readonly categoryId: string;
  readonly name: string;
}

export const priceOf = (event: Event, { priceMinor }: TicketType): Money =>
  money(priceMinor, event.details.currency);

/** Amounts are set, in its currency. */
export const hasPrices = ({ ticketTypes, terms, discounts }: Event): boolean =>
  discounts.some(({ off }) => off.is === 'amount') ||
  terms.fees?.some(({ fixedMinor }) => fixedMinor > 0) === true ||
  ticketTypes.some(({ priceMinor, tiers = [], packages = [] }) =>
    [priceMinor, ...[...tiers, ...packages].map((part) => part.priceMinor)].some((amount) => amount > 0),
  );

/** What anyone may buy, and therefore see. */
export const openTicketTypes = ({ ticketTypes }: Event): readonly TicketType[] =>
  ticketTypes.filter((ticketType) => !isHidden(ticketType));

/**
 * `from €20` in lists, to anyone; undefined while nothing is sold to anyone. Without tiers, which are over one day, and
 * without add-ons, which nobody gets in with.
 */
export function lowestPrice(event: Event): Money | undefined {
  const admitting = openTicketTypes(event).filter(({ addOnTo }) => addOnTo === undefined);
  const prices = admitting.map(({ priceMinor }) => priceMinor);
  return prices.length === 0 ? undefined : money(Math.min(...prices), event.details.currency);
}

/** The same event, changed once more. */
export const changed = (event: Event, change: Partial<Event>): Event => ({
  ...event,
  ...change,
  version: event.version + 1,
});
