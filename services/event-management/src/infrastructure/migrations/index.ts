import { messagingMigration } from '@boxoffice/shared/messaging';
import type { Migration } from '@boxoffice/shared/sql';
import { programme } from './0001-programme';
import { seatsAndPools } from './0002-seats-and-pools';
import { cancellation } from './0003-cancellation';
import { pricing } from './0004-pricing';
import { terms } from './0005-terms';
import { discounts } from './0006-discounts';

export const migrations: readonly Migration[] = [
  messagingMigration,
  programme,
  seatsAndPools,
  cancellation,
  pricing,
  terms,
  discounts,
];
