import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isSqlFault, type Database } from '@boxoffice/shared/sql';
import { migrations } from '../src/infrastructure/migrations';
import type { PaymentTables } from '../src/infrastructure/tables';
import { compose } from '../src/main';
import { usualFraudMeasures } from '../src/core/fraud/settings';
import { embeddedStand } from './stand';

const stand = embeddedStand();
afterAll(() => stand.close());

const service = compose(stand.platform, {
  returnUrl: 'https://shop.example/{orderId}',
  seller: 'Boxoffice',
  sandbox: undefined,
  fraud: usualFraudMeasures,
});
const database: Database<PaymentTables> = stand.platform.database('payment-processing');
const at = '2027-01-05T10:00:00.000Z';

/** What was written before refunds came in parts, in the columns that there were. */
interface Before {
  events: Record<string, string | number>;
  orders: Record<string, string | number | null>;
  payments: Record<string, string | number | null>;
  refunds: Record<string, string | number | null>;
  ledger: Record<string, string | number>;
}

beforeAll(async () => {
  const before = migrations.filter(({ name }) => name < '0005');
  await stand.platform.migrate({ ...service, migrations: before });
  const old = database as unknown as Database<Before>;
  await old.transaction(async (tx) => {
    const asked = { orderId: 'o1', currency: 'EUR', asks: 0, version: 1 };
    const buyer = { userId: 'ada', buyerName: 'Ada', buyerEmail: 'ada@example.org' };
    const placed = { state: 'refunding', holdExpiresAt: at, placedAt: at };
    await tx
      .insertInto('orders')
      .values({ ...asked, ...buyer, ...placed, holdId: 'h1', eventId: 'e1', lines: '[]', totalMinor: 9600 })
      .execute();
    const gateway = 'counter';
    for (const paymentId of ['p1', 'p2'])
      await tx
        .insertInto('payments')

        .values({
          ...asked,
          gateway,
          paymentId,
          userId: 'ada',
          amountMinor: 9600,
          state: 'captured',
          createdAt: at,
        })
        .execute();
    for (const [refundId, paymentId, reason, state] of [
      ['r1', 'p1', 'no-stock-left', 'succeeded'],
      ['r2', 'p2', 'paid-twice', 'failed'],
    ] as const)
      await tx
        .insertInto('refunds')
        .values({
          ...asked,
          gateway,
          refundId,
          paymentId,
          reason,
          state,
          paymentReference: 'x',
          amountMinor: 9600,
          requestedAt: at,
        })
        .execute();
    for (const [entry, account, amountMinor] of [
      [0, 'gateway:counter', 9600],
      [1, 'organizer:olivia', -9600],
    ] as const)
      await tx
        .insertInto('ledger')
        .values({
          transactionId: 'capture~p2',
          entry,
          account,
          amountMinor,
          currency: 'EUR',
          orderId: 'o1',
          recordedAt: at,
        })
        .execute();
  });
  await stand.platform.migrate(service);
});

it('takes over what was refunded before refunds came in parts', async () => {
  const { query } = database;
  expect(
    await query.selectFrom('payments').select(['paymentId', 'refundedMinor']).orderBy('paymentId').execute(),
  ).toEqual([
    { paymentId: 'p1', refundedMinor: 9600 },
    { paymentId: 'p2', refundedMinor: 0 },
  ]);
  expect(
    await query.selectFrom('refunds').select(['refundKey', 'eventId']).orderBy('refundId').execute(),
  ).toEqual([
    { refundKey: 'p1~no-stock-left', eventId: 'e1' },
    { refundKey: 'p2~paid-twice', eventId: 'e1' },
  ]);
  expect(await query.selectFrom('balances').selectAll().execute()).toEqual([
    { account: 'organizer:olivia', currency: 'EUR', amountMinor: -9600 },
  ]);
});

it('lets a payment be refunded for one reason several times, and under one key once', async () => {
  const [first] = await database.query
    .selectFrom('refunds')
    .selectAll()
    .where('refundId', '=', 'r1')
    .execute();
  const insert = (refundId: string, refundKey: string) =>
    database.transaction((tx) =>
      tx
        .insertInto('refunds')
        .values({ ...first!, refundId, refundKey })
        .execute(),
    );
  await insert('r3', 'another');
  const twice = await insert('r4', 'another').catch((error: unknown) => error);
  expect(isSqlFault(twice, 'UniqueViolation')).toBe(true);
});
