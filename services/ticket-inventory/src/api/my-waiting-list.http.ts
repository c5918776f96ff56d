import { route, type Plain, type Route } from '@boxoffice/shared/http';
import type { MyWaitingList } from '../core/my-waiting-list';
import { placeView, WaitingPlacesView } from './waiting-list.view';

export const myWaitingList = (query: MyWaitingList): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/waiting-list',
    summary:
      'What you wait for at an event, and what is offered to you; a day after its end an entry is forgotten',
    access: 'signed-in',
    answers: { status: 200, description: 'Your last entry of each ticket type', body: WaitingPlacesView },
    async handle({ params, principal }) {
      const places = await query.of(params['eventId'] ?? '', principal.userId);
      return { status: 200, body: { items: places.map(placeView) } satisfies Plain<WaitingPlacesView> };
    },
  });
