import type { Instant } from '@boxoffice/shared/kernel';
import type { Place } from './event';

/** Where events are held. Open to every organiser, and never changed: tickets have its address printed on them. */
export interface Venue {
  readonly venueId: string;
  readonly addedBy: string;
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** IANA zone. */
  readonly timeZone: string;
  readonly addedAt: Instant;
}

export function placeOf(venue: Venue): Place {
  const { venueId, name, street, postalCode, city, country, timeZone } = venue;
  const town = [postalCode, city].filter((part) => part !== '').join(' ');
  return { venueId, name, address: `${street}, ${town}, ${country}`, city, country, timeZone };
}
