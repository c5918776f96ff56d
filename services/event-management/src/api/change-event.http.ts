import { etag, route, type Route } from '@boxoffice/shared/http';
import type { Drafts } from '../core/write-drafts';
import { EventRequest, writingOf } from './event.request';
import { EventView, ownViewOf } from './event.view';

export const changeEvent = (drafts: Drafts): Route =>
  route<EventRequest>({
    method: 'PUT',
    path: '/events/{eventId}',
    summary: 'Write a draft anew',
    access: 'organizer',
    body: EventRequest,
    ifMatch: 'required',
    answers: { status: 200, description: 'The draft as it is now.', body: EventView },
    async handle({ params: { eventId = '' }, body, principal, ifMatch }) {
      const event = await drafts.rewrite(eventId, ifMatch, writingOf(body, principal.userId));
      return { status: 200, headers: { etag: etag(event.version) }, body: ownViewOf(event) };
    },
  });
