import { etag, route, type Route } from '@boxoffice/shared/http';
import type { Publishing } from '../core/publish-event';
import { EventView, ownViewOf } from './event.view';

export const publishEvent = (publishing: Publishing): Route =>
  route({
    method: 'POST',
    path: '/events/{eventId}/publish',
    summary: 'Publish a draft and open its sales; on a published event it changes nothing',
    access: 'organizer',
    answers: { status: 200, description: 'The published event.', body: EventView },
    async handle({ params: { eventId = '' }, principal }) {
      const event = await publishing.publish(eventId, principal.userId);
      return { status: 200, headers: { etag: etag(event.version) }, body: ownViewOf(event) };
    },
  });
