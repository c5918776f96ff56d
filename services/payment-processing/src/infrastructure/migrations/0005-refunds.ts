import type { ColumnTypes, DialectStatements, Migration } from '@boxoffice/shared/sql';
import type { Transaction } from 'kysely';

type Tx = Transaction<unknown>;

async function partsOfPayments(tx: Tx, types: ColumnTypes, statements: DialectStatements): Promise<void> {
  await tx.schema
    .alterTable('payments')
    .addColumn('refundedMinor', types.whole, (c) => c.notNull().defaultTo(0))
    .execute();
  for (const [column, type] of [
    ['eventId', types.key(26)],
    ['refundKey', types.key(64)],
    ['ticketIds', types.longText],
    ['note', types.text(1000)],
    ['settledBy', types.key(128)],
  ] as const)
    await tx.schema.alterTable('refunds').addColumn(column, type).execute();
  const { sql } = statements;
  await sql`update ${sql.table('refunds')} set
      ${sql.ref('refundKey')} = concat(${sql.ref('paymentId')}, '~', ${sql.ref('reason')}),
      ${sql.ref('eventId')} = (select ${sql.ref('orders.eventId')} from ${sql.table('orders')}
        where ${sql.ref('orders.orderId')} = ${sql.ref('refunds.orderId')})`.execute(tx);
  await sql`update ${sql.table('payments')} set ${sql.ref('refundedMinor')} =
      (select coalesce(sum(${sql.ref('refunds.amountMinor')}), 0) from ${sql.table('refunds')}
        where ${sql.ref('refunds.paymentId')} = ${sql.ref('payments.paymentId')}
          and ${sql.ref('refunds.state')} <> 'failed')`.execute(tx);
  await statements.dropIndex('oneRefundAReason', 'refunds').execute(tx);
  await tx.schema.createIndex('oneRefundAKey').unique().on('refunds').column('refundKey').execute();
  await tx.schema.createIndex('refundsOfPayment').on('refunds').columns(['paymentId', 'refundId']).execute();
  await tx.schema.createIndex('refundsOfEvent').on('refunds').columns(['eventId', 'state']).execute();
  await tx.schema.createIndex('ordersOfEvent').on('orders').columns(['eventId', 'orderId']).execute();
}

async function jobs(tx: Tx, types: ColumnTypes): Promise<void> {
  await tx.schema
    .createTable('refundJobs')
    .addColumn('eventId', types.key(26), (c) => c.notNull())
    .addColumn('reason', types.key(32), (c) => c.notNull())
    .addColumn('askedAt', types.instant, (c) => c.notNull())
    .addColumn('cursor', types.key(26), (c) => c.notNull())
    .addColumn('waiting', types.whole, (c) => c.notNull())
    .addColumn('doneAt', types.instant)
    .addColumn('dueAt', types.instant)
    .addColumn('version', types.whole, (c) => c.notNull())
    .addPrimaryKeyConstraint('oneJobAReason', ['eventId', 'reason'])
    .execute();
  await tx.schema.createIndex('refundJobsDue').on('refundJobs').column('dueAt').execute();
}

async function finance(tx: Tx, types: ColumnTypes): Promise<void> {
  await tx.schema
    .createTable('balances')
    .addColumn('account', types.key(160), (c) => c.notNull())
    .addColumn('currency', types.key(3), (c) => c.notNull())
    .addColumn('amountMinor', types.whole, (c) => c.notNull())
    .addPrimaryKeyConstraint('oneBalance', ['account', 'currency'])
    .execute();
  await tx.schema
    .createTable('eventFigures')
    .addColumn('eventId', types.key(26), (c) => c.notNull())
    // Empty: of the whole event.
    .addColumn('ticketTypeId', types.key(26), (c) => c.notNull())
    .addColumn('currency', types.key(3), (c) => c.notNull())
    .addColumn('soldCount', types.whole, (c) => c.notNull())
    .addColumn('returnedCount', types.whole, (c) => c.notNull())
    .addColumn('soldMinor', types.whole, (c) => c.notNull())
    .addColumn('refundedMinor', types.whole, (c) => c.notNull())
    .addColumn('feesMinor', types.whole, (c) => c.notNull())
    .addPrimaryKeyConstraint('oneFigure', ['eventId', 'ticketTypeId', 'currency'])
    .execute();
  await tx.schema
    .createTable('payouts')
    .addColumn('payoutId', types.key(26), (c) => c.notNull().primaryKey())
    .addColumn('organizerId', types.key(128), (c) => c.notNull())
    .addColumn('amountMinor', types.whole, (c) => c.notNull())
    .addColumn('currency', types.key(3), (c) => c.notNull())
    .addColumn('reference', types.text(200), (c) => c.notNull())
    .addColumn('paidAt', types.instant, (c) => c.notNull())
    .execute();
  await tx.schema
    .createIndex('payoutsOfOrganizer')
    .on('payouts')
    .columns(['organizerId', 'payoutId'])
    .execute();
  await tx.schema
    .createTable('financeTeams')
    .addColumn('organizerId', types.key(128), (c) => c.notNull().primaryKey())
    .addColumn('members', types.longText, (c) => c.notNull())
    .addColumn('version', types.whole, (c) => c.notNull())
    .execute();
}

async function ledger(tx: Tx, statements: DialectStatements): Promise<void> {
  // The balances of what was posted before there was a table of them.
  const { sql } = statements;
  await sql`insert into ${sql.table('balances')}
      (${sql.ref('account')}, ${sql.ref('currency')}, ${sql.ref('amountMinor')})
      select ${sql.ref('account')}, ${sql.ref('currency')}, sum(${sql.ref('amountMinor')})
      from ${sql.table('ledger')} where ${sql.ref('account')} like 'organizer:%'
      group by ${sql.ref('account')}, ${sql.ref('currency')}`.execute(tx);
  await tx.schema
    .createIndex('ledgerOfAccount')
    .on('ledger')
    .columns(['account', 'recordedAt', 'transactionId'])
    .execute();
  await tx.schema
    .createIndex('paymentsCaptured')
    .on('payments')
    .columns(['gateway', 'capturedAt', 'paymentId'])
    .execute();
  await tx.schema
    .createIndex('refundsDone')
    .on('refunds')
    .columns(['gateway', 'refundedAt', 'refundId'])
    .execute();
  for (const statement of statements.appendOnly('ledger')) await statement.execute(tx);
}

/** Refunds in parts, refunds of whole events, and what an organiser is told of the money. */
export const refunds: Migration = {
  name: '0005-refunds',
  async up(tx, types, statements) {
    await partsOfPayments(tx, types, statements);
    await jobs(tx, types);
    await finance(tx, types);
    await ledger(tx, statements);
  },
};
