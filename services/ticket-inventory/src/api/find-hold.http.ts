import { route, type Route } from '@boxoffice/shared/http';
import type { FindHold } from '../core/find-hold';
import { HoldView, holdView } from './hold.view';

export const findHold = (useCase: FindHold): Route =>
  route({
    method: 'GET',
    path: '/holds/{holdId}',
    summary: 'One of your holds; a day after its end it is forgotten',
    access: 'signed-in',
    answers: { status: 200, description: 'The hold as it is now', body: HoldView },
    async handle({ params, principal }) {
      return { status: 200, body: holdView(await useCase.find(params['holdId'] ?? '', principal.userId)) };
    },
  });
