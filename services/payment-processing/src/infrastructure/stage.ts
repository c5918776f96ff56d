import type { Ids, Instant } from '@boxoffice/shared/kernel';
import type { Transaction } from 'kysely';
import type { Order } from '../core/order';
import type { PaperRules } from '../core/papers/paper-book';
import type { PlatformFee } from '../core/platform-fee';
import type { StepAbout } from '../core/ports';
import type { PaymentTables } from './tables';

/** One step of the saga, about to be made true. */
export interface Stage extends StepAbout {
  readonly tx: Transaction<PaymentTables>;
  readonly ids: Ids;
  readonly paperRules: PaperRules;
  readonly now: Instant;
  readonly traceparent: string | undefined;
  readonly order: Order;
  readonly fee: PlatformFee;
}
