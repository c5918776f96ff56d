import { route, type Route } from '@boxoffice/shared/http';
import type { Showing } from '../core/show-event';
import { EventView, viewFor } from './event.view';

export const showEvent = (showing: Showing): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}',
    summary: 'An event with its ticket types; to its organiser alone a draft, and what is hidden',
    access: 'anyone',
    answers: { status: 200, description: 'The event.', body: EventView },
    async handle({ params: { eventId = '' }, caller }) {
      const event = await showing.byId(eventId, caller?.userId);
      const { body, etag } = viewFor(caller?.userId, event);
      return { status: 200, headers: { etag }, body };
    },
  });

export const showEventBySlug = (showing: Showing): Route =>
  route({
    method: 'GET',
    path: '/events/slug/{slug}',
    summary: 'The same by its slug; one that it had before leads to the one it has',
    access: 'anyone',
    answers: { status: 200, description: 'The event.', body: EventView },
    async handle({ params: { slug = '' }, caller }) {
      const event = await showing.bySlug(slug, caller?.userId);
      if (event.slug !== slug)
        return { status: 308, headers: { location: `/api/v1/events/slug/${event.slug}` } };
      const { body, etag } = viewFor(caller?.userId, event);
      return { status: 200, headers: { etag }, body };
    },
  });
