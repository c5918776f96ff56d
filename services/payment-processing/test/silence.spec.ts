import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paymentCaptured, paymentRefunded, ticketsIssued } from '@boxoffice/shared/contracts';
import { asCaptured, issue, openShop, refuse, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const paymentState = async (paymentId: string) =>
  (await shop.call('GET', `/payments/${paymentId}`)).body['state'];
const capturedOf = async (orderId: string) =>
  (await shop.spoken(paymentCaptured)).map(asCaptured).filter((fact) => fact.orderId === orderId);
const refundsOf = (reference: string) =>
  [...shop.gateway.refunds.values()].filter(({ payment }) => payment === reference);

describe('a gateway that does not answer', () => {
  it.each(['done', 'not-done'] as const)(
    'when a payment is opened (%s) is asked again under the same id',
    async (fate) => {
      const orderId = await shop.order(`open-${fate}`);
      shop.gateway.silences.push({ call: 'create', fate });
      const request = { orderId, gateway: 'counter' };
      const first = await shop.call('POST', '/payments', request, 'ada', `open-${fate}`);
      expect(first).toMatchObject({ status: 202, body: { state: 'unknown' } });
      expect(first.headers['retry-after']).toBe('2');
      const again = await shop.call('POST', '/payments', request, 'ada', `open-${fate}`);
      const { paymentId } = first.body;
      expect(again).toMatchObject({ status: 201, body: { paymentId, state: 'processing' } });
      expect([...shop.gateway.payments.values()].filter((one) => one.paymentId === paymentId)).toHaveLength(
        1,
      );
    },
  );

  it('is asked again by the sweeper', async () => {
    const orderId = await shop.order('sweep-open');
    shop.gateway.silences.push({ call: 'create', fate: 'done' });
    const { paymentId } = (await shop.call('POST', '/payments', { orderId, gateway: 'counter' })).body;
    await shop.sweep();
    expect(await paymentState(String(paymentId))).toBe('unknown');
    await shop.pass(1);
    await shop.sweep();
    expect(await paymentState(String(paymentId))).toBe('processing');
  });

  it('and never tells of a capture is found out by asking', async () => {
    const orderId = await shop.order('never');
    const { reference } = await shop.payment(orderId);
    shop.gateway.decide(reference, 'captured');
    await shop.pass(1);
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('paid');
    expect(await capturedOf(orderId)).toHaveLength(1);
  });

  it('is not asked at every round, but ever less often', async () => {
    await shop.payment(await shop.order('patient'));
    shop.gateway.calls.length = 0;
    const asked: number[] = [];
    for (let round = 1; round <= 20; round++) {
      await shop.pass(0.5);
      const before = shop.gateway.calls.length;
      await shop.sweep();
      if (shop.gateway.calls.length > before) asked.push(round);
    }
    expect(asked.length).toBeLessThanOrEqual(10);
    expect(asked.length).toBeGreaterThanOrEqual(3);
  });

  it('is asked at once when the buyer comes back, and named when it stays silent', async () => {
    const orderId = await shop.order('confirm');
    const { paymentId, reference } = await shop.payment(orderId);
    shop.gateway.silences.push({ call: 'look up', fate: 'done' });
    const silent = await shop.call('POST', `/payments/${paymentId}/confirm`, {});
    expect(silent.body).toMatchObject({ status: 503, code: 'gateway-silent' });
    shop.gateway.decide(reference, 'captured');
    const told = await shop.call('POST', `/payments/${paymentId}/confirm`, {});
    expect(told.body).toMatchObject({ state: 'captured' });
  });

  it('that refuses to open a payment leaves a declined one, and the order payable', async () => {
    const orderId = await shop.order('refused');
    shop.gateway.opensNothing = true;
    const request = { orderId, gateway: 'counter' };
    const first = await shop.call('POST', '/payments', request, 'ada', 'refused');
    shop.gateway.opensNothing = false;
    expect(first).toMatchObject({
      status: 201,
      body: { state: 'declined', declineReason: 'not in this currency' },
    });
    expect(await shop.call('POST', '/payments', request, 'ada', 'refused')).toEqual(first);
    expect((await shop.call('POST', '/payments', { orderId, gateway: 'counter' })).status).toBe(201);
  });

  it('while money goes back is asked again, and pays once', async () => {
    const { orderId, reference } = await shop.paid('silent-refund');
    await shop.hear(refuse('silent-refund', (await capturedOf(orderId))[0]!, shop.now()));
    shop.gateway.silences.push({ call: 'refund', fate: 'done' }, { call: 'refund', fate: 'not-done' });
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunding');
    await shop.pass(1);
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunding');
    await shop.pass(1);
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
    expect(refundsOf(reference)).toHaveLength(1);
  });

  it('with a refund that is slow is looked up until it is done', async () => {
    const { orderId } = await shop.paid('slow-refund');
    await shop.hear(refuse('slow-refund', (await capturedOf(orderId))[0]!, shop.now()));
    shop.gateway.refundsArePending = true;
    await shop.sweep();
    shop.gateway.refundsArePending = false;
    expect(await shop.state(orderId)).toBe('refunding');
    await shop.pass(1);
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
  });

  it('with a refund that fails hands it to a person, and looks daily whether it was settled', async () => {
    const { orderId, paymentId, reference } = await shop.paid('failed-refund');
    await shop.hear(refuse('failed-refund', (await capturedOf(orderId))[0]!, shop.now()));
    shop.gateway.refundsFail = true;
    await shop.sweep();
    shop.gateway.refundsFail = false;
    expect((await shop.call('GET', `/payments/${paymentId}`)).body['refunds']).toMatchObject([
      { state: 'failed' },
    ]);
    expect((await shop.ledger())['all']).toBe(0);
    for (const [id, refund] of shop.gateway.refunds)
      if (refund.payment === reference)
        shop.gateway.refunds.set(id, { ...refund, outcome: { is: 'succeeded', refundedAt: shop.now() } });
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunding');
    await shop.pass(25 * 60);
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
  });
});

describe('a deadline', () => {
  it('lets an order expire after the hold, and takes its open payment back', async () => {
    const orderId = await shop.order('lapse', 5);
    const { paymentId } = await shop.payment(orderId);
    await shop.pass(5.5);
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('placed');
    expect((await shop.call('POST', '/payments', { orderId, gateway: 'counter' })).body['code']).toBe(
      'order-expired',
    );
    await shop.pass(1);
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('expired');
    expect(await paymentState(paymentId)).toBe('abandoned');
  });

  it('asks the gateway before it lets an order expire', async () => {
    const orderId = await shop.order('just-in-time', 5);
    const { reference } = await shop.payment(orderId);
    // By now the next question would be minutes away: it is the order's deadline that asks.
    for (const minutes of [1, 1, 2]) {
      await shop.pass(minutes);
      await shop.sweep();
    }
    shop.gateway.decide(reference, 'captured');
    await shop.pass(2.1);
    const seen: string[] = [];
    shop.gateway.before = async () => void seen.push(await shop.state(orderId));
    await shop.sweep();
    shop.gateway.before = async () => undefined;
    expect(seen).not.toContain('expired');
    expect(await shop.state(orderId)).toBe('paid');
  });

  it('passes though the gateway is silent, and what was captured is taken in late', async () => {
    const orderId = await shop.order('late', 5);
    const { reference } = await shop.payment(orderId);
    await shop.pass(7);
    for (let call = 0; call < 10; call++) shop.gateway.silences.push({ call: 'cancel', fate: 'not-done' });
    await shop.sweep();
    shop.gateway.silences.length = 0;
    expect(await shop.state(orderId)).toBe('expired');
    await shop.webhook('late', { payment: shop.gateway.decide(reference, 'captured') });
    expect(await shop.state(orderId)).toBe('paid');
    const [fact] = await capturedOf(orderId);
    await shop.hear(issue('issue-late', fact!, shop.now()));
    expect(await shop.state(orderId)).toBe('fulfilled');
  });

  it('says again, under a new id and later each time, that an order is paid', async () => {
    const { orderId } = await shop.paid('unheard');
    for (const minutes of [1, 1.1, 3, 1.1, 7]) {
      await shop.pass(minutes);
      await shop.sweep();
    }
    const said = (await shop.spoken(paymentCaptured)).filter(({ subject }) => subject === orderId);
    expect(said).toHaveLength(3);
    expect(new Set(said.map(({ id }) => id)).size).toBe(3);
    expect(new Set(said.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    await shop.hear(issue('issue-unheard', asCaptured(said[2]!), shop.now()));
    await shop.pass(300);
    await shop.sweep();
    expect((await capturedOf(orderId)).length).toBe(3);
  });
});

describe('money that comes twice', () => {
  it('goes back, and the order keeps its tickets', async () => {
    const orderId = await shop.order('twice');
    const first = await shop.payment(orderId);
    await shop.webhook('twice-no', { payment: shop.gateway.decide(first.reference, 'declined') });
    const second = await shop.payment(orderId);
    await shop.webhook('twice-1', { payment: shop.gateway.decide(second.reference, 'captured') });
    await shop.webhook('twice-2', { payment: shop.gateway.decide(first.reference, 'captured') });
    await shop.webhook('twice-3', { payment: shop.gateway.told(first.reference) });
    const [fact] = await capturedOf(orderId);
    expect(fact!.paymentId).toBe(second.paymentId);
    await shop.hear(issue('issue-twice', fact!, shop.now()));
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('fulfilled');
    expect(refundsOf(first.reference)).toHaveLength(1);
    expect(refundsOf(second.reference)).toHaveLength(0);
    const said = (await shop.spoken(paymentRefunded)).map((one) => paymentRefunded.read(one));
    expect(said.filter((one) => one.orderId === orderId)).toMatchObject([
      { paymentId: first.paymentId, reason: 'paid-twice' },
    ]);
    expect((await shop.ledger())['all']).toBe(0);
  });

  it('is not waited for: a payment beside the one that paid is taken back at once', async () => {
    const orderId = await shop.order('beside');
    const first = await shop.payment(orderId);
    await shop.webhook('beside-no', { payment: shop.gateway.decide(first.reference, 'declined') });
    const second = await shop.payment(orderId);
    await shop.webhook('beside-yes', { payment: shop.gateway.decide(first.reference, 'captured') });
    await shop.sweep();
    expect(await paymentState(second.paymentId)).toBe('abandoned');
    expect(shop.gateway.told(second.reference).outcome.is).toBe('cancelled');
  });

  it('of another amount than asked for is not believed', async () => {
    const orderId = await shop.order('amount');
    const { paymentId, reference } = await shop.payment(orderId);
    const told = shop.gateway.told(reference);
    const outcome = { is: 'captured', amount: { amountMinor: 1, currency: 'EUR' }, capturedAt: shop.now() };
    expect(await shop.webhook('amount', { payment: { ...told, outcome } })).toBe(500);
    expect(await paymentState(paymentId)).toBe('processing');
  });
});

describe('a message', () => {
  it('counts once by its id, whatever it says the second time', async () => {
    const orderId = await shop.order('one-id');
    const { paymentId, reference } = await shop.payment(orderId);
    await shop.webhook('one-id', { payment: shop.gateway.decide(reference, 'declined') });
    await shop.webhook('one-id', { payment: shop.gateway.decide(reference, 'captured') });
    expect(await paymentState(paymentId)).toBe('declined');

    const [first, second] = [await shop.paid('one-id-1'), await shop.paid('one-id-2')];
    await shop.hear(issue('one-id', (await capturedOf(first.orderId))[0]!, shop.now()));
    await shop.hear(refuse('one-id', (await capturedOf(second.orderId))[0]!, shop.now()));
    expect([await shop.state(first.orderId), await shop.state(second.orderId)]).toEqual([
      'fulfilled',
      'paid',
    ]);
  });

  it('that comes while the sweeper asks is not overwritten by it', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `meanwhile-${i}`);
    const orders = await Promise.all(names.map(async (name) => shop.order(name)));
    const payments = await Promise.all(orders.map((orderId) => shop.payment(orderId)));
    await shop.pass(1);
    const notices = payments.map(({ reference }, i) => ({
      i,
      payment: shop.gateway.decide(reference, 'captured'),
    }));
    await Promise.all([
      shop.sweep(),
      ...notices.map(({ i, payment }) => shop.webhook(`meanwhile-${i}`, { payment })),
    ]);
    const states = await Promise.all(payments.map(({ paymentId }) => paymentState(paymentId)));
    expect(states).toEqual(names.map(() => 'captured'));
  });
});

describe('an answer that contradicts the books', () => {
  it('is not swallowed: it is left to be tried again, and to the dead letters in the end', async () => {
    const orderId = await shop.order('contradiction');
    const { body } = await shop.call('GET', `/orders/${orderId}`);
    const fact = { ...paymentCaptured.sample, orderId, holdId: String(body['holdId']) };
    await expect(shop.hear(issue('never-paid', fact, shop.now()))).rejects.toThrow(
      /is placed, yet tickets-issued/,
    );
    await expect(shop.hear(issue('nobody', { ...fact, orderId: 'nobody' }, shop.now()))).rejects.toThrow(
      /not here/,
    );
    expect(await shop.state(orderId)).toBe('placed');
  });

  it('of a shape that nobody knows is unreadable', async () => {
    const broken = {
      ...ticketsIssued.announce('x', 'y', shop.now(), ticketsIssued.sample),
      data: { orderId: 7 },
    };
    await expect(shop.hear(broken)).rejects.toThrow(/data.orderId is number/);
  });
});
