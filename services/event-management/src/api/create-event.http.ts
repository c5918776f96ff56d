import { etag, route, type Route } from '@boxoffice/shared/http';
import type { Drafts } from '../core/write-drafts';
import { EventRequest, writingOf } from './event.request';
import { EventView, ownViewOf } from './event.view';

export const createEvent = (drafts: Drafts): Route =>
  route<EventRequest>({
    method: 'POST',
    path: '/events',
    summary: 'Make a draft of an event',
    access: 'organizer',
    body: EventRequest,
    idempotencyKey: 'required',
    answers: { status: 201, description: 'The draft; its ETag is for If-Match.', body: EventView },
    async handle({ body, principal, idempotency }) {
      const event = await drafts.create(writingOf(body, principal.userId), idempotency);
      const headers = { etag: etag(event.version), location: `/api/v1/events/${event.eventId}` };
      return { status: 201, headers, body: ownViewOf(event) };
    },
  });
