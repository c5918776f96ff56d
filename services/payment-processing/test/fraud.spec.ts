import { afterEach, describe, expect, it } from '@jest/globals';
import { paymentCaptured } from '@boxoffice/shared/contracts';
import { readLimits, type Rule } from '../src/core/fraud/limits';
import { asCaptured, issue, openShop, refuse, type Answer, type Shop } from './shop';

let shop: Shop;
afterEach(() => shop.close());

/** Those rules alone. */
function rulesOf(limits: object): readonly Rule[] {
  return readLimits(JSON.stringify(limits)).filter(({ name }) => Object.hasOwn(limits, name));
}
const open = async (limits: object) =>
  (shop = await openShop({ fraud: { rules: rulesOf(limits), hashKey: 'key' } }));

const pay = (orderId: string, as = 'ada', key?: string): Promise<Answer> =>
  shop.call('POST', '/payments', { orderId, gateway: 'counter' }, as, key);
async function tries(name: string, as = 'ada'): Promise<Answer> {
  return pay(await shop.order(name, 15, as), as);
}
const reference = ({ body }: Answer): string => `there-${String(body['paymentId'])}`;
let notices = 0;
async function decided(answer: Answer, is: Parameters<Shop['gateway']['decide']>[1]): Promise<void> {
  const payment = shop.gateway.decide(reference(answer), is);
  expect(await shop.webhook(`notice-${++notices}`, { payment })).toBe(204);
}
const decisions = () =>
  shop.database.query.selectFrom('fraudDecisions').selectAll().orderBy('decisionId').execute();
const paymentState = async ({ body }: Answer) =>
  (await shop.call('GET', `/payments/${String(body['paymentId'])}`)).body['state'];
const queue = async () =>
  (await shop.call('GET', '/payments/reviews', undefined, 'admin')).body['items'] as Record<
    string,
    unknown
  >[];
const decide = ({ body }: Answer, decision: string, as = 'admin') =>
  shop.call('POST', `/payments/${String(body['paymentId'])}/review`, { decision, note: 'called them' }, as);
const lapse = () => shop.service.timers.find(({ name }) => name === 'let-reviews-lapse')!.run();

describe('limits on attempts to pay', () => {
  it('let as many through as they say, of a hundred at once', async () => {
    await open({ 'account.attempts.hour': { refuse: 5 } });
    const orders: string[] = [];
    for (let i = 0; i < 100; i++) orders.push(await shop.order(`rush-${i}`));
    const answers = await Promise.all(orders.map((orderId) => pay(orderId)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(5).fill(201), ...Array<number>(95).fill(429)]);
    expect(shop.gateway.payments.size).toBe(5);
    const all = await decisions();
    expect(all.filter(({ decision }) => decision === 'allow')).toHaveLength(5);
    expect(all.filter(({ decision }) => decision === 'refuse')).toHaveLength(95);
    expect(new Set(all.map(({ reasons }) => reasons)).size).toBe(96);
  });

  it('say nothing that helps, and the same each time the request is repeated', async () => {
    await open({ 'account.attempts.hour': { refuse: 0 } });
    const orderId = await shop.order('quiet');
    const first = await pay(orderId, 'ada', 'key');
    expect(first).toMatchObject({ status: 429, body: { code: 'payments-limited' } });
    expect(first.headers['retry-after']).toBe('3600');
    expect(JSON.stringify(first.body)).not.toMatch(/account|hour|attempt/);
    expect((await pay(orderId, 'ada', 'key')).body['code']).toBe('payments-limited');
    expect(await decisions()).toHaveLength(1);
    expect(await shop.state(orderId)).toBe('placed');
  });

  it('end with their window', async () => {
    await open({ 'account.attempts.hour': { refuse: 1 } });
    expect((await tries('one')).status).toBe(201);
    expect((await tries('two')).status).toBe(429);
    await shop.pass(60);
    expect((await tries('three')).status).toBe(201);
  });

  it('count each account, event, organiser and mail domain by itself', async () => {
    await open({ 'account.attempts.hour': { refuse: 1 }, 'mail-domain.attempts.hour': { refuse: 2 } });
    expect((await tries('a', 'ada')).status).toBe(201);
    expect((await tries('b', 'bob')).status).toBe(201);
    expect((await tries('c', 'cy')).status).toBe(429);
    await shop.close();
    await open({ 'event.attempts.day': { refuse: 1 }, 'organizer.attempts.day': { refuse: 9 } });
    expect((await tries('d', 'ada')).status).toBe(201);
    expect((await tries('e', 'bob')).status).toBe(429);
  });

  it('count an address by the network, keep no more of it than a hash, and forget that in time', async () => {
    await open({ 'address.attempts.hour': { refuse: 2 } });
    shop.from.address = '203.0.113.7';
    expect((await tries('n1', 'ada')).status).toBe(201);
    expect((await tries('n2', 'bob')).status).toBe(201);
    expect((await tries('n3', 'cy')).status).toBe(429);
    shop.from.address = '203.0.113.8';
    expect((await tries('n4', 'dora')).status).toBe(201);
    shop.from.address = '10.0.0.1';
    for (const name of ['eve', 'fred', 'gus']) expect((await tries(`p-${name}`, name)).status).toBe(201);
    const kept = async () => shop.database.query.selectFrom('fraudAddresses').selectAll().execute();
    expect(await kept()).toHaveLength(3);
    const all = [await kept(), await shop.database.query.selectFrom('fraudCounters').selectAll().execute()];
    expect(JSON.stringify(all)).not.toContain('203.0');
    await shop.pass(31 * 24 * 60);
    await shop.service.timers.find(({ name }) => name === 'forget-traces-of-payers')!.run();
    expect(await kept()).toHaveLength(0);
    expect(await shop.database.query.selectFrom('fraudCounters').selectAll().execute()).toHaveLength(0);
  });

  it('add amounts up in their currency', async () => {
    await open({ 'account.amount.day': { refuse: 20_000, currency: 'EUR' } });
    expect((await tries('e1')).status).toBe(201); // 2 × 48.00
    expect((await tries('e2')).status).toBe(201);
    expect((await tries('e3')).body).toMatchObject({ status: 422, code: 'payment-refused' });
  });

  it('do not count what was not to be paid anyway', async () => {
    await open({ 'account.attempts.hour': { refuse: 1 } });
    const orderId = await shop.order('once');
    expect((await pay(orderId)).status).toBe(201);
    expect((await pay(orderId)).body['code']).toBe('payment-under-way');
    expect((await pay(orderId, 'bob')).body['code']).toBe('order-not-found');
    expect(await decisions()).toHaveLength(1);
  });

  it('stop nobody who buys tickets as people do', async () => {
    shop = await openShop({ fraud: { rules: readLimits('{}'), hashKey: 'key' } });
    shop.from.address = '203.0.113.7';
    for (let i = 0; i < 200; i++) {
      const answer = await tries(`crowd-${i}`, `buyer-${i}`);
      shop.gateway.fingerprints.set(String(answer.body['paymentId']), `card-${i}`);
      await decided(answer, i % 10 === 0 ? 'declined' : 'captured');
    }
    for (let i = 0; i < 4; i++) await decided(await tries(`clumsy-${i}`), 'declined');
    await decided(await tries('clumsy-at-last'), 'captured');
    expect(new Set((await decisions()).map(({ decision }) => decision))).toEqual(new Set(['allow']));
  });
});

describe('declines', () => {
  it('in a row stop an account, until it pays', async () => {
    await open({ 'account.declines.hour': { refuse: 2 } });
    for (const name of ['d1', 'd2']) await decided(await tries(name), 'declined');
    await decided(await tries('d3'), 'captured');
    for (const name of ['d4', 'd5', 'd6']) await decided(await tries(name), 'declined');
    expect((await tries('d7')).body['code']).toBe('payment-refused');
    expect((await tries('d8', 'bob')).status).toBe(201);
  });

  it('count once, however often they are told', async () => {
    await open({ 'account.declines.hour': { refuse: 2 } });
    const answer = await tries('again');
    for (let i = 0; i < 5; i++) await decided(answer, 'declined');
    expect((await tries('after')).status).toBe(201);
  });

  it('from one address stop it, whatever account is used', async () => {
    await open({ 'address.declines.hour': { refuse: 2 } });
    shop.from.address = '198.51.100.9';
    for (const name of ['x', 'y', 'z']) await decided(await tries(`t-${name}`, name), 'declined');
    expect((await tries('t-new', 'new')).body['code']).toBe('payment-refused');
    shop.from.address = '198.51.100.10';
    expect((await tries('t-other', 'other')).status).toBe(201);
  });
});

describe('a card', () => {
  const cardOf = (answer: Answer, card: string) =>
    shop.gateway.fingerprints.set(String(answer.body['paymentId']), card);

  it('that was used by too many accounts stops all of them at their next attempt', async () => {
    await open({ 'card.accounts.month': { refuse: 2 } });
    for (const name of ['ann', 'ben', 'cleo']) {
      const answer = await tries(`shared-${name}`, name);
      cardOf(answer, 'card-1');
      await decided(answer, 'captured');
    }
    for (const name of ['ann', 'ben', 'cleo'])
      expect((await tries(`again-${name}`, name)).body['code']).toBe('payment-refused');
    expect((await tries('stranger', 'dan')).status).toBe(201);
    const kept = await shop.database.query.selectFrom('fraudCards').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain('card-1');
    expect((await decisions()).filter(({ stage }) => stage === 'outcome')).toMatchObject([
      { decision: 'refuse' },
    ]);
    await shop.pass(31 * 24 * 60);
    expect((await tries('a-month-later', 'ann')).status).toBe(201);
  });

  it('is that of those who used it within a month', async () => {
    await open({ 'card.accounts.month': { refuse: 1 } });
    const use = async (name: string, as: string) => {
      const answer = await tries(name, as);
      cardOf(answer, 'card-old');
      await decided(answer, 'captured');
    };
    await use('long-ago', 'ben');
    await shop.pass(31 * 24 * 60);
    await use('today', 'ann');
    expect((await tries('today-again', 'ann')).status).toBe(201);
  });

  it('is counted once a payment, though that is authorised first and then captured', async () => {
    await open({ 'account.attempts.hour': { review: 0 }, 'card.attempts.day': { refuse: 1 } });
    const answer = await tries('one-payment');
    cardOf(answer, 'card-once');
    await decided(answer, 'authorised');
    await decide(answer, 'approve');
    expect(await paymentState(answer)).toBe('captured');
    expect((await tries('another')).status).toBe(201);
  });

  it('that is declined again and again stops the accounts that try it', async () => {
    await open({ 'card.declines.day': { refuse: 1 } });
    for (const name of ['ann', 'ben']) {
      const answer = await tries(`tried-${name}`, name);
      cardOf(answer, 'card-2');
      await decided(answer, 'declined');
    }
    expect((await tries('tried-again', 'ben')).status).toBe(422);
  });

  it('that is refused need not wait for a person: the payment is taken back', async () => {
    await open({ 'account.attempts.hour': { review: 0 }, 'card.accounts.month': { refuse: 0 } });
    const answer = await tries('bad-card');
    cardOf(answer, 'card-3');
    await decided(answer, 'authorised');
    expect(await queue()).toEqual([]);
    await shop.sweep();
    expect(await paymentState(answer)).toBe('abandoned');
  });
});

describe('a review', () => {
  const doubtful = { 'account.attempts.hour': { review: 0 } };

  it('is open to administrators alone', async () => {
    await open(doubtful);
    expect((await shop.call('GET', '/payments/reviews')).status).toBe(403);
    const answer = await tries('not-mine');
    expect((await decide(answer, 'approve', 'ada')).status).toBe(403);
  });

  it('waits once the payment is authorised; approved, it is captured', async () => {
    await open(doubtful);
    const answer = await tries('approved');
    expect(shop.gateway.captures.get(String(answer.body['paymentId']))).toBe('later');
    expect(await queue()).toEqual([]);
    expect((await decide(answer, 'approve')).body['code']).toBe('nothing-to-review');
    await decided(answer, 'authorised');
    expect(await queue()).toMatchObject([
      {
        paymentId: answer.body['paymentId'],
        amount: { amountMinor: 9600, currency: 'EUR' },
        reasons: [{ rule: 'account.attempts.hour', says: 'review', stands: 1, limit: 0 }],
      },
    ]);
    const approved = await decide(answer, 'approve');
    expect(approved).toMatchObject({ status: 200, body: { state: 'approved', paymentState: 'captured' } });
    expect(await shop.state(String(answer.body['orderId']))).toBe('paid');
    expect(await queue()).toEqual([]);
    expect((await decide(answer, 'approve')).body).toEqual(approved.body);
    expect((await decide(answer, 'reject')).body).toMatchObject({
      code: 'review-decided',
      state: 'approved',
    });
    expect((await decisions()).map(({ stage, decision, decidedBy }) => [stage, decision, decidedBy])).toEqual(
      [
        ['opening', 'review', null],
        ['review', 'allow', 'admin'],
      ],
    );
    expect((await shop.ledger())['all']).toBe(0);
  });

  it('rejected takes the payment back, and the order can be paid another way', async () => {
    await open({ 'account.attempts.hour': { review: 0, refuse: 9 } });
    const answer = await tries('rejected');
    await decided(answer, 'authorised');
    expect((await decide(answer, 'reject')).body).toMatchObject({
      state: 'rejected',
      paymentState: 'abandoned',
    });
    expect(shop.gateway.told(reference(answer)).outcome.is).toBe('cancelled');
    expect(await shop.state(String(answer.body['orderId']))).toBe('placed');
  });

  it.each(['done', 'not-done'] as const)(
    'is carried out once the gateway answers (%s before)',
    async (fate) => {
      await open(doubtful);
      const answer = await tries('silent');
      await decided(answer, 'authorised');
      shop.gateway.silences.push({ call: 'capture', fate });
      expect((await decide(answer, 'approve')).body).toMatchObject({
        state: 'approved',
        paymentState: 'authorised',
      });
      await shop.sweep();
      expect(await paymentState(answer)).toBe('captured');
      expect((await shop.spoken(paymentCaptured)).length).toBe(1);
    },
  );

  it('decided by two at once is decided once', async () => {
    await open(doubtful);
    const answer = await tries('both');
    await decided(answer, 'authorised');
    const answers = await Promise.all(
      ['approve', 'reject', 'approve', 'reject'].map((one) => decide(answer, one)),
    );
    const states = new Set(answers.filter(({ status }) => status === 200).map(({ body }) => body['state']));
    expect(states.size).toBe(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
    expect((await decisions()).filter(({ stage }) => stage === 'review')).toHaveLength(1);
  });

  it('approved twice at once is approved, and captured once', async () => {
    await open(doubtful);
    const answer = await tries('twins');
    await decided(answer, 'authorised');
    const answers = await Promise.all([1, 2, 3, 4].map(() => decide(answer, 'approve')));
    for (const { body } of answers) expect(body).toMatchObject({ state: 'approved' });
    expect(await paymentState(answer)).toBe('captured');
    expect((await decisions()).filter(({ stage }) => stage === 'review')).toHaveLength(1);
  });

  it('outlasts the hold: what is approved late is taken in late', async () => {
    await open(doubtful);
    const answer = await tries('late');
    const orderId = String(answer.body['orderId']);
    await decided(answer, 'authorised');
    for (const minutes of [10, 10, 60, 600]) {
      await shop.pass(minutes);
      await shop.sweep();
      await lapse();
    }
    expect(await shop.state(orderId)).toBe('expired');
    expect(await paymentState(answer)).toBe('authorised');
    expect((await decide(answer, 'approve')).body).toMatchObject({ paymentState: 'captured' });
    expect(await shop.state(orderId)).toBe('paid');
    const [fact] = (await shop.spoken(paymentCaptured)).map(asCaptured);
    await shop.hear(issue('issue-late', fact!, shop.now()));
    expect(await shop.state(orderId)).toBe('fulfilled');
  });

  it('approved late goes back where nothing is left', async () => {
    await open(doubtful);
    const answer = await tries('too-late');
    await decided(answer, 'authorised');
    await shop.pass(60);
    await shop.sweep();
    await decide(answer, 'approve');
    const [fact] = (await shop.spoken(paymentCaptured)).map(asCaptured);
    await shop.hear(refuse('refuse-late', fact!, shop.now()));
    await shop.sweep();
    expect(await shop.state(String(answer.body['orderId']))).toBe('refunded');
    expect((await shop.ledger())['all']).toBe(0);
  });

  it('is not waited for once the order was paid another way', async () => {
    await open({ 'account.attempts.hour': { review: 1 } });
    const first = await tries('both-ways');
    await decided(first, 'declined');
    const second = await pay(String(first.body['orderId']));
    await decided(second, 'authorised');
    await decided(first, 'captured');
    expect(await shop.state(String(first.body['orderId']))).toBe('paid');
    await shop.sweep();
    expect(await paymentState(second)).toBe('abandoned');
  });

  it('that nobody decides in time lapses, and the payment is taken back', async () => {
    await open(doubtful);
    const answer = await tries('lapsed');
    await decided(answer, 'authorised');
    await shop.pass(24 * 60 + 1);
    expect((await decide(answer, 'approve')).body['code']).toBe('nothing-to-review');
    await lapse();
    expect(await paymentState(answer)).toBe('abandoned');
    expect((await decisions()).at(-1)).toMatchObject({
      stage: 'review',
      decision: 'refuse',
      decidedBy: null,
    });
  });

  it('is not waited for where the bank has let the authorisation go', async () => {
    await open(doubtful);
    const answer = await tries('gone');
    await decided(answer, 'authorised');
    await shop.gateway.cancel(reference(answer));
    shop.gateway.refusesToCapture = true;
    expect((await decide(answer, 'approve')).body).toMatchObject({
      state: 'approved',
      paymentState: 'abandoned',
    });
  });

  it('cannot be where the gateway captures at once: the payment is refused there', async () => {
    await open(doubtful);
    shop.gateway.abilities = { methods: ['card'], capturesLater: false };
    expect((await tries('elsewhere')).body).toMatchObject({ status: 422, code: 'gateway-not-for-this' });
    expect(shop.gateway.payments.size).toBe(0);
  });

  it('of what never was to be reviewed is not found', async () => {
    await open({});
    expect((await decide(await tries('plain'), 'approve')).body['code']).toBe('review-not-found');
  });

  it('is listed page by page, oldest first', async () => {
    await open(doubtful);
    const answers = [await tries('p1', 'a'), await tries('p2', 'b'), await tries('p3', 'c')];
    for (const answer of answers) await decided(answer, 'authorised');
    const first = await shop.call('GET', '/payments/reviews?limit=2', undefined, 'admin');
    const cursor = encodeURIComponent(String(first.body['nextCursor']));
    const second = await shop.call('GET', `/payments/reviews?limit=2&cursor=${cursor}`, undefined, 'admin');
    const ids = [first, second].flatMap(({ body }) =>
      (body['items'] as { paymentId: string }[]).map((one) => one.paymentId),
    );
    expect(ids).toEqual(answers.map(({ body }) => body['paymentId']));
  });
});
