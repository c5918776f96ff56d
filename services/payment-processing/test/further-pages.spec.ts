import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Instant } from '@boxoffice/shared/kernel';
import { SqlTransfers } from '../src/infrastructure/bank-transfer/sql-transfers';
import { SqlReviews } from '../src/infrastructure/fraud/sql-reviews';
import { listOrdersOfEvent } from '../src/infrastructure/order-rows';
import { SqlFinance } from '../src/infrastructure/sql-finance';
import { eventId, openShop, type Shop } from './shop';

const at = '2027-01-05T10:00:00.000Z';
const later = '2027-01-05T10:00:01.000Z';
const eur = { amountMinor: 100, currency: 'EUR' };
const ids = ['1', '2', '3'];

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

it('lists of the bank’s movements go on after what was seen', async () => {
  const credit = { ...eur, remittance: '', bookedAt: at, payerName: null, payerIban: null };
  const unmatched = {
    ...credit,
    state: 'unmatched',
    why: null,
    paymentId: null,
    decidedBy: null,
    version: 1,
  };
  const outgoing = { ...eur, what: 'refund', paymentId: null, dueSince: at, doneBy: null, version: 1 };
  const transfer = { ...eur, state: 'captured', payBy: at, capturedAt: at, version: 1 };
  await shop.database.transaction(async (tx) => {
    for (const id of ids) {
      await tx
        .insertInto('bankCredits')
        .values({ ...unmatched, creditId: id, bankId: id })
        .execute();
      await tx
        .insertInto('outgoingTransfers')
        .values([
          { ...outgoing, outgoingId: id, state: 'due', doneAt: null },
          { ...outgoing, outgoingId: `${id}-done`, state: 'done', doneAt: at },
        ])
        .execute();
      await tx
        .insertInto('transfers')
        .values({ ...transfer, paymentId: id, reference: id })
        .execute();
    }
  });
  const transfers = new SqlTransfers(shop.database);
  const [since, until] = [at as Instant, later as Instant];
  const page = { limit: 5, after: '1' };
  expect((await transfers.unmatched(page)).map((one) => one.creditId)).toEqual(['2', '3']);
  expect((await transfers.due(page)).map((one) => one.outgoingId)).toEqual(['2', '3']);
  expect((await transfers.capturedBetween(since, until, page)).map((one) => one.paymentId)).toEqual([
    '2',
    '3',
  ]);
  expect(
    (await transfers.sentBetween(since, until, { limit: 5, after: '1-done' })).map((one) => one.outgoingId),
  ).toEqual(['2-done', '3-done']);
});

it('payouts and an event’s orders are listed on before what was seen', async () => {
  const payout = { ...eur, organizerId: 'olivia', reference: '', paidAt: at };
  await shop.database.transaction((tx) =>
    tx
      .insertInto('payouts')
      .values(ids.map((payoutId) => ({ ...payout, payoutId })))
      .execute(),
  );
  const payouts = await new SqlFinance(shop.database).payouts('olivia', { limit: 5, before: '3' });
  expect(payouts.map(({ payoutId }) => payoutId)).toEqual(['2', '1']);

  const placed: string[] = [];
  for (const suffix of ids) placed.push(await shop.order(suffix));
  const [first, second, last] = placed.sort();
  const wanted = { state: undefined, email: undefined, limit: 5, before: last };
  const found = await listOrdersOfEvent(shop.database.query, eventId, wanted);
  expect(found.map(({ orderId }) => orderId)).toEqual([second, first]);
});

it('cards that nobody has used for long are forgotten, with each time they were used', async () => {
  const used = (cardId: string, usedAt: string) => ({ cardId, userId: 'ada', usedAt });
  await shop.database.transaction((tx) =>
    tx
      .insertInto('fraudCards')
      .values([used('old', at), used('new', later)])
      .execute(),
  );
  await new SqlReviews(shop.database).forget(shop.now(), later as Instant);
  const left = await shop.database.query.selectFrom('fraudCards').select('cardId').execute();
  expect(left).toEqual([{ cardId: 'new' }]);
});
