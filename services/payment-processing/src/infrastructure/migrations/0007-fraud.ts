import type { ColumnTypes, Migration } from '@boxoffice/shared/sql';
import type { Transaction } from 'kysely';

type Tx = Transaction<unknown>;

/** What is known of who pays, each with the time when it is deleted. */
async function traces(tx: Tx, types: ColumnTypes): Promise<void> {
  await tx.schema
    .createTable('fraudCounters')
    .addColumn('counterId', types.key(43), (c) => c.notNull().primaryKey())
    .addColumn('stands', types.whole, (c) => c.notNull())
    .addColumn('endsAt', types.instant, (c) => c.notNull())
    .execute();
  await tx.schema.createIndex('fraudCountersOver').on('fraudCounters').column('endsAt').execute();
  await tx.schema
    .createTable('fraudCards')
    .addColumn('cardId', types.key(43), (c) => c.notNull())
    .addColumn('userId', types.key(128), (c) => c.notNull())
    .addColumn('usedAt', types.instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('fraudCardOfAccount', ['cardId', 'userId'])
    .execute();
  await tx.schema.createIndex('fraudCardsOfUser').on('fraudCards').columns(['userId', 'usedAt']).execute();
  await tx.schema.createIndex('fraudCardsUnused').on('fraudCards').column('usedAt').execute();
  await tx.schema
    .createTable('fraudAddresses')
    .addColumn('paymentId', types.key(26), (c) => c.notNull().primaryKey())
    .addColumn('addressId', types.key(43), (c) => c.notNull())
    .addColumn('forgetAt', types.instant, (c) => c.notNull())
    .execute();
  await tx.schema.createIndex('fraudAddressesOver').on('fraudAddresses').column('forgetAt').execute();
}

async function decisions(tx: Tx, types: ColumnTypes): Promise<void> {
  await tx.schema
    .createTable('fraudDecisions')
    .addColumn('decisionId', types.key(26), (c) => c.notNull().primaryKey())
    .addColumn('stage', types.key(16), (c) => c.notNull())
    .addColumn('decision', types.key(16), (c) => c.notNull())
    .addColumn('reasons', types.longText, (c) => c.notNull())
    .addColumn('orderId', types.key(26), (c) => c.notNull())
    .addColumn('paymentId', types.key(26), (c) => c.notNull())
    .addColumn('userId', types.key(128), (c) => c.notNull())
    .addColumn('decidedBy', types.key(128))
    .addColumn('decidedAt', types.instant, (c) => c.notNull())
    .execute();
  await tx.schema
    .createIndex('fraudDecisionsOfPayment')
    .on('fraudDecisions')
    .columns(['paymentId', 'decisionId'])
    .execute();
  await tx.schema
    .createTable('fraudReviews')
    .addColumn('paymentId', types.key(26), (c) => c.notNull().primaryKey())
    .addColumn('orderId', types.key(26), (c) => c.notNull())
    .addColumn('state', types.key(16), (c) => c.notNull())
    .addColumn('reasons', types.longText, (c) => c.notNull())
    .addColumn('openedAt', types.instant, (c) => c.notNull())
    .addColumn('decideBy', types.instant, (c) => c.notNull())
    .addColumn('decidedBy', types.key(128))
    .addColumn('decidedAt', types.instant)
    .addColumn('note', types.text(1000))
    .addColumn('version', types.whole, (c) => c.notNull())
    .execute();
  await tx.schema
    .createIndex('fraudReviewsWaiting')
    .on('fraudReviews')
    .columns(['state', 'paymentId'])
    .execute();
}

/** Payments may be authorised now and captured later; those from before are captured at once. */
export const fraud: Migration = {
  name: '0007-fraud',
  async up(tx, types) {
    await traces(tx, types);
    await decisions(tx, types);
    await tx.schema.alterTable('payments').addColumn('capture', types.key(8)).execute();
  },
};
