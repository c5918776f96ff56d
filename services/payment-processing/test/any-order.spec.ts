import { describe, expect, it } from '@jest/globals';
import {
  orderFulfilled,
  paymentCaptured,
  type Envelope,
  type PaymentCaptured,
} from '@boxoffice/shared/contracts';
import fc from 'fast-check';
import { asCaptured, issue, openShop, refuse, type Shop } from './shop';

const fates = [
  'captured',
  'declined',
  'declined-then-captured',
  'untold',
  'declined-then-untold',
  'left',
] as const;
type Fate = (typeof fates)[number];

/** What happens around one order; each happening comes one to three times, and all of them in any order. */
interface Plan {
  readonly payments: readonly Fate[];
  readonly stock: 'there' | 'gone';
  readonly silences: readonly ('create' | 'look up' | 'cancel' | 'refund')[];
  readonly shuffle: readonly number[];
}

const plans: fc.Arbitrary<Plan> = fc.record({
  payments: fc.array(fc.constantFrom(...fates), {
    minLength: 1,
    maxLength: 3,
  }),
  stock: fc.constantFrom('there', 'gone'),
  silences: fc.array(fc.constantFrom('create', 'look up', 'cancel', 'refund'), { maxLength: 4 }),
  shuffle: fc.array(fc.nat(1_000_000), { minLength: 40, maxLength: 40 }),
});

/** The deeds of a plan, each as often as its dice say, dealt out in the dice's order. */
function dealt<T>(deeds: readonly T[], shuffle: readonly number[]): T[] {
  const often = deeds.flatMap((deed, i) => Array.from({ length: 1 + ((shuffle[i] ?? 0) % 3) }, () => deed));
  return often
    .map((deed, i) => ({ deed, at: shuffle[(i + 11) % 40] ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ deed }) => deed);
}

let plansPlayed = 0;

async function play(shop: Shop, plan: Plan): Promise<string> {
  const name = `plan-${++plansPlayed}`;
  const orderId = await shop.order(name, 10);
  for (const [i, call] of plan.silences.entries())
    shop.gateway.silences.push({ call, fate: (plan.shuffle[i] ?? 0) % 2 ? 'done' : 'not-done' });
  for (const [i, fate] of plan.payments.entries()) {
    const opened = await shop.call('POST', '/payments', { orderId, gateway: 'counter' });
    if (opened.body['code'] === 'order-paid' || opened.body['code'] === 'payment-under-way') break;
    const reference = `there-${String(opened.body['paymentId'])}`;
    if (!shop.gateway.payments.has(reference)) break; // never opened there: only the sweeper can go on
    const notices: (() => Promise<unknown>)[] = [];
    const told = (is: 'captured' | 'declined') => {
      const payment = shop.gateway.decide(reference, is);
      notices.push(() => shop.webhook(`${name}-${i}-${is}`, { payment }));
    };
    if (fate.startsWith('declined')) told('declined');
    if (fate === 'captured' || fate === 'declined-then-captured') told('captured');
    for (const notice of dealt(notices, plan.shuffle)) await notice();
    // Captured, and nobody is told: only asking shows it.
    if (fate.endsWith('untold')) shop.gateway.decide(reference, 'captured');
  }
  await answerAsInventory(shop, orderId, plan);
  return orderId;
}

/** Answers each fact that it is paid, old ones too, as often and in whatever order, until nothing waits any more. */
async function answerAsInventory(shop: Shop, orderId: string, plan: Plan): Promise<void> {
  for (let round = 0; round < 24; round++) {
    const facts = (await shop.spoken(paymentCaptured))
      .filter(({ subject }) => subject === orderId)
      .map(asCaptured);
    const answer = (fact: PaymentCaptured, i: number): Envelope =>
      (plan.stock === 'there' ? issue : refuse)(`${orderId}-${i}`, fact, shop.now());
    // The first answers are lost, so that the order has to ask again.
    if (round > 2) for (const envelope of dealt(facts.map(answer), plan.shuffle)) await shop.hear(envelope);
    await shop.sweep();
    if (round > 3 && !(await waits(shop, orderId))) return;
    await shop.pass(round < 4 ? 4 : 60);
  }
}

async function waits(shop: Shop, orderId: string): Promise<boolean> {
  const { query } = shop.database;
  const waiting = await Promise.all([
    query
      .selectFrom('orders')
      .select('orderId')
      .where('orderId', '=', orderId)
      .where('dueAt', 'is not', null)
      .execute(),
    query
      .selectFrom('payments')
      .select('orderId')
      .where('orderId', '=', orderId)
      .where('askAt', 'is not', null)
      .execute(),
    query
      .selectFrom('refunds')
      .select('orderId')
      .where('orderId', '=', orderId)
      .where('askAt', 'is not', null)
      .execute(),
  ]);
  return waiting.flat().length > 0;
}

async function proveMoney(shop: Shop, orderId: string): Promise<void> {
  expect(await waits(shop, orderId)).toBe(false);
  const { query } = shop.database;
  const ours = await query.selectFrom('payments').selectAll().where('orderId', '=', orderId).execute();
  const state = await shop.state(orderId);
  const captured = ours.filter(
    ({ paymentId }) => shop.gateway.payments.get(`there-${paymentId}`)?.outcome.is === 'captured',
  );
  const refundsOf = (paymentId: string) =>
    [...shop.gateway.refunds.values()].filter(({ payment }) => payment === `there-${paymentId}`);
  const bought = state === 'fulfilled' ? 1 : 0;
  for (const payment of ours) expect(['captured', 'declined', 'abandoned']).toContain(payment.state);
  for (const { paymentId } of ours) expect(refundsOf(paymentId).length).toBeLessThanOrEqual(1);
  const kept = captured.filter(({ paymentId }) => refundsOf(paymentId).length === 0);
  expect([state, kept.length]).toEqual([state, bought]);
  expect(state).toBe(captured.length === 0 ? 'expired' : bought ? 'fulfilled' : 'refunded');
  expect((await shop.spoken(orderFulfilled)).filter(({ subject }) => subject === orderId)).toHaveLength(
    bought,
  );
  const rows = await query.selectFrom('ledger').selectAll().where('orderId', '=', orderId).execute();
  const sum = (prefix: string) =>
    rows
      .filter(({ account }) => account.startsWith(prefix))
      .reduce((total, row) => total + row.amountMinor, 0);
  expect([sum(''), sum('gateway:'), sum('organizer:'), sum('buyers:')]).toEqual([
    0,
    bought * 9600,
    bought * -9600 || 0,
    0,
  ]);
}

describe('whatever comes in whatever order, once or three times', () => {
  it('every capture ends in tickets or goes back, once, and the ledger sums to zero', async () => {
    const shop = await openShop();
    const ends = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        shop.gateway.silences.length = 0;
        const orderId = await play(shop, plan);
        await proveMoney(shop, orderId);
        const end = await shop.state(orderId);
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }),
      { numRuns: 100 },
    );
    expect([...ends.keys()].sort()).toEqual(['expired', 'fulfilled', 'refunded']);
    await shop.close();
  });
});
