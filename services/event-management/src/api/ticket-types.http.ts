import { etag, route, type Route } from '@boxoffice/shared/http';
import type { TicketTypes } from '../core/define-ticket-types';
import type { Showing } from '../core/show-event';
import { viewFor } from './event.view';
import { ticketTypeDetailsOf, TicketTypeRequest } from './ticket-type.request';
import { ownViewOfTicketType, TicketTypesView, TicketTypeView } from './ticket-type.view';

export const addTicketType = (ticketTypes: TicketTypes): Route =>
  route<TicketTypeRequest>({
    method: 'POST',
    path: '/events/{eventId}/ticket-types',
    summary: 'Add a ticket type to a draft',
    access: 'organizer',
    body: TicketTypeRequest,
    idempotencyKey: 'required',
    answers: { status: 201, description: 'The ticket type; the ETag is the event’s.', body: TicketTypeView },
    async handle({ params: { eventId = '' }, body, principal, idempotency }) {
      const details = ticketTypeDetailsOf(body);
      const { event, ticketType } = await ticketTypes.add(eventId, principal.userId, details, idempotency);
      const location = `/api/v1/events/${eventId}/ticket-types/${ticketType.ticketTypeId}`;
      return {
        status: 201,
        headers: { etag: etag(event.version), location },
        body: ownViewOfTicketType(ticketType, event),
      };
    },
  });

export const listTicketTypes = (showing: Showing): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/ticket-types',
    summary: 'The ticket types of an event; those with access codes to its organiser alone',
    access: 'anyone',
    answers: {
      status: 200,
      description: 'Those that you may see; the ETag is the event’s.',
      body: TicketTypesView,
    },
    async handle({ params: { eventId = '' }, caller }) {
      const event = await showing.byId(eventId, caller?.userId);
      const { body, etag } = viewFor(caller?.userId, event);
      return { status: 200, headers: { etag }, body: { items: body.ticketTypes } };
    },
  });

export const changeTicketType = (ticketTypes: TicketTypes): Route =>
  route<TicketTypeRequest>({
    method: 'PUT',
    path: '/events/{eventId}/ticket-types/{ticketTypeId}',
    summary: 'Write a ticket type of a draft anew; If-Match takes the event’s ETag',
    access: 'organizer',
    body: TicketTypeRequest,
    ifMatch: 'required',
    answers: { status: 200, description: 'The ticket type; the ETag is the event’s.', body: TicketTypeView },
    async handle({ params: { eventId = '', ticketTypeId = '' }, body, principal, ifMatch }) {
      const change = { eventId, ticketTypeId, organizerId: principal.userId, seenVersion: ifMatch };
      const { event, ticketType } = await ticketTypes.rewrite(change, ticketTypeDetailsOf(body));
      return {
        status: 200,
        headers: { etag: etag(event.version) },
        body: ownViewOfTicketType(ticketType, event),
      };
    },
  });

export const removeTicketType = (ticketTypes: TicketTypes): Route =>
  route({
    method: 'DELETE',
    path: '/events/{eventId}/ticket-types/{ticketTypeId}',
    summary: 'Remove a ticket type from a draft; If-Match takes the event’s ETag',
    access: 'organizer',
    ifMatch: 'required',
    answers: { status: 204, description: 'It is gone; the ETag is the event’s.' },
    async handle({ params: { eventId = '', ticketTypeId = '' }, principal, ifMatch }) {
      const change = { eventId, ticketTypeId, organizerId: principal.userId, seenVersion: ifMatch };
      const event = await ticketTypes.remove(change);
      return { status: 204, headers: { etag: etag(event.version) } };
    },
  });
