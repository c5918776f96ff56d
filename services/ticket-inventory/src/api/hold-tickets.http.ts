import { apiBase, route, type IdempotentRequest, type Route } from '@boxoffice/shared/http';
import type { RequestMark } from '../core/hold';
import type { HoldTickets } from '../core/hold-tickets';
import { askedLine, HoldTicketsRequest } from './hold-tickets.request';
import { NewHoldView, newHoldView } from './hold.view';

// 132 bits of each hash: more than anyone can search, and each hold carries them for a day.
export const markOf = ({ key, fingerprint }: IdempotentRequest): RequestMark => ({
  key: keptOf(key),
  fingerprint: keptOf(fingerprint),
});
export const keptOf = (hash: string): string => hash.slice(0, 22);

export const holdTickets = (useCase: HoldTickets): Route =>
  route<HoldTicketsRequest>({
    method: 'POST',
    path: '/holds',
    summary: 'Hold tickets of one event, all or none, until a time',
    access: 'signed-in',
    body: HoldTicketsRequest,
    idempotencyKey: 'required',
    answers: {
      status: 201,
      description: 'The hold, with the token that an order is placed with',
      body: NewHoldView,
    },
    async handle({ body, principal, idempotency }) {
      const { eventId, accessCode } = body;
      const lines = body.lines.map(askedLine);
      const mark = markOf(idempotency);
      const sealed = await useCase.hold({ eventId, lines, accessCode, userId: principal.userId, mark });
      return {
        status: 201,
        headers: { location: `${apiBase}/holds/${sealed.hold.holdId}` },
        body: newHoldView(sealed),
      };
    },
  });
