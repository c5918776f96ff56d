import { etag, route, type Route } from '@boxoffice/shared/http';
import type { Cancelling } from '../core/cancel-event';
import { CancelEventRequest } from './cancel-event.request';
import { EventView, ownViewOf } from './event.view';

export const cancelEvent = (cancelling: Cancelling): Route =>
  route<CancelEventRequest>({
    method: 'POST',
    path: '/events/{eventId}/cancel',
    summary: 'Cancel an event for good, a draft too; on a cancelled event it changes nothing',
    access: 'organizer',
    body: CancelEventRequest,
    answers: { status: 200, description: 'The cancelled event.', body: EventView },
    async handle({ params: { eventId = '' }, body: { reason }, principal }) {
      const event = await cancelling.cancel(eventId, principal.userId, reason);
      return { status: 200, headers: { etag: etag(event.version) }, body: ownViewOf(event) };
    },
  });
