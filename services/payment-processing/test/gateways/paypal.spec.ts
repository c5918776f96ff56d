import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { after, type Instant } from '@boxoffice/shared/kernel';
import { GatewayRefused, GatewaySilent, type PaymentToAuthorise } from '../../src/core/gateway';
import { openShop } from '../shop';
import { gatewayContract } from './contract';
import { newSigner, PayPalDouble, signed } from './paypal-double';
import { paymentOf } from './scene';

gatewayContract('PayPal', () => PayPalDouble.open());

describe('PayPal', () => {
  let double: PayPalDouble;
  let made = 0;
  beforeAll(async () => {
    double = await PayPalDouble.open();
  });
  beforeEach(() => {
    double.nextCapture = 'COMPLETED';
    double.refundStatus = 'COMPLETED';
  });
  afterAll(() => double.close());

  const order = (change: Partial<PaymentToAuthorise> = {}): PaymentToAuthorise => ({
    ...paymentOf({ amountMinor: 9600, currency: 'EUR' }),
    expiresAt: after(double.now(), { minutes: 15 }),
    paymentId: `01jv0h5c9n3yq8t6w2b4g${String(++made).padStart(5, '0')}`,
    ...change,
  });
  async function approved(change: Partial<PaymentToAuthorise> = {}) {
    const payment = await double.gateway.authorise(order(change));
    double.approve(payment.reference);
    return payment;
  }
  async function paid() {
    const payment = await approved();
    await double.gateway.lookUp(payment.reference);
    return { ...payment, unit: double.orders.get(payment.reference)!.purchase_units[0] };
  }
  const back = (paymentReference: string, amountMinor = 100) => ({
    refundId: `01jv0h5c9n3yq8t6w2b5g${++made + 10_000}`,
    paymentReference,
    amount: { amountMinor, currency: 'EUR' },
  });
  const hear = (type: string, resource: Record<string, unknown>) => {
    const { rawBody, headers } = double.event(type, resource);
    return double.gateway.verifyWebhook(rawBody, headers, double.now());
  };

  it('is told our id, what is due and where the buyer comes back to, and nothing of who the buyer is', async () => {
    const wanted = order({ description: 'W'.repeat(300) });
    await double.gateway.authorise(wanted);
    const call = double.loopback.calls.at(-1)!;
    expect(call.headers['paypal-request-id']).toBe(wanted.paymentId);
    expect(JSON.parse(call.body)).toMatchObject({
      intent: 'CAPTURE',
      purchase_units: [
        {
          custom_id: wanted.paymentId,
          description: 'W'.repeat(127),
          amount: { currency_code: 'EUR', value: '96.00' },
        },
      ],
      payment_source: {
        paypal: { experience_context: { return_url: wanted.returnUrl, user_action: 'PAY_NOW' } },
      },
    });
    expect(call.body).not.toContain('ada@example.org');
  });

  it('takes what was approved when it is asked after, once, under our id', async () => {
    const { reference, paymentId } = await approved();
    const answers = await Promise.all([1, 2, 3].map(() => double.gateway.lookUp(reference)));
    expect(answers.map(({ outcome }) => outcome.is)).toEqual(['captured', 'captured', 'captured']);
    const captures = double.loopback.calls.filter(({ path }) => path.endsWith(`${reference}/capture`));
    expect(new Set(captures.map(({ headers }) => headers['paypal-request-id']))).toEqual(
      new Set([`capture~${paymentId}`]),
    );
    expect(double.searched.filter((row) => row['custom_field'] === paymentId)).toHaveLength(1);
  });

  it('takes nothing that was cancelled, though the buyer approves it afterwards', async () => {
    const { reference } = await double.gateway.authorise(order());
    await double.gateway.cancel(reference);
    double.approve(reference);
    expect((await double.gateway.lookUp(reference)).outcome).toEqual({ is: 'cancelled' });
    const late = await approved();
    expect((await double.gateway.cancel(late.reference)).outcome).toEqual({ is: 'cancelled' });
    expect((await double.gateway.lookUp(late.reference)).outcome).toEqual({ is: 'cancelled' });
  });

  it.each([
    ['INSTRUMENT_DECLINED', { is: 'open' }],
    ['PAYER_CANNOT_PAY', { is: 'declined', reason: 'PayPal refused: PAYER_CANNOT_PAY' }],
    ['TRANSACTION_REFUSED', { is: 'declined', reason: 'PayPal refused: TRANSACTION_REFUSED' }],
    ['PENDING', { is: 'open' }],
  ])('that answers %s to a capture: %j', async (fate, outcome) => {
    const { reference } = await approved();
    double.nextCapture = fate;
    expect((await double.gateway.lookUp(reference)).outcome).toEqual(outcome);
  });

  it('that says that another request is under way is silent', async () => {
    const { reference } = await approved();
    double.nextCapture = 'PREVIOUS_REQUEST_IN_PROGRESS';
    await expect(double.gateway.lookUp(reference)).rejects.toBeInstanceOf(GatewaySilent);
  });

  it('that takes our keys for none is silent: that says nothing of a payment', async () => {
    const own = await PayPalDouble.open();
    own.tokens = 'refused';
    await expect(own.gateway.authorise(order())).rejects.toBeInstanceOf(GatewaySilent);
    await own.close();
  });

  it('refuses, unasked, what it would round and a method that it has not', async () => {
    const { length } = double.loopback.calls;
    for (const change of [
      { amount: { amountMinor: 104_550, currency: 'TWD' } },
      { method: 'ideal' },
    ] as const)
      await expect(double.gateway.authorise(order(change))).rejects.toBeInstanceOf(GatewayRefused);
    expect(double.loopback.calls).toHaveLength(length);
  });

  it('finds a refund of ours on its order once it has forgotten the request', async () => {
    const { reference } = await paid();
    const wanted = back(reference);
    const first = await double.gateway.refund(wanted);
    double.forgetRequests();
    expect(await double.gateway.refund(wanted)).toEqual(first);
  });

  it('says that a refund waits, and that it failed', async () => {
    const { reference } = await paid();
    double.refundStatus = 'PENDING';
    const refund = await double.gateway.refund(back(reference));
    expect(refund.outcome).toEqual({ is: 'pending' });
    const there = double.orders.get(reference)!.purchase_units[0].payments.refunds![0]!;
    Object.assign(there, { status: 'FAILED', status_details: { reason: 'ECHECK' } });
    expect((await double.gateway.lookUpRefund(refund.reference)).outcome).toEqual({
      is: 'failed',
      reason: 'ECHECK',
    });
  });

  it('reads its books a month and a page at a time, with fees, and only what went through', async () => {
    let now = Date.parse('2027-01-01T00:00:00Z');
    const own = await PayPalDouble.open(() => now);
    own.longestPage = 2;
    const since = own.now();
    for (let day = 0; day < 70; day += 10) {
      own.book('T0006', `3C${day}`, '10.00', `01jv0h5c9n3yq8t6w2b4h000${10 + day}`);
      now += 10 * 24 * 3600_000;
    }
    own.book('T1107', '1R1', '-5.00', '01jv0h5c9n3yq8t6w2b4h00001');
    own.book('T0006', '3C-denied', '10.00', 'x', 'D');
    own.book('T0400', 'withdrawal', '-10.00', 'x');
    own.book('T1201', 'chargeback', '-10.00', 'x');
    own.book('T1202', 'chargeback-back', '10.00', 'x');
    now += 1000;
    const until = own.now();
    own.book('T0006', 'too-late', '10.00', 'x');
    const found: string[] = [];
    for await (const one of own.gateway.movements(since, until))
      found.push(`${one.is} ${one.reference} ${one.amount.amountMinor} ${one.fee?.amountMinor}`);
    await own.close();
    expect(found).toEqual([
      ...[0, 10, 20, 30, 40, 50, 60].map((day) => `capture 3C${day} 1000 35`),
      'refund 1R1 500 35',
      'dispute chargeback 1000 35',
      'dispute-won chargeback-back 1000 35',
    ]);
  });

  describe('sends a notice', () => {
    it('of a refund: the refund’s, though it bears the name of a capture', async () => {
      const { reference, unit } = await paid();
      const wanted = back(reference);
      await double.gateway.refund(wanted);
      expect(await hear('PAYMENT.CAPTURE.REFUNDED', unit.payments.refunds![0]!)).toMatchObject({
        notice: { refund: { refundId: wanted.refundId, outcome: { is: 'succeeded' } } },
      });
    });

    it('of an approved order, and of an authorisation: to be asked after', async () => {
      const { reference, paymentId } = await approved({ capture: 'later' });
      const there = double.orders.get(reference)!;
      const asksAbout = { notice: { asksAbout: paymentId } };
      expect(await hear('CHECKOUT.ORDER.APPROVED', there)).toMatchObject(asksAbout);
      await double.gateway.lookUp(reference);
      const [authorization] = there.purchase_units[0].payments.authorizations!;
      expect(await hear('PAYMENT.AUTHORIZATION.CREATED', authorization!)).toMatchObject(asksAbout);
    });

    it.each([
      ['CUSTOMER.DISPUTE.CREATED', { status: 'OPEN' }, 'opened'],
      ['CUSTOMER.DISPUTE.UPDATED', { status: 'UNDER_REVIEW' }, 'opened'],
      ['CUSTOMER.DISPUTE.RESOLVED', resolved('RESOLVED_BUYER_FAVOUR'), 'lost'],
      ['CUSTOMER.DISPUTE.RESOLVED', resolved('ACCEPTED'), 'lost'],
      ['CUSTOMER.DISPUTE.RESOLVED', resolved('RESOLVED_SELLER_FAVOUR'), 'won'],
      ['CUSTOMER.DISPUTE.RESOLVED', resolved('RESOLVED_WITH_PAYOUT'), 'won'],
      ['CUSTOMER.DISPUTE.RESOLVED', resolved('CANCELED_BY_BUYER'), 'won'],
    ])('%s %j: %s', async (type, content, outcome) => {
      const { paymentId } = await paid();
      const dispute = {
        dispute_id: 'PP-D-4012',
        disputed_transactions: [{ seller_transaction_id: '3C', custom: paymentId }],
        dispute_amount: { currency_code: 'EUR', value: '96.00' },
        ...content,
      };
      expect(await hear(type, dispute)).toMatchObject({
        notice: {
          dispute: {
            disputeId: 'PP-D-4012',
            paymentId,
            outcome,
            amount: { amountMinor: 9600, currency: 'EUR' },
          },
        },
      });
    });

    it.each([
      ['CATALOG.PRODUCT.CREATED', {}],
      ['PAYMENT.CAPTURE.COMPLETED', { custom_id: 'somebody else’s' }],
      ['PAYMENT.CAPTURE.REFUNDED', {}],
      ['CHECKOUT.ORDER.APPROVED', { purchase_units: [{}] }],
      ['CUSTOMER.DISPUTE.CREATED', { disputed_transactions: [{}] }],
    ])('%s %j: nothing of ours', async (type, resource) => {
      expect(await hear(type, resource)).toMatchObject({ notice: { concerns: 'nothing-of-ours' } });
    });
  });

  describe('a notice under its name', () => {
    const body = Buffer.from('{"id":"WH-1","event_type":"CATALOG.PRODUCT.CREATED","resource":{}}');
    const verdictOf = (headers: Record<string, string>, now = double.now()) =>
      double.gateway.verifyWebhook(body, headers, now);
    const forged = { genuine: false, fault: 'forged' };

    it.each([
      'http://api.paypal.com/v1/notifications/certs/CERT-1',
      'https://api.paypal.com.example.org/cert',
      'https://example.org/api.paypal.com',
      'https://notpaypal.com/cert',
      'https://api.paypal.com:8443/cert',
      'https://api.paypal.com@example.org/cert',
      'file:///etc/passwd',
      'cert',
    ])('whose certificate is at %s is forged, and nothing is fetched', async (url) => {
      const { length } = double.fetched;
      expect(
        await verdictOf({ ...signed(body, double.signer, double.now()), 'paypal-cert-url': url }),
      ).toEqual(forged);
      expect(double.fetched).toHaveLength(length);
    });

    it('that is signed with another key, for another webhook or by another method is forged', async () => {
      const other = await newSigner('2020-01-01', '2045-01-01');
      const right = signed(body, double.signer, double.now());
      expect(await verdictOf(right)).toMatchObject({ genuine: true });
      expect(await verdictOf(signed(body, other, double.now()))).toEqual(forged);
      expect(await verdictOf(signed(body, double.signer, double.now(), 'id', 'another webhook'))).toEqual(
        forged,
      );
      expect(await verdictOf({ ...right, 'paypal-auth-algo': 'SHA1withRSA' })).toEqual(forged);
      expect(await verdictOf({ ...right, 'paypal-transmission-id': 'another' })).toEqual(forged);
      const later = after(double.now(), { seconds: 10 });
      expect(await verdictOf({ ...right, 'paypal-transmission-time': later })).toEqual(forged);
    });

    it('under a certificate that is not valid any more, or is none, is forged', async () => {
      const own = await PayPalDouble.open();
      const headers = signed(body, own.signer, '2046-01-01T00:00:00.000Z' as Instant);
      expect(await own.gateway.verifyWebhook(body, headers, '2046-01-01T00:00:00.000Z' as Instant)).toEqual(
        forged,
      );
      const none = await PayPalDouble.open();
      Object.assign(none, { signer: { ...none.signer, certificate: 'none' } });
      expect(
        await none.gateway.verifyWebhook(body, signed(body, none.signer, none.now()), none.now()),
      ).toEqual(forged);
      await own.close();
      await none.close();
    });

    it('has its certificate fetched once', async () => {
      const own = await PayPalDouble.open();
      for (let i = 0; i < 5; i++)
        await own.gateway.verifyWebhook(body, signed(body, own.signer, own.now()), own.now());
      await own.close();
      expect(own.fetched).toHaveLength(1);
    });
  });
});

describe('an order that is approved at PayPal, at a buyer’s who does not come back,', () => {
  it('is paid by PayPal’s notice while the hold lasts, and not taken afterwards', async () => {
    let double!: PayPalDouble;
    const shop = await openShop({
      gateways: async (now) => {
        double = await PayPalDouble.open(now);
        return [double.gateway];
      },
    });
    const open = async (name: string) => {
      const orderId = await shop.order(name, 5);
      const { body } = await shop.call('POST', '/payments', { orderId, gateway: 'paypal' });
      const reference = String(body['checkoutUrl']).split('token=').at(-1)!;
      double.approve(reference);
      return { orderId, reference };
    };
    const tell = async ({ reference }: { reference: string }) => {
      const { rawBody, headers } = double.event('CHECKOUT.ORDER.APPROVED', double.orders.get(reference)!);
      return shop.notice('paypal', rawBody, headers);
    };
    const inTime = await open('paypal-in-time');
    expect([await tell(inTime), await tell(inTime), await shop.state(inTime.orderId)]).toEqual([
      204,
      204,
      'paid',
    ]);
    const late = await open('paypal-late');
    await shop.pass(6);
    expect([await tell(late), await shop.state(late.orderId)]).toEqual([204, 'placed']);
    expect(double.searched).toHaveLength(1);
    await shop.pass(5);
    await shop.sweep();
    expect([await tell(late), await shop.state(late.orderId)]).toEqual([204, 'expired']);
    expect(double.searched).toHaveLength(1);
    await double.close();
    await shop.close();
  });
});

function resolved(outcome_code: string): Record<string, unknown> {
  return { status: 'RESOLVED', dispute_outcome: { outcome_code } };
}
