import type { Migration } from '@boxoffice/shared/sql';

/** By which method a payment was asked for, and which one took its place; what banks take back. */
export const gateways: Migration = {
  name: '0004-gateways',
  async up(tx, types) {
    await tx.schema.alterTable('payments').addColumn('method', types.key(16)).execute();
    await tx.schema.alterTable('payments').addColumn('replacedBy', types.key(26)).execute();
    await tx.schema
      .createTable('disputes')
      .addColumn('id', types.key(26), (c) => c.notNull())
      .addColumn('gateway', types.key(32), (c) => c.notNull())
      .addColumn('disputeId', types.key(128), (c) => c.notNull())
      .addColumn('paymentId', types.key(26), (c) => c.notNull())
      .addColumn('orderId', types.key(26), (c) => c.notNull())
      .addColumn('organizerId', types.key(128), (c) => c.notNull())
      .addColumn('amountMinor', types.whole, (c) => c.notNull())
      .addColumn('currency', types.key(3), (c) => c.notNull())
      .addColumn('state', types.key(16), (c) => c.notNull())
      .addColumn('openedAt', types.instant, (c) => c.notNull())
      .addColumn('settledAt', types.instant)
      .addColumn('version', types.whole, (c) => c.notNull())
      .addPrimaryKeyConstraint('oneDispute', ['gateway', 'disputeId'])
      .execute();
    await tx.schema
      .createIndex('disputesOfOrganizer')
      .on('disputes')
      .columns(['organizerId', 'openedAt'])
      .execute();
  },
};
