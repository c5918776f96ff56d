import type { Timer } from '@boxoffice/shared/platform';
import type { Delivering } from '../core/deliver';

/** What failed, and what somebody died over. */
export const sendDue = (delivering: Delivering): Timer => ({
  name: 'send-due',
  everySeconds: 15,
  run: () => delivering.deliverDue(),
});
