import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { razorpayDouble, razorpayEvent, razorpaySettings } from '../../../test/gateways/razorpay-double';
import {
  booksOf,
  capturesNothingLater,
  heardOf,
  ownsWhatItMayHave,
  paymentOf,
  refundId,
} from '../../../test/gateways/scene';
import { RazorpayGateway } from './razorpay';
import { readRazorpaySettings } from './razorpay-settings';

const price = { amountMinor: 9600, currency: 'INR' };
const wanted = paymentOf(price);

describe('Razorpay', () => {
  let double: Awaited<ReturnType<typeof razorpayDouble>>;
  let reference: string;
  let paidWith: string;
  beforeAll(async () => {
    double = await razorpayDouble();
    ({ reference } = await double.gateway.authorise({ ...wanted, method: 'upi' }));
  });
  afterAll(() => double.close());

  it('is asked for a link without an end, whose method is the one asked for, and that writes to nobody', () => {
    expect(double.shop.links.get(reference)).toMatchObject({
      reference_id: wanted.paymentId,
      notify: { email: false, sms: false },
      options: { checkout: { method: { upi: true, card: false } } },
    });
    expect(double.shop.links.get(reference)).not.toHaveProperty('expire_by');
  });

  it('is not said to know nothing of a link that it has and could not be asked about', async () => {
    await ownsWhatItMayHave(
      (policy) => new RazorpayGateway({ ...razorpaySettings, url: double.url }, policy),
      price,
    );
  });

  it('captures nothing later', async () => {
    await capturesNothingLater(double.gateway, price);
  });

  it('takes a refused card for nothing', async () => {
    double.shop.pay(reference, 'failed');
    expect((await double.gateway.lookUp(reference)).outcome).toEqual({ is: 'open' });
    paidWith = double.shop.pay(reference);
    expect((await double.gateway.lookUp(reference)).outcome).toMatchObject({ is: 'captured', amount: price });
  });

  const hear = (type: string, payload: object) => heardOf(double, razorpayEvent(type, payload));

  it('is asked what became of a refund', async () => {
    const refund = await double.gateway.refund({ refundId, paymentReference: reference, amount: price });
    expect(refund.outcome).toEqual({ is: 'pending' });
    expect(await hear('refund.processed', { refund: { entity: { id: refund.reference } } })).toMatchObject({
      refund: { refundId, reference: refund.reference, outcome: { is: 'succeeded' } },
    });
  });

  it.each([
    ['open', 'opened'],
    ['under_review', 'opened'],
    ['won', 'won'],
    ['lost', 'lost'],
  ])('is asked what became of a dispute that is %s', async (status, outcome) => {
    const dispute = {
      id: 'disp_AHfqOvkldwsbqt',
      entity: 'dispute',
      payment_id: paidWith,
      amount: 9600,
      amount_deducted: 9600,
      currency: 'INR',
      status,
      created_at: Math.floor(Date.parse(double.now()) / 1000),
    };
    double.shop.disputes.set(dispute.id, dispute);
    expect(await hear(`payment.dispute.created`, { dispute: { entity: dispute } })).toMatchObject({
      dispute: { disputeId: dispute.id, paymentId: wanted.paymentId, amount: price, outcome },
    });
  });

  it('sells without us, which is nothing of ours', async () => {
    const entity = { id: double.shop.sell() };
    expect(await hear('payment_link.paid', { payment_link: { entity } })).toMatchObject({
      concerns: 'nothing-of-ours',
    });
    expect(await hear('payment.captured', {})).toMatchObject({ concerns: 'nothing-of-ours' });
  });

  it('keeps books over many pages, with its fees and disputes, and without what is not ours', async () => {
    for (let more = 0; more < 120; more++) double.shop.sell();
    const payment = { reference, ourId: wanted.paymentId, amount: price };
    expect(await booksOf(double)).toMatchObject([
      { is: 'capture', ...payment, fee: { amountMinor: 227, currency: 'INR' } },
      { is: 'refund', ourId: refundId, amount: price },
      { is: 'dispute', ...payment },
    ]);
  });

  it('does not believe what cannot be read', async () => {
    expect(await hear('payment_link.paid', {})).toBe('malformed');
  });
});

describe('the settings of Razorpay', () => {
  const whole = { RAZORPAY_KEY_ID: 'id', RAZORPAY_KEY_SECRET: 'secret', RAZORPAY_WEBHOOK_SECRET: 'webhook' };
  it('are there where all of them are', () => {
    expect(readRazorpaySettings(whole)?.url).toBe('https://api.razorpay.com');
  });
  it.each(Object.keys(whole))('are absent without %s', (name) => {
    expect(readRazorpaySettings({ ...whole, [name]: '' })).toBeUndefined();
  });
});
