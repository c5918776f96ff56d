import { messagingMigration } from '@boxoffice/shared/messaging';
import type { Migration } from '@boxoffice/shared/sql';

/** Forwards only, in this order; what has run anywhere is never changed. Each is loaded when it is due, which on most starts none is. */
export const migrations: readonly Migration[] = [
  messagingMigration,
  late(
    '0001-orders-and-payments',
    async () =>
      (await import('@boxoffice/payment-processing/migrations/0001-orders-and-payments')).ordersAndPayments,
  ),
  late(
    '0002-prices',
    async () => (await import('@boxoffice/payment-processing/migrations/0002-prices')).prices,
  ),
  late('0003-terms', async () => (await import('@boxoffice/payment-processing/migrations/0003-terms')).terms),
  late(
    '0004-gateways',
    async () => (await import('@boxoffice/payment-processing/migrations/0004-gateways')).gateways,
  ),
  late(
    '0005-refunds',
    async () => (await import('@boxoffice/payment-processing/migrations/0005-refunds')).refunds,
  ),
  late(
    '0006-papers',
    async () => (await import('@boxoffice/payment-processing/migrations/0006-papers')).papers,
  ),
  late('0007-fraud', async () => (await import('@boxoffice/payment-processing/migrations/0007-fraud')).fraud),
  late(
    '0007-transfers',
    async () => (await import('@boxoffice/payment-processing/migrations/0007-transfers')).transfers,
  ),
  late(
    '0008-traces',
    async () => (await import('@boxoffice/payment-processing/migrations/0008-traces')).traces,
  ),
];

function late(name: string, load: () => Promise<Migration>): Migration {
  return {
    name,
    async up(...step) {
      const migration = await load();
      if (migration.name !== name) throw new Error(`${migration.name} is not ${name}`);
      await migration.up(...step);
    },
  };
}
