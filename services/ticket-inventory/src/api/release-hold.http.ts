import { route, type Route } from '@boxoffice/shared/http';
import type { ReleaseHold } from '../core/release-hold';
import { HoldView, holdView } from './hold.view';

export const releaseHold = (useCase: ReleaseHold): Route =>
  route({
    method: 'DELETE',
    path: '/holds/{holdId}',
    summary: 'Give held tickets back before they expire; safe to repeat',
    access: 'signed-in',
    answers: { status: 200, description: 'The hold, which holds nothing any more', body: HoldView },
    async handle({ params, principal }) {
      return { status: 200, body: holdView(await useCase.release(params['holdId'] ?? '', principal.userId)) };
    },
  });
