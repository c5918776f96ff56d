import type { ColumnTypes, Migration } from '@boxoffice/shared/sql';
import type { Transaction } from 'kysely';

type Tx = Transaction<unknown>;

async function allowances(tx: Tx, types: ColumnTypes): Promise<void> {
  await tx.schema
    .createTable('allowances')
    .addColumn('allowanceId', types.key(255), (c) => c.notNull().primaryKey())
    .addColumn('taken', types.whole, (c) => c.notNull())
    .execute();
  await tx.schema
    .createTable('uses')
    .addColumn('orderId', types.key(26), (c) => c.notNull())
    .addColumn('allowanceId', types.key(255), (c) => c.notNull())
    .addColumn('units', types.whole, (c) => c.notNull())
    .addColumn('most', types.whole, (c) => c.notNull())
    .addColumn('isTaken', types.whole, (c) => c.notNull())
    .addPrimaryKeyConstraint('oneUseAnOrder', ['orderId', 'allowanceId'])
    .execute();
}

async function giftCards(tx: Tx, types: ColumnTypes): Promise<void> {
  await tx.schema
    .createTable('giftCards')
    .addColumn('giftCardId', types.key(26), (c) => c.notNull().primaryKey())
    .addColumn('codeHash', types.key(22), (c) => c.notNull())
    .addColumn('organizerId', types.key(128), (c) => c.notNull())
    .addColumn('amountMinor', types.whole, (c) => c.notNull())
    .addColumn('balanceMinor', types.whole, (c) => c.notNull())
    .addColumn('currency', types.key(3), (c) => c.notNull())
    .addColumn('expiresAt', types.instant)
    .addColumn('issuedAt', types.instant, (c) => c.notNull())
    .execute();
  await tx.schema.createIndex('giftCardOfCode').unique().on('giftCards').column('codeHash').execute();
  await tx.schema
    .createTable('giftCardShares')
    .addColumn('orderId', types.key(26), (c) => c.notNull())
    .addColumn('giftCardId', types.key(26), (c) => c.notNull())
    .addColumn('amountMinor', types.whole, (c) => c.notNull())
    .addColumn('returnedMinor', types.whole, (c) => c.notNull())
    .addPrimaryKeyConstraint('oneShareAnOrder', ['orderId', 'giftCardId'])
    .execute();
}

/** What events announce of prices beside the price; what orders take of what there is only so much of; what buyers say of themselves. */
export const terms: Migration = {
  name: '0003-terms',
  async up(tx, types) {
    await tx.schema.alterTable('events').addColumn('terms', types.longText).execute();
    await tx.schema.alterTable('prices').addColumn('terms', types.longText).execute();
    await tx.schema.alterTable('orders').addColumn('buyerMore', types.longText).execute();
    await tx.schema.alterTable('orders').addColumn('answers', types.longText).execute();
    await allowances(tx, types);
    await giftCards(tx, types);
  },
};
