import type { Timer } from '@boxoffice/shared/platform';
import type { Upkeep } from '../core/ports';

/** Clients repeat within minutes, but an import or a season that was cut short may be taken up again weeks later. */
export const forgetAnswers = (upkeep: Upkeep): Timer => ({
  name: 'forget-answers',
  everySeconds: 3600,
  run: () => upkeep.forgetAnswers({ days: 30 }),
});
