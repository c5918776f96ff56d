import type { Migration } from '@boxoffice/shared/sql';

/** The books of payments by bank transfer: what is awaited, what has come in, what is to be sent back. */
export const transfers: Migration = {
  name: '0007-transfers',
  async up(tx, types) {
    await tx.schema
      .createTable('transfers')
      .addColumn('paymentId', types.key(26), (c) => c.notNull().primaryKey())
      .addColumn('reference', types.key(25), (c) => c.notNull())
      .addColumn('amountMinor', types.whole, (c) => c.notNull())
      .addColumn('currency', types.key(3), (c) => c.notNull())
      .addColumn('state', types.key(16), (c) => c.notNull())
      .addColumn('payBy', types.instant, (c) => c.notNull())
      .addColumn('capturedAt', types.instant)
      .addColumn('version', types.whole, (c) => c.notNull())
      .execute();
    await tx.schema
      .createIndex('oneTransferAReference')
      .unique()
      .on('transfers')
      .column('reference')
      .execute();
    await tx.schema
      .createIndex('transfersCaptured')
      .on('transfers')
      .columns(['capturedAt', 'paymentId'])
      .execute();
    await tx.schema
      .createTable('bankCredits')
      .addColumn('creditId', types.key(26), (c) => c.notNull().primaryKey())
      .addColumn('bankId', types.key(128), (c) => c.notNull())
      .addColumn('amountMinor', types.whole, (c) => c.notNull())
      .addColumn('currency', types.key(3), (c) => c.notNull())
      .addColumn('remittance', types.text(1000), (c) => c.notNull())
      .addColumn('bookedAt', types.instant, (c) => c.notNull())
      .addColumn('payerName', types.text(200))
      .addColumn('payerIban', types.key(34))
      .addColumn('state', types.key(16), (c) => c.notNull())
      .addColumn('why', types.key(32))
      .addColumn('paymentId', types.key(26))
      .addColumn('decidedBy', types.key(128))
      .addColumn('version', types.whole, (c) => c.notNull())
      .execute();
    await tx.schema.createIndex('oneCreditABankId').unique().on('bankCredits').column('bankId').execute();
    await tx.schema.createIndex('bankCreditsIn').on('bankCredits').columns(['state', 'creditId']).execute();
    await tx.schema.createIndex('bankCreditsOfPayment').on('bankCredits').column('paymentId').execute();
    await tx.schema
      .createTable('outgoingTransfers')
      .addColumn('outgoingId', types.key(26), (c) => c.notNull().primaryKey())
      .addColumn('what', types.key(16), (c) => c.notNull())
      .addColumn('paymentId', types.key(26))
      .addColumn('amountMinor', types.whole, (c) => c.notNull())
      .addColumn('currency', types.key(3), (c) => c.notNull())
      .addColumn('state', types.key(16), (c) => c.notNull())
      .addColumn('dueSince', types.instant, (c) => c.notNull())
      .addColumn('doneAt', types.instant)
      .addColumn('doneBy', types.key(128))
      .addColumn('version', types.whole, (c) => c.notNull())
      .execute();
    await tx.schema
      .createIndex('outgoingDue')
      .on('outgoingTransfers')
      .columns(['state', 'outgoingId'])
      .execute();
    await tx.schema.createIndex('outgoingOfPayment').on('outgoingTransfers').column('paymentId').execute();
    await tx.schema.alterTable('payments').addColumn('payBy', types.instant).execute();
  },
};
