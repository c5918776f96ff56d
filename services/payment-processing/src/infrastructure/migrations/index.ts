import { messagingMigration } from '@boxoffice/shared/messaging';
import type { Migration } from '@boxoffice/shared/sql';
import { ordersAndPayments } from './0001-orders-and-payments';
import { prices } from './0002-prices';
import { terms } from './0003-terms';
import { gateways } from './0004-gateways';
import { refunds } from './0005-refunds';
import { papers } from './0006-papers';
import { fraud } from './0007-fraud';
import { transfers } from './0007-transfers';
import { traces } from './0008-traces';

/** Forwards only, in this order; what has run anywhere is never changed. */
export const migrations: readonly Migration[] = [
  messagingMigration,
  ordersAndPayments,
  prices,
  terms,
  gateways,
  refunds,
  papers,
  fraud,
  transfers,
  traces,
];
