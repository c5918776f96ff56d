import { decodeCursor, page, PageQuery, route, type Route } from '@boxoffice/shared/http';
import type { Furnishing } from '../core/add-venues-and-categories';
import type { VenueListings } from '../core/ports';
import { venueNotFound } from '../core/refusals';
import { VenueRequest } from './venue.request';
import { VenuePageView, VenueView, viewOfVenue } from './venue.view';

export const addVenue = (furnishing: Furnishing): Route =>
  route<VenueRequest>({
    method: 'POST',
    path: '/venues',
    summary: 'Add a venue, for every organiser to use',
    access: 'organizer',
    body: VenueRequest,
    idempotencyKey: 'required',
    answers: { status: 201, description: 'The venue.', body: VenueView },
    async handle({ body, principal, idempotency }) {
      const venue = await furnishing.addVenue(detailsOf(body, principal.userId), idempotency);
      return {
        status: 201,
        headers: { location: `/api/v1/venues/${venue.venueId}` },
        body: viewOfVenue(venue),
      };
    },
  });

export const listVenues = (listings: VenueListings): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/venues',
    summary: 'All venues, the latest added first',
    access: 'anyone',
    query: PageQuery,
    answers: { status: 200, description: 'One page; follow nextCursor for the next.', body: VenuePageView },
    async handle({ query: { limit, cursor } }) {
      const venues = await listings.venues({ limit: limit + 1, before: decodeCursor(cursor, '')?.[0] });
      const { items, ...rest } = page(venues, limit, ({ venueId }) => [venueId]);
      return { status: 200, body: { items: items.map(viewOfVenue), ...rest } };
    },
  });

export const showVenue = (listings: VenueListings): Route =>
  route({
    method: 'GET',
    path: '/venues/{venueId}',
    summary: 'A venue',
    access: 'anyone',
    answers: { status: 200, description: 'The venue.', body: VenueView },
    async handle({ params: { venueId = '' } }) {
      const venue = await listings.venue(venueId);
      if (!venue) throw venueNotFound();
      return { status: 200, body: viewOfVenue(venue) };
    },
  });

const detailsOf = (body: VenueRequest, addedBy: string) => {
  const { name, street, postalCode, city, country, timeZone } = body;
  return { addedBy, name, street, postalCode, city, country, timeZone };
};
