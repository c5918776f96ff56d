import { decodeCursor, page, PageQuery, route, type Route } from '@boxoffice/shared/http';
import type { SeatMaps } from '../core/draw-seat-maps';
import type { VenueListings } from '../core/ports';
import { seatMapNotFound, venueNotFound } from '../core/refusals';
import { SeatMapRequest, sectionsOf } from './seat-map.request';
import { SeatMapPageView, SeatMapView, viewOfSeatMap } from './seat-map.view';

export const addSeatMap = (seatMaps: SeatMaps): Route =>
  route<SeatMapRequest>({
    method: 'POST',
    path: '/venues/{venueId}/seat-maps',
    summary: 'Draw the seats of a venue, for every organiser to sell',
    access: 'organizer',
    body: SeatMapRequest,
    // A larger one would not fit into what is published of an event, either.
    bodyLimit: 256 * 1024,
    idempotencyKey: 'required',
    answers: { status: 201, description: 'The seat map.', body: SeatMapView },
    async handle({ params: { venueId = '' }, body, principal, idempotency }) {
      const drawn = { venueId, addedBy: principal.userId, name: body.name, sections: sectionsOf(body) };
      const seatMap = await seatMaps.add(drawn, idempotency);
      const location = `/api/v1/venues/${venueId}/seat-maps/${seatMap.seatMapId}`;
      return { status: 201, headers: { location }, body: viewOfSeatMap(seatMap) };
    },
  });

export const listSeatMaps = (listings: VenueListings): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/venues/{venueId}/seat-maps',
    summary: 'The seat maps of a venue, the latest added first',
    access: 'anyone',
    query: PageQuery,
    answers: { status: 200, description: 'One page; follow nextCursor for the next.', body: SeatMapPageView },
    async handle({ params: { venueId = '' }, query: { limit, cursor } }) {
      if (!(await listings.venue(venueId))) throw venueNotFound();
      const before = decodeCursor(cursor, '')?.[0];
      const seatMaps = await listings.seatMaps(venueId, { limit: limit + 1, before });
      return { status: 200, body: page(seatMaps, limit, ({ seatMapId }) => [seatMapId]) };
    },
  });

export const showSeatMap = (listings: VenueListings): Route =>
  route({
    method: 'GET',
    path: '/venues/{venueId}/seat-maps/{seatMapId}',
    summary: 'A seat map with its sections, rows and seats',
    access: 'anyone',
    answers: { status: 200, description: 'The seat map.', body: SeatMapView },
    async handle({ params: { venueId = '', seatMapId = '' } }) {
      const seatMap = await listings.seatMap(venueId, seatMapId);
      if (!seatMap) throw seatMapNotFound();
      return { status: 200, body: viewOfSeatMap(seatMap) };
    },
  });

export const removeSeatMap = (seatMaps: SeatMaps): Route =>
  route({
    method: 'DELETE',
    path: '/venues/{venueId}/seat-maps/{seatMapId}',
    summary: 'Remove a seat map of yours; events that have taken it keep it',
    access: 'organizer',
    answers: { status: 204, description: 'No other event can take it.' },
    async handle({ params: { venueId = '', seatMapId = '' }, principal }) {
      await seatMaps.remove(venueId, seatMapId, principal.userId);
      return { status: 204 };
    },
  });
