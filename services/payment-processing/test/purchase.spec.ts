import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orderFulfilled, paymentCaptured, paymentRefunded } from '@boxoffice/shared/contracts';
import { signingKeyFrom } from '@boxoffice/shared/tokens';
import {
  asCaptured,
  eventId,
  free,
  issue,
  kiosk,
  openShop,
  refuse,
  stalls,
  standing,
  type Shop,
} from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const capturedOf = async (orderId: string) =>
  (await shop.spoken(paymentCaptured)).map(asCaptured).filter((fact) => fact.orderId === orderId);

describe('an order', () => {
  it('is placed with a hold token, at the announced price', async () => {
    const holdToken = shop.token('price', { [stalls]: 2, [standing]: 1 });
    const { status, body, headers } = await shop.call('POST', '/orders', { holdToken });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'placed',
      total: { amountMinor: 11_100, currency: 'EUR' },
      buyer: { name: 'ada Example', email: 'ada@example.org' },
      lines: [
        { name: 'Stalls', quantity: 2, lineTotal: { amountMinor: 9600, currency: 'EUR' } },
        { name: 'Standing', quantity: 1, lineTotal: { amountMinor: 1500, currency: 'EUR' } },
      ],
    });
    expect(headers['location']).toBe(`/api/v1/orders/${String(body['orderId'])}`);
  });

  it('takes the buyer that is named, and refuses one without an address', async () => {
    const holdToken = shop.token('named', { [stalls]: 1 });
    const buyer = { name: 'Grace', email: 'grace@example.org' };
    expect(
      (await shop.call('POST', '/orders', { holdToken, buyer: { name: 'Grace', email: 'nowhere' } })).status,
    ).toBe(400);
    expect((await shop.call('POST', '/orders', { holdToken, buyer })).body['buyer']).toEqual(buyer);
  });

  it('is the same for the same hold, under the same key and under another', async () => {
    const holdToken = shop.token('again', { [stalls]: 1 });
    const first = await shop.call('POST', '/orders', { holdToken }, 'ada', 'again-1');
    const repeated = await shop.call('POST', '/orders', { holdToken }, 'ada', 'again-1');
    const another = await shop.call('POST', '/orders', { holdToken }, 'ada', 'again-2');
    expect(repeated).toEqual(first);
    expect(another.body).toEqual(first.body);
  });

  it('is placed once by twenty at once', async () => {
    const holdToken = shop.token('rush', { [stalls]: 1 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shop.call('POST', '/orders', { holdToken })),
    );
    expect(new Set(answers.map(({ body }) => body['orderId'])).size).toBe(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  });

  it('is answered again under its key after the hold has ended, though a new one is refused', async () => {
    const holdToken = shop.token('ended', { [stalls]: 1 }, 1);
    const first = await shop.call('POST', '/orders', { holdToken }, 'ada', 'ended');
    await shop.pass(2);
    expect((await shop.call('POST', '/orders', { holdToken }, 'ada', 'ended')).body).toEqual(first.body);
    expect((await shop.call('POST', '/orders', { holdToken })).body).toMatchObject({
      status: 409,
      code: 'hold-expired',
    });
  });

  it.each([
    ['of another buyer', () => shop.token('foreign', { [stalls]: 1 }, 15, 'eve'), 404, 'order-not-found'],
    ['signed by a stranger', () => forged('forged'), 422, 'hold-token-refused'],
    ['that is none', () => 'BH1.x', 422, 'hold-token-refused'],
    ['over two currencies', () => shop.token('mixed', { [stalls]: 1, [kiosk]: 1 }), 409, 'mixed-currencies'],
  ])('is refused for a hold token %s', async (_, token, status, code) => {
    expect((await shop.call('POST', '/orders', { holdToken: token() })).body).toMatchObject({ status, code });
  });

  it('refuses the same key with another body', async () => {
    await shop.call('POST', '/orders', { holdToken: shop.token('clash-1', { [stalls]: 1 }) }, 'ada', 'clash');
    const clash = await shop.call(
      'POST',
      '/orders',
      { holdToken: shop.token('clash-2', { [stalls]: 1 }) },
      'ada',
      'clash',
    );
    expect(clash.body).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
  });

  it('asks to come back where a price has not arrived', async () => {
    const holdToken = shop.token('unpriced', { '01jv0h5c9n8m1s4k7p0r3v6x00': 1 });
    const { status, headers, body } = await shop.call('POST', '/orders', { holdToken });
    expect([status, headers['retry-after'], body['code']]).toEqual([503, '1', 'not-ready']);
  });

  it('is seen by nobody else, and listed for its buyer page by page', async () => {
    const orderId = await shop.order('mine');
    expect((await shop.call('GET', `/orders/${orderId}`, undefined, 'eve')).status).toBe(404);
    expect((await shop.call('GET', '/orders', undefined, 'eve')).body['items']).toEqual([]);
    const first = await shop.call('GET', '/orders?limit=2');
    expect(first.body['items']).toMatchObject([{ orderId }, {}]);
    const next = await shop.call('GET', `/orders?limit=100&cursor=${String(first.body['nextCursor'])}`);
    const ids = [first, next].flatMap(({ body }) =>
      (body['items'] as { orderId: string }[]).map((one) => one.orderId),
    );
    expect(ids).toEqual([...ids].sort().reverse());
    expect(ids).toEqual([...new Set(ids)]);
    expect(next.body['nextCursor']).toBeUndefined();
  });

  it('that costs nothing is paid at once, and fulfilled without a payment', async () => {
    const { body } = await shop.call('POST', '/orders', { holdToken: shop.token('free', { [free]: 2 }) });
    expect(body).toMatchObject({ state: 'paid', total: { amountMinor: 0 } });
    const orderId = String(body['orderId']);
    const [fact, ...more] = await capturedOf(orderId);
    expect(more).toEqual([]);
    expect(fact).toMatchObject({ amount: { amountMinor: 0, currency: 'EUR' } });
    expect(fact).not.toHaveProperty('paymentId');
    await shop.hear(issue('issue-free', fact!, shop.now()));
    expect(await shop.state(orderId)).toBe('fulfilled');
    expect((await shop.call('POST', '/payments', { orderId, gateway: 'counter' })).body['code']).toBe(
      'order-paid',
    );
  });

  it('that costs nothing is cancelled when the hold is refused', async () => {
    const { body } = await shop.call('POST', '/orders', {
      holdToken: shop.token('free-late', { [free]: 2 }),
    });
    const [fact] = await capturedOf(String(body['orderId']));
    await shop.hear(refuse('refuse-free', fact!, shop.now()));
    expect(await shop.state(String(body['orderId']))).toBe('cancelled');
  });
});

describe('a purchase', () => {
  it('goes from hold to tickets, with a receipt, whatever is said twice', async () => {
    const orderId = await shop.order('whole');
    expect((await shop.call('GET', `/orders/${orderId}/receipt.pdf`)).body['code']).toBe('not-paid');
    const opened = await shop.call('POST', '/payments', { orderId, gateway: 'counter' }, 'ada', 'whole');
    const { paymentId, checkoutUrl } = opened.body as { paymentId: string; checkoutUrl: string };
    expect(opened).toMatchObject({ status: 201, body: { state: 'processing' } });
    expect(checkoutUrl).toBe(`https://counter.example/there-${paymentId}`);

    const notice = { payment: shop.gateway.decide(`there-${paymentId}`, 'captured') };
    expect(await shop.webhook('whole', notice)).toBe(204);
    expect(await shop.webhook('whole', notice)).toBe(204);
    expect(await shop.webhook('whole-2', notice)).toBe(204);
    expect(await shop.state(orderId)).toBe('paid');
    expect(await shop.call('POST', '/payments', { orderId, gateway: 'counter' }, 'ada', 'whole')).toEqual(
      opened,
    );

    const facts = await capturedOf(orderId);
    expect(facts).toHaveLength(1);
    expect(facts[0]).toMatchObject({ paymentId, eventId, amount: { amountMinor: 9600, currency: 'EUR' } });
    const answer = issue('issue-whole', facts[0]!, shop.now());
    await shop.hear(answer);
    await shop.hear(answer);
    await shop.hear({ ...answer, id: 'issue-whole-2' });
    const fulfilled = (await shop.spoken(orderFulfilled)).filter(({ subject }) => subject === orderId);
    expect(fulfilled).toHaveLength(1);
    expect(orderFulfilled.read(fulfilled[0]!)).toMatchObject({
      buyer: { email: 'ada@example.org' },
      event: { title: 'Winterreise by candlelight' },
      total: { amountMinor: 9600 },
      tickets: [
        { code: 'BX1.0', seat: 'Stalls/A/1' },
        { code: 'BX1.1', seat: 'Stalls/A/2' },
      ],
    });
    expect((await shop.call('GET', `/orders/${orderId}`)).body).toMatchObject({
      state: 'fulfilled',
      paymentId,
      tickets: [{ seat: 'Stalls/A/1' }, { seat: 'Stalls/A/2' }],
    });
    const receipt = await shop.call('GET', `/orders/${orderId}/receipt.pdf`);
    // The simulated press prints the facts.
    expect(JSON.parse(Buffer.from(receipt.bytes).toString())).toMatchObject({
      as: 'receipt',
      paper: { orderId, number: orderFulfilled.read(fulfilled[0]!).receiptNumber },
    });
    expect((await shop.call('GET', `/orders/${orderId}/receipt.pdf`, undefined, 'eve')).status).toBe(404);
  });

  it('goes on with another payment after a declined one, and never with two at once', async () => {
    const orderId = await shop.order('second-try');
    const first = await shop.payment(orderId);
    const beside = await shop.call('POST', '/payments', { orderId, gateway: 'counter' });
    expect(beside.body).toMatchObject({ status: 409, code: 'payment-under-way', paymentId: first.paymentId });
    await shop.webhook('no', { payment: shop.gateway.decide(first.reference, 'declined') });
    expect((await shop.call('GET', `/payments/${first.paymentId}`)).body).toMatchObject({
      state: 'declined',
      declineReason: 'the card was declined',
    });
    expect(await shop.state(orderId)).toBe('placed');
    const second = await shop.payment(orderId);
    await shop.webhook('yes', { payment: shop.gateway.decide(second.reference, 'captured') });
    expect(await shop.state(orderId)).toBe('paid');
  });

  it('opens one payment for twenty requests at once', async () => {
    const orderId = await shop.order('twenty');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shop.call('POST', '/payments', { orderId, gateway: 'counter' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body['code'] === 'payment-under-way')).toHaveLength(19);
  });

  it('is refunded when the stock is gone, once, and the ledger is even', async () => {
    const { orderId, paymentId, reference } = await shop.paid('gone');
    const before = await shop.ledger();
    const [fact] = await capturedOf(orderId);
    await shop.hear(refuse('gone', fact!, shop.now()));
    await shop.hear(refuse('gone', fact!, shop.now()));
    await shop.hear(refuse('gone-2', fact!, shop.now()));
    expect(await shop.state(orderId)).toBe('refunding');
    expect((await shop.ledger())['buyers:refunds']).toBe((before['buyers:refunds'] ?? 0) - 9600);
    await shop.sweep();
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
    expect([...shop.gateway.refunds.values()].filter(({ payment }) => payment === reference)).toHaveLength(1);
    const said = (await shop.spoken(paymentRefunded)).map((one) => paymentRefunded.read(one));
    expect(said.filter((one) => one.orderId === orderId)).toMatchObject([
      {
        paymentId,
        amount: { amountMinor: 9600 },
        reason: 'no-stock-left',
        buyer: { email: 'ada@example.org' },
      },
    ]);
    const { body } = await shop.call('GET', `/payments/${paymentId}`);
    expect(body['refunds']).toMatchObject([{ state: 'succeeded', reason: 'no-stock-left' }]);
    const ledger = await shop.ledger();
    expect(ledger['all']).toBe(0);
    expect(ledger['gateway:counter']).toBe(before['gateway:counter']! - 9600);
  });

  it.each([
    ['event-not-on-sale', 'not-on-sale'],
    ['group-incomplete', 'group-incomplete'],
  ] as const)('says why there are no tickets: %s', async (reason, said) => {
    const { orderId } = await shop.paid(`none-${reason}`);
    const [fact] = await capturedOf(orderId);
    await shop.hear(refuse(`none-${reason}`, fact!, shop.now(), reason));
    await shop.sweep();
    await shop.sweep();
    const told = (await shop.spoken(paymentRefunded)).map((one) => paymentRefunded.read(one));
    expect(told.find((one) => one.orderId === orderId)).toMatchObject({ reason: said });
  });

  it('shows a payment to nobody else', async () => {
    const { paymentId } = await shop.payment(await shop.order('private'));
    expect((await shop.call('GET', `/payments/${paymentId}`, undefined, 'eve')).status).toBe(404);
    expect((await shop.call('POST', `/payments/${paymentId}/confirm`, {}, 'eve')).status).toBe(404);
    expect((await shop.call('GET', '/payments/user/ada', undefined, 'eve')).status).toBe(404);
    expect((await shop.call('GET', '/payments/user/ada?limit=1')).body['items']).toMatchObject([
      { paymentId },
    ]);
    expect(
      (
        await shop.call(
          'POST',
          '/payments',
          { orderId: await shop.order('theirs'), gateway: 'counter' },
          'eve',
        )
      ).status,
    ).toBe(404);
  });

  it('names the gateways there are where another is asked for', async () => {
    const orderId = await shop.order('elsewhere');
    const { body } = await shop.call('POST', '/payments', { orderId, gateway: 'stripe' });
    expect(body).toMatchObject({ status: 422, code: 'gateway-not-available', gateways: ['counter'] });
    expect((await shop.call('POST', '/payments/webhook/stripe', {})).status).toBe(404);
  });
});

const forged = (suffix: string): string => {
  const stranger = signingKeyFrom('hold', new Uint8Array(32).fill(8));
  const parts = shop.token(suffix, { [stalls]: 1 }, 15, 'ada', stranger).split('.');
  const own = shop.token(suffix, { [stalls]: 1 }).split('.');
  return [parts[0], own[1], parts[2], parts[3]].join('.');
};
