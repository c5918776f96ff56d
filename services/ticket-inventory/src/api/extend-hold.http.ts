import { route, type Route } from '@boxoffice/shared/http';
import type { ExtendHold } from '../core/extend-hold';
import { keptOf } from './hold-tickets.http';
import { NewHoldView, newHoldView } from './hold.view';

export const extendHold = (useCase: ExtendHold): Route =>
  route({
    method: 'POST',
    path: '/holds/{holdId}/extend',
    summary: 'Keep a hold as long again from now as a hold of the event lasts; twice at the most',
    access: 'signed-in',
    idempotencyKey: 'required',
    answers: {
      status: 200,
      description: 'The hold until its new expiry, with a new token',
      body: NewHoldView,
    },
    async handle({ params, principal, idempotency }) {
      const request = {
        holdId: params['holdId'] ?? '',
        userId: principal.userId,
        key: keptOf(idempotency.key),
      };
      return { status: 200, body: newHoldView(await useCase.extend(request)) };
    },
  });
