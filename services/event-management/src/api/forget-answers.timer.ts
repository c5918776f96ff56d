import type { Timer } from '@boxoffice/shared/platform';
import type { Upkeep } from '../core/ports';

/** Answers to repeated requests are kept for two days; clients repeat within minutes. */
export const forgetAnswers = (upkeep: Upkeep): Timer => ({
  name: 'forget-answers',
  everySeconds: 3600,
  run: () => upkeep.forgetAnswers({ days: 2 }),
});
