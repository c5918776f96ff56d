import type { MessagingTables } from '@boxoffice/shared/messaging';

export interface EventTables extends MessagingTables {
  event: EventRow;
  ticketType: TicketTypeRow;
  pool: PoolRow;
  venue: VenueRow;
  seatMap: SeatMapRow;
  category: CategoryRow;
  /** Every slug that an event has ever had. */
  slug: { slug: string; eventId: string };
  /** Beginnings of the words of published events, each as a digest: any script fits a key of ASCII characters. */
  searchWord: { word: string; startsAt: string; eventId: string };
}

export interface EventRow {
  eventId: string;
  organizerId: string;
  version: number;
  /** `draft`, or `published`: lists show that, cancelled or not, and their indexes begin with it. */
  state: string;
  slug: string;
  title: string;
  summary: string;
  description: string;
  startsAt: string;
  endsAt: string;
  holdMinutes: number;
  currency: string;
  lowestPriceMinor: number | null;
  venueId: string;
  venueName: string;
  venueAddress: string;
  city: string;
  /** Digest of the city as search sees it. */
  cityKey: string;
  country: string;
  timeZone: string;
  categoryId: string;
  categoryName: string;
  createdAt: string;
  publishedAt: string | null;
  cancelledAt: string | null;
  cancelReason: string | null;
  /** Which seats are sold as what, as JSON. */
  seating: string | null;
  /** Who sells, taxes, fees and questions, as JSON; null where nothing is said of them. */
  terms: string | null;
  /** As JSON; null where there are none. */
  discounts: string | null;
}

export interface TicketTypeRow {
  ticketTypeId: string;
  eventId: string;
  position: number;
  name: string;
  description: string;
  priceMinor: number;
  capacity: number;
  salesFrom: string | null;
  salesUntil: string | null;
  minPerOrder: number;
  maxPerOrder: number;
  maxPerBuyer: number | null;
  poolId: string | null;
  /** As a JSON array. */
  accessCodes: string | null;
  /** Tiers, packages and the like, as JSON; null where it has none of them. */
  pricing: string | null;
}

export interface PoolRow {
  poolId: string;
  eventId: string;
  position: number;
  name: string;
  capacity: number;
}

export interface VenueRow {
  venueId: string;
  addedBy: string;
  name: string;
  street: string;
  postalCode: string;
  city: string;
  country: string;
  timeZone: string;
  addedAt: string;
}

export interface SeatMapRow {
  seatMapId: string;
  venueId: string;
  addedBy: string;
  name: string;
  seats: number;
  /** As JSON. */
  sections: string;
  addedAt: string;
  removedAt: string | null;
}

export interface CategoryRow {
  categoryId: string;
  slug: string;
  name: string;
}
