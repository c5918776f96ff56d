import { route, type Route } from '@boxoffice/shared/http';
import type { LeaveWaitingList } from '../core/leave-waiting-list';
import { entryView, WaitingEntryView } from './waiting-list.view';

export const leaveWaitingList = (useCase: LeaveWaitingList): Route =>
  route({
    method: 'DELETE',
    path: '/events/{eventId}/waiting-list/{entryId}',
    summary: 'Wait no longer, and give back what is offered to you; safe to repeat',
    access: 'signed-in',
    answers: { status: 200, description: 'The entry, as it ended', body: WaitingEntryView },
    async handle({ params, principal }) {
      const { eventId = '', entryId = '' } = params;
      const entry = await useCase.leave(eventId, entryId, principal.userId);
      return { status: 200, body: entryView(entry, entry.standing.state) };
    },
  });
