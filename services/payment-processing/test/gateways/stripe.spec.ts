import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { after, type Instant } from '@boxoffice/shared/kernel';
import { GatewayRefused, GatewaySilent, type PaymentToAuthorise } from '../../src/core/gateway';
import { gatewayContract } from './contract';
import { StripeDouble } from './stripe-double';
import { paymentOf } from './scene';

gatewayContract('Stripe', () => StripeDouble.open());

describe('Stripe', () => {
  let double: StripeDouble;
  let made = 0;
  beforeAll(async () => {
    double = await StripeDouble.open();
  });
  afterAll(() => double.close());

  const order = (change: Partial<PaymentToAuthorise> = {}): PaymentToAuthorise => ({
    ...paymentOf({ amountMinor: 9600, currency: 'EUR' }),
    expiresAt: after(double.now(), { minutes: 15 }),
    paymentId: `01jv0h5c9n3yq8t6w2b4e${String(++made).padStart(5, '0')}`,
    ...change,
  });
  const sent = () => new URLSearchParams(double.loopback.calls.at(-1)!.body);
  const hear = (type: string, object: Record<string, unknown>) => {
    const { rawBody, headers } = double.event(type, object);
    return double.gateway.verifyWebhook(rawBody, headers, double.now());
  };
  async function paid(change: Partial<PaymentToAuthorise> = {}) {
    const payment = await double.gateway.authorise(order(change));
    await double.pay(payment.reference);
    const session = double.sessions.get(payment.reference)!;
    return { ...payment, session, intent: double.intents.get(session.payment_intent!)! };
  }

  it('is told our ids, who pays, in Stripe’s units, and until when with room for its own least', async () => {
    const wanted = order({ amount: { amountMinor: 500, currency: 'ISK' } });
    await double.gateway.authorise(wanted);
    const form = sent();
    const ends = Date.parse(wanted.expiresAt) / 1000;
    expect(Object.fromEntries(form)).toMatchObject({
      mode: 'payment',
      client_reference_id: wanted.paymentId,
      'metadata[paymentId]': wanted.paymentId,
      'payment_intent_data[metadata][paymentId]': wanted.paymentId,
      'payment_intent_data[capture_method]': 'automatic',
      'line_items[0][price_data][currency]': 'isk',
      'line_items[0][price_data][unit_amount]': '50000',
      customer_email: 'ada@example.org',
      'adaptive_pricing[enabled]': 'false',
    });
    expect(Number(form.get('expires_at')) - ends).toBeGreaterThanOrEqual(31 * 60);
    expect(double.loopback.calls.at(-1)!.headers['idempotency-key']).toBe(wanted.paymentId);
  });

  it.each([
    ['alipay', 'alipay'],
    ['wechat-pay', 'wechat_pay'],
    ['ideal', 'ideal'],
    ['bancontact', 'bancontact'],
    ['wallet', 'card'],
  ] as const)('takes %s as %s', async (method, type) => {
    await double.gateway.authorise(order({ method }));
    expect(sent().get('payment_method_types[0]')).toBe(type);
    expect(sent().get('payment_method_options[wechat_pay][client]')).toBe(
      type === 'wechat_pay' ? 'web' : null,
    );
  });

  it('offers whatever it has where no method was asked for', async () => {
    await double.gateway.authorise(order());
    expect([...sent().keys()].filter((key) => key.startsWith('payment_method'))).toEqual([]);
  });

  it('refuses, unasked, a method that it has not and an amount that it would round', async () => {
    const { length } = double.loopback.calls;
    for (const change of [{ method: 'upi' }, { amount: { amountMinor: 5124, currency: 'KWD' } }] as const)
      await expect(double.gateway.authorise(order(change))).rejects.toBeInstanceOf(GatewayRefused);
    expect(double.loopback.calls).toHaveLength(length);
  });

  it('is believed to know nothing of an order only where it says what is faulty', async () => {
    const late = order({ expiresAt: '2020-01-01T00:00:00.000Z' as Instant });
    await expect(double.gateway.authorise(late)).rejects.toThrow('parameter_invalid_integer');
    const first = order();
    await double.gateway.authorise(first);
    // The same id over another amount: the first is there, so this is no refusal.
    const other = { ...first, amount: { amountMinor: 1, currency: 'EUR' } };
    await expect(double.gateway.authorise(other)).rejects.toBeInstanceOf(GatewaySilent);
  });

  it('tells the fingerprint of the card, and nothing else of it', async () => {
    const { reference } = await paid();
    expect(await double.gateway.lookUp(reference)).toMatchObject({ fingerprint: 'AOB934RVNwzk6xtn' });
  });

  it('leaves a session open whose card was declined: the buyer may try another', async () => {
    const { reference } = await double.gateway.authorise(order());
    const intent = double.begin(double.sessions.get(reference)!);
    Object.assign(intent, { last_payment_error: { message: 'Your card was declined.' } });
    expect((await double.gateway.lookUp(reference)).outcome).toEqual({ is: 'open' });
    expect(await hear('payment_intent.payment_failed', intent)).toMatchObject({
      notice: { payment: { reference, outcome: { is: 'open' } } },
    });
  });

  it('says when it captured, not when it authorised', async () => {
    const { reference, paymentId } = await paid({ capture: 'later' });
    const charge = [...double.charges.values()].at(-1)!;
    charge['created'] = 1_700_000_000;
    const capture = { paymentId, amount: { amountMinor: 9600, currency: 'EUR' } };
    const { outcome } = await double.gateway.capture(reference, capture);
    expect(outcome).toMatchObject({ is: 'captured', capturedAt: expect.stringMatching(/^20(?!23)/) });
  });

  it('finds a refund of ours in its list once its memory of the key is gone', async () => {
    const { reference } = await paid();
    const wanted = {
      refundId: '01jv0h5c9n3yq8t6w2b5f00001',
      paymentReference: reference,
      amount: { amountMinor: 100, currency: 'EUR' },
    };
    const first = await double.gateway.refund(wanted);
    double.forgetKeys();
    expect(await double.gateway.refund(wanted)).toEqual(first);
  });

  it('says that a refund waits, and that it failed', async () => {
    const { reference } = await paid();
    const amount = { amountMinor: 100, currency: 'EUR' };
    double.refundStatus = 'pending';
    const refund = await double.gateway.refund({
      refundId: '01jv0h5c9n3yq8t6w2b5f00002',
      paymentReference: reference,
      amount,
    });
    double.refundStatus = 'succeeded';
    expect(refund.outcome).toEqual({ is: 'pending' });
    const there = double.refunds.get(refund.reference)!;
    Object.assign(there, { status: 'failed', failure_reason: 'expired_or_canceled_card' });
    expect((await double.gateway.lookUpRefund(refund.reference)).outcome).toEqual({
      is: 'failed',
      reason: 'expired_or_canceled_card',
    });
    expect(await hear('refund.failed', there)).toMatchObject({
      notice: { refund: { refundId: '01jv0h5c9n3yq8t6w2b5f00002', outcome: { is: 'failed' } } },
    });
  });

  it('reads its balance page by page, with the fees, and without what came back', async () => {
    const own = await StripeDouble.open();
    own.longestPage = 2;
    const amount = { amountMinor: 9600, currency: 'EUR' };
    for (let i = 0; i < 3; i++) {
      const { reference } = await own.gateway.authorise(order());
      await own.pay(reference);
      await own.gateway.refund({
        refundId: `01jv0h5c9n3yq8t6w2b5f0001${i}`,
        paymentReference: reference,
        amount: { ...amount, amountMinor: 100 },
      });
    }
    const failed = [...own.refunds.values()].at(-1)!;
    failed['status'] = 'failed';
    own.book('refund_failure', 100, 'eur', failed['id'] as string);
    own.book('payout', -5000, 'eur', 'po_1');
    const found: string[] = [];
    for await (const one of own.gateway.movements(
      after(own.now(), { minutes: -1 }),
      after(own.now(), { minutes: 1 }),
    ))
      found.push(`${one.is} ${one.amount.amountMinor} ${one.fee?.amountMinor}`);
    await own.close();
    expect(found.sort()).toEqual([
      'capture 9600 55',
      'capture 9600 55',
      'capture 9600 55',
      'refund 100 0',
      'refund 100 0',
    ]);
  });

  describe('sends a notice', () => {
    it.each([
      ['checkout.session.completed', 'captured'],
      ['checkout.session.async_payment_succeeded', 'captured'],
      ['checkout.session.async_payment_failed', 'declined'],
    ])('%s: %s', async (type, outcome) => {
      const { session, paymentId } = await paid();
      expect(await hear(type, session)).toMatchObject({
        notice: { payment: { paymentId, outcome: { is: outcome } } },
      });
    });

    it('of a session that has expired: cancelled', async () => {
      const { reference } = await double.gateway.authorise(order());
      await double.gateway.cancel(reference);
      expect(await hear('checkout.session.expired', double.sessions.get(reference)!)).toMatchObject({
        notice: { payment: { outcome: { is: 'cancelled' } } },
      });
    });

    it('of a PaymentIntent, and its session is looked up with all that hangs on it', async () => {
      const { reference, paymentId, intent } = await paid({ capture: 'later' });
      expect(await hear('payment_intent.amount_capturable_updated', intent)).toMatchObject({
        notice: {
          payment: { reference, paymentId, outcome: { is: 'authorised' }, fingerprint: 'AOB934RVNwzk6xtn' },
        },
      });
    });

    it('that is silence where Stripe does not answer what it asks for: it is sent again', async () => {
      const { intent } = await paid();
      double.silence('call', { how: 503, done: false });
      await expect(hear('payment_intent.succeeded', intent)).rejects.toBeInstanceOf(GatewaySilent);
    });

    it.each([
      ['charge.dispute.funds_withdrawn', 'needs_response', 'opened'],
      ['charge.dispute.funds_reinstated', 'won', 'won'],
      ['charge.dispute.closed', 'lost', 'lost'],
    ])('%s (%s): %s', async (type, status, outcome) => {
      const { paymentId, intent } = await paid();
      const dispute = { id: 'dp_1', amount: 9600, currency: 'eur', payment_intent: intent.id, status };
      expect(await hear(type, dispute)).toMatchObject({
        notice: {
          dispute: { disputeId: 'dp_1', paymentId, outcome, amount: { amountMinor: 9600, currency: 'EUR' } },
        },
      });
    });

    it.each([
      ['of an inquiry, which moves no money', 'charge.dispute.created', { status: 'warning_needs_response' }],
      ['of a customer', 'customer.created', {}],
      ['of a session that is not ours', 'checkout.session.completed', { id: 'cs_1', metadata: {} }],
      ['of a refund that somebody made by hand', 'refund.created', { id: 're_1', metadata: null }],
      ['of a PaymentIntent that is not ours', 'payment_intent.succeeded', { id: 'pi_1', metadata: {} }],
    ])('%s: nothing of ours', async (_, type, content) => {
      const { intent } = await paid();
      const object = { id: 'x_1', amount: 1, currency: 'eur', payment_intent: intent.id, ...content };
      expect(await hear(type, object)).toMatchObject({ notice: { concerns: 'nothing-of-ours' } });
    });

    it('that can’t be read: malformed', async () => {
      const { session } = await paid();
      for (const broken of [
        { ...session, amount_total: 0.5 },
        { ...session, status: 'perhaps' },
      ])
        expect(await hear('checkout.session.completed', broken)).toEqual({
          genuine: false,
          fault: 'malformed',
        });
    });
  });
});
