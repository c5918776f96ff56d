import { route, type Route } from '@boxoffice/shared/http';
import type { Drafts } from '../core/write-drafts';

export const deleteEvent = (drafts: Drafts): Route =>
  route({
    method: 'DELETE',
    path: '/events/{eventId}',
    summary: 'Delete a draft',
    access: 'organizer',
    ifMatch: 'required',
    answers: { status: 204, description: 'The draft is gone; its slug stays taken.' },
    async handle({ params: { eventId = '' }, principal, ifMatch }) {
      await drafts.remove(eventId, principal.userId, ifMatch);
      return { status: 204 };
    },
  });
