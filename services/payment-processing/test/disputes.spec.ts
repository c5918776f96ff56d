import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GatewayMovement } from '../src/core/gateway';
import { admin, openShop, organizer, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const amount = { amountMinor: 9600, currency: 'EUR' };
let notices = 0;
const notice = (disputeId: string, paymentId: string, outcome: string, id = `dispute-${++notices}`) =>
  shop.webhook(id, { dispute: { disputeId, paymentId, amount, outcome } });
const movesOf = async (orderId: string) => {
  const { query } = shop.database;
  const rows = await query.selectFrom('ledger').selectAll().where('orderId', '=', orderId).execute();
  return rows
    .filter(({ transactionId }) => transactionId.startsWith('dispute'))
    .map((row) => `${row.transactionId.split('~')[0]} ${row.account.split(':')[0]} ${row.amountMinor}`)
    .sort();
};
const recorded = async (disputeId: string) =>
  shop.database.query.selectFrom('disputes').selectAll().where('disputeId', '=', disputeId).execute();

const taken = ['dispute gateway -9600', 'dispute organizer 9600'];
const returned = ['dispute-won gateway 9600', 'dispute-won organizer -9600'];

describe('a dispute', () => {
  it('takes the money from the organiser, and is on record', async () => {
    const { orderId, paymentId } = await shop.paid('disputed');
    expect(await notice('dp-1', paymentId, 'opened')).toBe(204);
    expect(await movesOf(orderId)).toEqual(taken);
    expect(await recorded('dp-1')).toMatchObject([
      { gateway: 'counter', paymentId, orderId, state: 'opened', amountMinor: 9600, settledAt: null },
    ]);
    expect((await shop.ledger())['all']).toBe(0);
  });

  it('that is won gives it back, and one that is lost does not', async () => {
    const won = await shop.paid('disputed-won');
    await notice('dp-won', won.paymentId, 'opened');
    await notice('dp-won', won.paymentId, 'won');
    expect(await movesOf(won.orderId)).toEqual([...taken, ...returned].sort());
    const lost = await shop.paid('disputed-lost');
    await notice('dp-lost', lost.paymentId, 'opened');
    await notice('dp-lost', lost.paymentId, 'lost');
    expect(await movesOf(lost.orderId)).toEqual(taken);
    expect([(await recorded('dp-won'))[0]!.state, (await recorded('dp-lost'))[0]!.state]).toEqual([
      'won',
      'lost',
    ]);
  });

  it.each([
    ['opened opened', 'opened', taken],
    ['won opened', 'won', [...taken, ...returned].sort()],
    ['lost opened', 'lost', taken],
    ['opened lost won', 'won', [...taken, ...returned].sort()],
    ['opened won won lost opened', 'won', [...taken, ...returned].sort()],
  ])('whose notices come as %s ends %s', async (order, state, moves) => {
    const { orderId, paymentId } = await shop.paid(`any-order ${order}`.replaceAll(' ', '-'));
    for (const outcome of order.split(' ')) await notice(`dp-${order}`, paymentId, outcome);
    expect((await recorded(`dp-${order}`)).map((row) => row.state)).toEqual([state]);
    expect(await movesOf(orderId)).toEqual(moves);
  });

  it('is heard once, though its notices come all at once', async () => {
    const { orderId, paymentId } = await shop.paid('disputed-at-once');
    const statuses = await Promise.all(
      ['opened', 'won', 'opened', 'won'].map((outcome) => notice('dp-at-once', paymentId, outcome)),
    );
    expect(new Set(statuses)).toEqual(new Set([204]));
    expect(await movesOf(orderId)).toEqual([...taken, ...returned].sort());
  });

  it('is not heard again by the same notice, whatever that says', async () => {
    const { orderId, paymentId } = await shop.paid('disputed-again');
    await notice('dp-again', paymentId, 'opened', 'same-notice');
    await notice('dp-again', paymentId, 'won', 'same-notice');
    expect(await movesOf(orderId)).toEqual(taken);
  });

  it('of a payment that never was is not found, and may be told again', async () => {
    expect(await notice('dp-none', '01jv0h5c9n3yq8t6w2b4d7f1gz', 'opened')).toBe(404);
    expect(await recorded('dp-none')).toEqual([]);
  });
});

describe('disputes', () => {
  it('are listed for the organiser’s finance, newest first, page by page, and for nobody else', async () => {
    const own = await openShop();
    const opened = async (disputeId: string) => {
      const { orderId, paymentId } = await own.paid(disputeId);
      await own.webhook(disputeId, { dispute: { disputeId, paymentId, amount, outcome: 'opened' } });
      await own.pass(1);
      return { gateway: 'counter', disputeId, orderId, paymentId, amount, state: 'opened' };
    };
    const first = await opened('dp-first');
    const second = await opened('dp-second');
    const path = `/organizers/${organizer}/disputes`;
    const page = (query: string) => own.call('GET', `${path}?${query}`, undefined, organizer);
    const { body } = await page('limit=1');
    expect(body['items']).toMatchObject([second]);
    const rest = await page(`limit=1&cursor=${String(body['nextCursor'])}`);
    expect(rest.body).toMatchObject({ items: [first] });
    expect(rest.body).not.toHaveProperty('nextCursor');
    for (const stranger of ['ada', admin])
      expect((await own.call('GET', path, undefined, stranger)).status).toBe(404);
    await own.close();
  });

  it('that the gateway has and we have not, or over another amount, are told by reconciliation', async () => {
    const own = await openShop();
    const known = await own.paid('known');
    const dispute = { disputeId: 'dp-1', paymentId: known.paymentId, amount, outcome: 'opened' };
    await own.webhook('dp-1', { dispute });
    const there = own.gateway.movements.bind(own.gateway);
    const at = own.now();
    const moved: GatewayMovement[] = [
      { is: 'dispute', reference: known.reference, ourId: known.paymentId, amount, at },
    ];
    own.gateway.movements = async function* (since, until) {
      yield* there(since, until);
      yield* moved.filter((one) => one.at >= since && one.at < until);
    };
    await own.pass(1);
    const differences = async () =>
      (await own.call('GET', '/reconciliation', undefined, admin)).body['differences'];
    expect(await differences()).toEqual([]);
    // Known by the gateway's own name for it alone.
    moved[0] = { is: 'dispute', reference: 'dp-1', amount, at };
    expect(await differences()).toEqual([]);
    moved[0] = { ...moved[0], amount: { ...amount, amountMinor: 9700 } };
    moved.push({ is: 'dispute-won', reference: 'dp-2', amount, at });
    expect(await differences()).toMatchObject([
      { is: 'dispute', what: 'other-amount', reference: 'dp-1' },
      { is: 'dispute-won', what: 'missing-here', reference: 'dp-2' },
    ]);
    await own.close();
  });
});
