import type { Fact } from '@boxoffice/shared/contracts';
import type { Duration, Instant } from '@boxoffice/shared/kernel';
import type { Category } from './category';
import type { Event } from './event';
import type { SeatMap } from './seat-map';
import type { Venue } from './venue';

/** A request that may be sent again: the same key is the same request, unless its body has another fingerprint. */
export interface RepeatableRequest {
  readonly key: string;
  readonly fingerprint: string;
}

/** Where events, venues and categories are changed, each time in one commit. */
export interface Programme {
  /**
   * Does the work of a request once, and gives the same answer each further time. `work` may run more than once, but one
   * run alone is committed. The answer is plain data. Throws the refusal `idempotency-key-reused`.
   */
  once<Answer extends object>(
    request: RepeatableRequest,
    work: (commit: Commit) => Promise<Answer>,
  ): Promise<Answer>;
  /** The same without memory. When another writes meanwhile, `work` runs again and sees what the other wrote. */
  change<Answer>(work: (commit: Commit) => Promise<Answer>): Promise<Answer>;
}
export const Programme = Symbol('Programme');

/** What the store needs now and then. */
export interface Upkeep {
  /** Drops what `once` remembers of requests answered longer ago than that. */
  forgetAnswers(age: Duration): Promise<void>;
  /** Resolves while the store answers. */
  reachable(): Promise<void>;
}
export const Upkeep = Symbol('Upkeep');

export interface Commit {
  event(eventId: string): Promise<Event | undefined>;
  venue(venueId: string): Promise<Venue | undefined>;
  category(categoryId: string): Promise<Category | undefined>;
  add(event: Event): Promise<void>;
  /** Fails, and the work runs again, when the event is no longer of the version before `event`'s. */
  save(event: Event): Promise<void>;
  /** Fails like `save` when it is no longer of this version. */
  remove(event: Event): Promise<void>;
  /** True where the slug is this event's from now on, or was already; false where another event has, or ever had, it. */
  claimSlug(slug: string, eventId: string): Promise<boolean>;
  addVenue(venue: Venue): Promise<void>;
  /** Also one that has been removed. */
  seatMap(seatMapId: string): Promise<SeatMap | undefined>;
  addSeatMap(seatMap: SeatMap): Promise<void>;
  removeSeatMap(seatMapId: string, at: Instant): Promise<void>;
  /** False where there is one with its slug. */
  addCategory(category: Category): Promise<boolean>;
  /** Told to others once this commit is durable. */
  announce<Data extends AboutEvent>(fact: Fact<Data>, data: Data, at: Instant): Promise<void>;
}

/** What others are told of is always an event. */
export interface AboutEvent {
  readonly eventId: string;
}

/** Queries: they read what is committed, and decide nothing. */
export interface Listings {
  event(eventId: string): Promise<Event | undefined>;
  /** The event that has, or once had, this slug. */
  eventBySlug(slug: string): Promise<Event | undefined>;
  /** By start, then id. */
  published(filter: EventFilter, page: StartPage): Promise<readonly EventSummary[]>;
  /** Drafts too; the latest made first. */
  ofOrganizer(organizerId: string, page: IdPage): Promise<readonly EventSummary[]>;
  /** By name. */
  categories(): Promise<readonly Category[]>;
}
export const Listings = Symbol('Listings');

/** The same of places. */
export interface VenueListings {
  venue(venueId: string): Promise<Venue | undefined>;
  /** The latest added first. */
  venues(page: IdPage): Promise<readonly Venue[]>;
  /** Undefined where it has been removed. */
  seatMap(venueId: string, seatMapId: string): Promise<SeatMap | undefined>;
  /** The latest added first, without those that have been removed. */
  seatMaps(venueId: string, page: IdPage): Promise<readonly SeatMapSummary[]>;
}
export const VenueListings = Symbol('VenueListings');

/** An event in a list: without its description, and without what is sold. */
export type EventSummary = Omit<
  Event,
  'ticketTypes' | 'pools' | 'seating' | 'terms' | 'discounts' | 'details'
> & {
  readonly details: Omit<Event['details'], 'description'>;
  readonly lowestPriceMinor: number | undefined;
};

/** A seat map in a list: without its sections. */
export type SeatMapSummary = Pick<SeatMap, 'seatMapId' | 'name' | 'addedAt'> & { readonly seats: number };

export interface EventFilter {
  /** Its id or its slug. */
  readonly category?: string;
  readonly city?: string;
  /** Words, or beginnings of words, that title, venue, city or category have, all of them. */
  readonly words?: string;
  /** Starts at or after. */
  readonly from: Instant;
  /** Starts before. */
  readonly to?: Instant;
}

export interface StartPage {
  readonly limit: number;
  readonly after: { readonly startsAt: string; readonly eventId: string } | undefined;
}

export interface IdPage {
  readonly limit: number;
  /** The id of the last one seen. */
  readonly before: string | undefined;
}
