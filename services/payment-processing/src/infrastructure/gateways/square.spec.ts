import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { squareDouble, squareEvent, squareSettings } from '../../../test/gateways/square-double';
import { booksOf, capturesNothingLater, heardOf, paymentOf, refundId } from '../../../test/gateways/scene';
import { readSquareSettings } from './square-settings';

const price = { amountMinor: 9600, currency: 'USD' };
const wanted = paymentOf(price);

describe('Square', () => {
  let double: Awaited<ReturnType<typeof squareDouble>>;
  let reference: string;
  beforeAll(async () => {
    double = await squareDouble();
    ({ reference } = await double.gateway.authorise(wanted));
  });
  afterAll(() => double.close());

  it('captures nothing later', async () => {
    await capturesNothingLater(double.gateway, price);
  });

  it('takes a refused card for nothing, and tells the next one by its fingerprint', async () => {
    const orderId = reference.split('.')[1]!;
    double.square.pay(orderId, 'FAILED');
    expect((await double.gateway.lookUp(reference)).outcome).toEqual({ is: 'open' });
    double.square.pay(orderId);
    expect(await double.gateway.lookUp(orderId)).toMatchObject({
      paymentId: wanted.paymentId,
      outcome: { is: 'captured', amount: price },
      fingerprint: 'sq-1-fingerprint',
    });
  });

  const hear = (type: string, object: object) => heardOf(double, squareEvent(type, object));

  it('is asked what became of a refund', async () => {
    const refund = await double.gateway.refund({ refundId, paymentReference: reference, amount: price });
    expect(refund.outcome).toEqual({ is: 'pending' });
    expect(await hear('refund.updated', { refund: { id: refund.reference } })).toMatchObject({
      refund: { refundId, reference: refund.reference, outcome: { is: 'succeeded' } },
    });
  });

  it('is asked what became of a dispute', async () => {
    const [paid] = [...double.square.payments.values()].filter(({ status }) => status === 'COMPLETED');
    const dispute = {
      id: 'bVTprrwk0gygTLZ96VX1oB',
      amount_money: { amount: 9600, currency: 'USD' },
      state: 'EVIDENCE_REQUIRED',
      disputed_payment: { payment_id: paid!.id },
      created_at: double.now(),
      updated_at: double.now(),
    };
    const { id: disputeId } = dispute;
    const expected = {
      dispute: { disputeId, paymentId: wanted.paymentId, amount: price, outcome: 'opened' },
    };
    double.square.disputes.set(disputeId, dispute);
    expect(await hear('dispute.created', { dispute: { id: disputeId } })).toMatchObject(expected);
    double.square.disputes.set(disputeId, { ...dispute, state: 'WON' });
    expect(await hear('dispute.state.updated', { dispute: { id: disputeId } })).toMatchObject({
      dispute: { outcome: 'won' },
    });
    double.square.disputes.set(disputeId, { ...dispute, state: 'INQUIRY_PROCESSING' });
    expect(await hear('dispute.state.updated', { dispute: { id: disputeId } })).toMatchObject({
      concerns: 'nothing-of-ours',
    });
    double.square.disputes.set(disputeId, { ...dispute, state: 'WON' });
  });

  it('sells at the till, which is nothing of ours', async () => {
    const payment = double.square.sell();
    expect(await hear('payment.updated', { payment })).toMatchObject({ concerns: 'nothing-of-ours' });
    expect(await hear('customer.created', { customer: {} })).toMatchObject({ concerns: 'nothing-of-ours' });
  });

  it('keeps books over many pages, with its fees and disputes, and without the till', async () => {
    for (let more = 0; more < 3; more++) double.square.sell();
    const orderId = reference.split('.')[1]!;
    const payment = { reference: orderId, ourId: wanted.paymentId };
    const whole = { amount: price };
    expect(await booksOf(double)).toMatchObject([
      { is: 'capture', ...payment, ...whole, fee: { amountMinor: 309, currency: 'USD' } },
      { is: 'refund', ourId: refundId, ...whole },
      { is: 'dispute', ...payment, ...whole },
      { is: 'dispute-won', ...payment, ...whole },
    ]);
  });

  it('does not believe what cannot be read', async () => {
    expect(await hear('payment.updated', { payment: { order_id: 'a b' } })).toBe('malformed');
  });
});

describe('the settings of Square', () => {
  const whole = {
    SQUARE_ACCESS_TOKEN: 'token',
    SQUARE_LOCATION_ID: squareSettings.locationId,
    SQUARE_WEBHOOK_KEY: 'key',
    SQUARE_WEBHOOK_URL: squareSettings.webhookUrl,
  };
  it('are of the sandbox unless they say otherwise', () => {
    expect(readSquareSettings(whole)?.url).toBe('https://connect.squareupsandbox.com');
    expect(readSquareSettings({ ...whole, SQUARE_LIVE: 'true' })?.url).toBe('https://connect.squareup.com');
  });
  it.each(Object.keys(whole))('are absent without %s', (name) => {
    expect(readSquareSettings({ ...whole, [name]: '' })).toBeUndefined();
  });
});
