import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  mercadoPagoDouble,
  mercadoPagoNotice,
  mercadoPagoSettings,
} from '../../../test/gateways/mercado-pago-double';
import {
  booksOf,
  capturesNothingLater,
  heardOf,
  ownsWhatItMayHave,
  paymentOf,
} from '../../../test/gateways/scene';
import { MercadoPagoGateway } from './mercado-pago';
import { readMercadoPagoSettings } from './mercado-pago-settings';

const price = { amountMinor: 9601, currency: 'BRL' };
const wanted = paymentOf(price);

describe('Mercado Pago', () => {
  let double: Awaited<ReturnType<typeof mercadoPagoDouble>>;
  let reference: string;
  let paidName: string;
  let refundName: string;
  beforeAll(async () => {
    double = await mercadoPagoDouble();
    ({ reference } = await double.gateway.authorise(wanted));
  });
  afterAll(() => double.close());

  it('is asked for a page that ends with the order, in decimals, where no slip is given out', () => {
    expect(double.shop.preferences.get(reference)).toMatchObject({
      external_reference: `boxoffice-${wanted.paymentId}`,
      items: [{ unit_price: 96.01, currency_id: 'BRL', quantity: 1 }],
      expires: true,
      expiration_date_to: '2099-01-01T00:00:00.000+00:00',
      payment_methods: { excluded_payment_types: [{ id: 'ticket' }, { id: 'atm' }] },
    });
  });

  it.each([
    ['card', ['ticket', 'atm', 'bank_transfer']],
    ['pix', ['ticket', 'atm', 'credit_card', 'debit_card', 'prepaid_card']],
  ] as const)('shows no other way to pay than by %s where that was asked for', async (method, excluded) => {
    const { reference: asked } = await double.gateway.authorise({
      ...wanted,
      paymentId: `payment-by-${method}`,
      method,
    });
    expect(double.shop.preferences.get(asked)).toMatchObject({
      payment_methods: { excluded_payment_types: excluded.map((id) => ({ id })) },
    });
  });

  it('is not said to know nothing of a page that it has and could not be asked about', async () => {
    await ownsWhatItMayHave((policy) => new MercadoPagoGateway(mercadoPagoSettings, policy), price);
  });

  it('captures nothing later', async () => {
    await capturesNothingLater(double.gateway, price);
  });

  it('takes back a Pix code with its page', async () => {
    const { reference: page } = await double.gateway.authorise({ ...wanted, paymentId: 'payment-by-code' });
    const code = double.shop.pay(page, 'pending');
    expect((await double.gateway.lookUp(page)).outcome).toEqual({ is: 'open' });
    expect((await double.gateway.cancel(page)).outcome).toEqual({ is: 'cancelled' });
    expect(double.shop.payments.get(code)).toMatchObject({ status: 'cancelled' });
  });

  const hear = (type: string, dataId: string) => heardOf(double, mercadoPagoNotice(type, dataId));

  it('is heard of a payment that went through, and knows it by either name', async () => {
    const refused = double.shop.pay(reference, 'rejected');
    expect(await hear('payment', refused)).toMatchObject({ concerns: 'nothing-of-ours' });
    paidName = double.shop.pay(reference);
    expect(await hear('payment', paidName)).toMatchObject({
      payment: {
        paymentId: wanted.paymentId,
        reference: paidName,
        outcome: { is: 'captured', amount: price },
      },
    });
    for (const name of [reference, paidName])
      for (const answer of [await double.gateway.lookUp(name), await double.gateway.cancel(name)])
        expect(answer.outcome).toMatchObject({ is: 'captured', amount: price });
  });

  it('is asked until a refund is done', async () => {
    const order = { refundId: 'back-to-the-buyer', paymentReference: paidName, amount: price };
    const refund = await double.gateway.refund(order);
    expect(refund).toMatchObject({ refundId: order.refundId, outcome: { is: 'pending' } });
    refundName = refund.reference;
    expect(await double.gateway.lookUpRefund(refundName, paidName)).toMatchObject({
      outcome: { is: 'succeeded' },
    });
  });

  it('says that what was given back was captured before', async () => {
    expect((await double.gateway.lookUp(reference)).outcome).toMatchObject({ is: 'captured', amount: price });
  });

  it.each([
    ['in_process', 'opened'],
    ['settled', 'lost'],
    ['reimbursed', 'won'],
  ])('is heard of a chargeback that is %s', async (status_detail, outcome) => {
    const paid = double.shop.payments.get(paidName)!;
    double.shop.payments.set(paidName, { ...paid, status: 'charged_back', status_detail });
    expect(await hear('payment', paidName)).toMatchObject({
      dispute: { disputeId: paidName, paymentId: wanted.paymentId, amount: price, outcome },
    });
  });

  it('sells without us, which is nothing of ours', async () => {
    expect(await hear('payment', double.shop.sell())).toMatchObject({ concerns: 'nothing-of-ours' });
    expect(await hear('merchant_order', '123')).toMatchObject({ concerns: 'nothing-of-ours' });
  });

  it('keeps books over many pages, with what it cost us, and without what is not ours', async () => {
    for (let more = 0; more < 60; more++) double.shop.sell();
    expect(await booksOf(double)).toMatchObject([
      {
        is: 'capture',
        reference: paidName,
        ourId: wanted.paymentId,
        amount: price,
        fee: { amountMinor: 479, currency: 'BRL' },
      },
      { is: 'refund', reference: refundName, amount: price },
    ]);
  });
});

describe('the settings of Mercado Pago', () => {
  const whole = {
    MERCADO_PAGO_ACCESS_TOKEN: 'APP_USR-1',
    MERCADO_PAGO_WEBHOOK_SECRET: 'secret',
    MERCADO_PAGO_CURRENCY: 'ARS',
  };
  it('are there where all of them are', () => {
    expect(readMercadoPagoSettings(whole)?.currency).toBe('ARS');
  });
  it.each(Object.keys(whole))('are absent without %s', (name) => {
    expect(readMercadoPagoSettings({ ...whole, [name]: '' })).toBeUndefined();
  });
  it('do not start with what is no currency', () => {
    expect(() => readMercadoPagoSettings({ ...whole, MERCADO_PAGO_CURRENCY: 'peso' })).toThrow(
      /MERCADO_PAGO_CURRENCY/,
    );
  });
});
