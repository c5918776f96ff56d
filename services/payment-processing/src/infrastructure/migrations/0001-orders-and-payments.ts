import type { ColumnTypes, Migration } from '@boxoffice/shared/sql';
import type { Transaction } from 'kysely';

type Tx = Transaction<unknown>;

async function announced(tx: Tx, types: ColumnTypes): Promise<void> {
  await tx.schema
    .createTable('events')
    .addColumn('eventId', types.key(26), (c) => c.notNull().primaryKey())
    .addColumn('eventVersion', types.whole, (c) => c.notNull())
    .addColumn('organizerId', types.key(128), (c) => c.notNull())
    .addColumn('title', types.text(400), (c) => c.notNull())
    .addColumn('startsAt', types.instant, (c) => c.notNull())
    .addColumn('endsAt', types.instant, (c) => c.notNull())
    .addColumn('timeZone', types.key(64), (c) => c.notNull())
    .addColumn('venueName', types.text(400), (c) => c.notNull())
    .addColumn('venueAddress', types.text(1000), (c) => c.notNull())
    .execute();
  await tx.schema
    .createTable('prices')
    .addColumn('ticketTypeId', types.key(26), (c) => c.notNull().primaryKey())
    .addColumn('eventId', types.key(26), (c) => c.notNull())
    .addColumn('name', types.text(400), (c) => c.notNull())
    .addColumn('amountMinor', types.whole, (c) => c.notNull())
    .addColumn('currency', types.key(3), (c) => c.notNull())
    .execute();
  await tx.schema.createIndex('pricesOfEvent').on('prices').column('eventId').execute();
  await tx.schema
    .createTable('signingKeys')
    .addColumn('keyId', types.key(64), (c) => c.notNull().primaryKey())
    .addColumn('purpose', types.key(16), (c) => c.notNull())
    .addColumn('publicKey', types.key(128), (c) => c.notNull())
    .addColumn('publishedAt', types.instant, (c) => c.notNull())
    .execute();
}

async function orders(tx: Tx, types: ColumnTypes): Promise<void> {
  await tx.schema
    .createTable('orders')
    .addColumn('orderId', types.key(26), (c) => c.notNull().primaryKey())
    .addColumn('holdId', types.key(64), (c) => c.notNull())
    .addColumn('eventId', types.key(26), (c) => c.notNull())
    .addColumn('userId', types.key(128), (c) => c.notNull())
    .addColumn('buyerName', types.text(400), (c) => c.notNull())
    .addColumn('buyerEmail', types.text(320), (c) => c.notNull())
    .addColumn('lines', types.longText, (c) => c.notNull())
    .addColumn('totalMinor', types.whole, (c) => c.notNull())
    .addColumn('currency', types.key(3), (c) => c.notNull())
    .addColumn('state', types.key(16), (c) => c.notNull())
    .addColumn('holdExpiresAt', types.instant, (c) => c.notNull())
    .addColumn('placedAt', types.instant, (c) => c.notNull())
    .addColumn('paidAt', types.instant)
    .addColumn('paymentId', types.key(26))
    .addColumn('livePaymentId', types.key(26))
    .addColumn('tickets', types.longText)
    .addColumn('fulfilledAt', types.instant)
    .addColumn('dueAt', types.instant)
    .addColumn('asks', types.whole, (c) => c.notNull())
    .addColumn('version', types.whole, (c) => c.notNull())
    .execute();
  await tx.schema.createIndex('oneOrderAHold').unique().on('orders').column('holdId').execute();
  await tx.schema.createIndex('ordersOfUser').on('orders').columns(['userId', 'orderId']).execute();
  await tx.schema.createIndex('ordersDue').on('orders').column('dueAt').execute();
}

async function payments(tx: Tx, types: ColumnTypes): Promise<void> {
  await tx.schema
    .createTable('payments')
    .addColumn('paymentId', types.key(26), (c) => c.notNull().primaryKey())
    .addColumn('orderId', types.key(26), (c) => c.notNull())
    .addColumn('userId', types.key(128), (c) => c.notNull())
    .addColumn('gateway', types.key(32), (c) => c.notNull())
    .addColumn('amountMinor', types.whole, (c) => c.notNull())
    .addColumn('currency', types.key(3), (c) => c.notNull())
    .addColumn('state', types.key(16), (c) => c.notNull())
    .addColumn('reference', types.key(128))
    .addColumn('checkoutUrl', types.text(2000))
    .addColumn('declineReason', types.text(400))
    .addColumn('createdAt', types.instant, (c) => c.notNull())
    .addColumn('capturedAt', types.instant)
    .addColumn('askAt', types.instant)
    .addColumn('asks', types.whole, (c) => c.notNull())
    .addColumn('version', types.whole, (c) => c.notNull())
    .execute();
  await tx.schema.createIndex('paymentsOfUser').on('payments').columns(['userId', 'paymentId']).execute();
  await tx.schema.createIndex('paymentsToAsk').on('payments').column('askAt').execute();
}

async function refunds(tx: Tx, types: ColumnTypes): Promise<void> {
  await tx.schema
    .createTable('refunds')
    .addColumn('refundId', types.key(26), (c) => c.notNull().primaryKey())
    .addColumn('paymentId', types.key(26), (c) => c.notNull())
    .addColumn('orderId', types.key(26), (c) => c.notNull())
    .addColumn('gateway', types.key(32), (c) => c.notNull())
    .addColumn('paymentReference', types.key(128), (c) => c.notNull())
    .addColumn('reason', types.key(32), (c) => c.notNull())
    .addColumn('amountMinor', types.whole, (c) => c.notNull())
    .addColumn('currency', types.key(3), (c) => c.notNull())
    .addColumn('state', types.key(16), (c) => c.notNull())
    .addColumn('reference', types.key(128))
    .addColumn('failure', types.text(400))
    .addColumn('requestedAt', types.instant, (c) => c.notNull())
    .addColumn('refundedAt', types.instant)
    .addColumn('askAt', types.instant)
    .addColumn('asks', types.whole, (c) => c.notNull())
    .addColumn('version', types.whole, (c) => c.notNull())
    .execute();
  await tx.schema
    .createIndex('oneRefundAReason')
    .unique()
    .on('refunds')
    .columns(['paymentId', 'reason'])
    .execute();
  await tx.schema.createIndex('refundsToAsk').on('refunds').column('askAt').execute();
}

async function ledger(tx: Tx, types: ColumnTypes): Promise<void> {
  await tx.schema
    .createTable('ledger')
    .addColumn('transactionId', types.key(64), (c) => c.notNull())
    .addColumn('entry', types.whole, (c) => c.notNull())
    .addColumn('account', types.key(160), (c) => c.notNull())
    .addColumn('amountMinor', types.whole, (c) => c.notNull())
    .addColumn('currency', types.key(3), (c) => c.notNull())
    .addColumn('orderId', types.key(26), (c) => c.notNull())
    .addColumn('recordedAt', types.instant, (c) => c.notNull())
    // A movement that is written a second time meets itself here, whatever else went wrong.
    .addPrimaryKeyConstraint('ledgerOnce', ['transactionId', 'entry'])
    .execute();
}

export const ordersAndPayments: Migration = {
  name: '0001-orders-and-payments',
  async up(tx, types) {
    await announced(tx, types);
    await orders(tx, types);
    await payments(tx, types);
    await refunds(tx, types);
    await ledger(tx, types);
  },
};
