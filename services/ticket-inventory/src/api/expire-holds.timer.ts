import type { Timer } from '@boxoffice/shared/platform';
import type { ExpireHolds } from '../core/expire-holds';

export const expireHolds = (useCase: ExpireHolds): Timer => ({
  name: 'expire-holds',
  everySeconds: 15,
  run: () => useCase.sweep(),
});
