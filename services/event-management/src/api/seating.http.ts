import { etag, route, type Route } from '@boxoffice/shared/http';
import type { Seatings } from '../core/assign-seats';
import { seatingNotFound } from '../core/refusals';
import type { Showing } from '../core/show-event';
import { SeatingRequest, seatingOf } from './seating.request';
import { SeatingView } from './seating.view';

export const assignSeats = (seatings: Seatings): Route =>
  route<SeatingRequest>({
    method: 'PUT',
    path: '/events/{eventId}/seating',
    summary: 'Take a seat map of the venue, and say what its sections or rows are sold as',
    access: 'organizer',
    body: SeatingRequest,
    bodyLimit: 256 * 1024,
    ifMatch: 'required',
    answers: {
      status: 200,
      description:
        'The seating; the capacity of each ticket type in it is the number of its seats from now on.',
      body: SeatingView,
    },
    async handle({ params: { eventId = '' }, body, principal, ifMatch }) {
      const seating = seatingOf(body);
      const change = { eventId, organizerId: principal.userId, seenVersion: ifMatch };
      const event = await seatings.assign(change, seating);
      return { status: 200, headers: { etag: etag(event.version) }, body: seating };
    },
  });

export const showSeating = (showing: Showing): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/seating',
    summary: 'What the seats of an event of yours are sold as',
    access: 'organizer',
    answers: { status: 200, description: 'The seating; the ETag is the event’s.', body: SeatingView },
    async handle({ params: { eventId = '' }, principal }) {
      const { seating, version } = await showing.own(eventId, principal.userId);
      if (!seating) throw seatingNotFound();
      return { status: 200, headers: { etag: etag(version) }, body: seating };
    },
  });

export const removeSeating = (seatings: Seatings): Route =>
  route({
    method: 'DELETE',
    path: '/events/{eventId}/seating',
    summary: 'Sell a draft’s ticket types without seats; If-Match takes the event’s ETag',
    access: 'organizer',
    ifMatch: 'required',
    answers: { status: 204, description: 'No seat is assigned; the ETag is the event’s.' },
    async handle({ params: { eventId = '' }, principal, ifMatch }) {
      const change = { eventId, organizerId: principal.userId, seenVersion: ifMatch };
      const event = await seatings.remove(change);
      return { status: 204, headers: { etag: etag(event.version) } };
    },
  });
