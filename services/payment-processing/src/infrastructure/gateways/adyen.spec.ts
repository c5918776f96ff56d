import { describe, expect, it } from '@jest/globals';
import { adyenDouble, adyenSettings } from '../../../test/gateways/adyen-double';
import { oneAttempt } from '../../../test/gateways/contract';
import { instant } from '@boxoffice/shared/kernel';
import { GatewayRefused, GatewaySilent } from '../../core/gateway';
import { AdyenGateway } from './adyen';
import { readAdyenSettings } from './adyen-settings';

const wanted = {
  paymentId: 'ours',
  orderId: 'order',
  amount: { amountMinor: 9600, currency: 'EUR' },
  description: 'Winterreise',
  returnUrl: 'https://shop.example/orders/order',
  expiresAt: instant('2027-01-05T10:15:00Z'),
  capture: 'at-once',
  buyer: { email: 'ada@example.org', name: 'Ada Example' },
} as const;

describe('Adyen', () => {
  it('is asked for a link that is captured at once, or later, with the method asked for', async () => {
    const sent: { url: string; init: RequestInit }[] = [];
    const gateway = new AdyenGateway(adyenSettings, oneAttempt(), async (url, init) => {
      sent.push({ url, init });
      const body = {
        id: 'PL1',
        reference: 'ours.later',
        url: 'https://test.adyen.link/PL1',
        status: 'active',
      };
      return new Response(JSON.stringify(body));
    });
    await gateway.authorise({ ...wanted, capture: 'later', method: 'wallet' });
    await gateway.authorise(wanted);
    const [later, atOnce] = sent.map(({ init }) => JSON.parse(init.body as string) as unknown);
    expect(sent[0]?.url).toBe('https://checkout-test.adyen.com/v72/paymentLinks');
    expect(sent[0]?.init.headers).toMatchObject({ 'x-api-key': 'AQE-key', 'idempotency-key': 'ours' });
    expect(later).toEqual({
      merchantAccount: 'BoxofficeECOM',
      reference: 'ours.later',
      amount: { value: 9600, currency: 'EUR' },
      description: 'Winterreise',
      returnUrl: 'https://shop.example/orders/order',
      expiresAt: '2027-01-05T10:15:00.000Z',
      shopperEmail: 'ada@example.org',
      manualCapture: true,
      allowedPaymentMethods: ['applepay', 'googlepay'],
    });
    expect(atOnce).toMatchObject({ reference: 'ours', captureDelayHours: 0 });
    expect(atOnce).not.toHaveProperty('allowedPaymentMethods');
  });

  it('lives at the address of the account', async () => {
    const sent: string[] = [];
    const gateway = new AdyenGateway(
      { ...adyenSettings, livePrefix: '1797-box' },
      oneAttempt(),
      async (url) => {
        sent.push(url);
        return new Response('{}', { status: 404 });
      },
    );
    await expect(gateway.lookUp('PL1')).rejects.toBeInstanceOf(GatewayRefused);
    expect(sent).toEqual(['https://1797-box-checkout-live.adyenpayments.com/checkout/v72/paymentLinks/PL1']);
  });

  it('tells nothing of a link that was used but that it was, and keeps what it is asked to do for its notice', async () => {
    const double = await adyenDouble();
    const { real, adyen } = double;
    const { reference } = await real.authorise({ ...wanted, expiresAt: instant('2099-01-01T00:00:00Z') });
    adyen.pay(reference);
    expect((await real.lookUp(reference)).outcome).toEqual({ is: 'open' });
    expect((await real.cancel(reference)).outcome).toEqual({ is: 'open' });
    const [psp = ''] = adyen.paid.keys();
    const refund = await real.refund({
      refundId: 'back',
      paymentReference: `${psp}.ours`,
      amount: { amountMinor: 9600, currency: 'EUR' },
    });
    expect(refund).toMatchObject({ refundId: 'back', outcome: { is: 'pending' } });
    expect(await real.lookUpRefund(refund.reference)).toEqual(refund);
    await double.close();
  });

  it('is silent where it asks to be asked again', async () => {
    const gateway = new AdyenGateway(
      adyenSettings,
      oneAttempt(),
      async () =>
        new Response('{"errorCode":"704"}', { status: 422, headers: { 'transient-error': 'true' } }),
    );
    await expect(gateway.authorise(wanted)).rejects.toBeInstanceOf(GatewaySilent);
  });

  it('is silent about a day whose report is not there', async () => {
    const gateway = new AdyenGateway(
      adyenSettings,
      oneAttempt(),
      async () => new Response('', { status: 404 }),
    );
    const all = gateway.movements(instant('2027-01-05T10:00:00Z'), instant('2027-01-05T11:00:00Z'));
    await expect(all[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(GatewaySilent);
  });
});

describe('the settings of Adyen', () => {
  const whole = {
    ADYEN_API_KEY: 'key',
    ADYEN_MERCHANT_ACCOUNT: 'BoxofficeECOM',
    ADYEN_HMAC_KEY: adyenSettings.hmacKey,
    ADYEN_REPORT_KEY: 'report',
  };

  it('are there where all of them are', () => {
    expect(readAdyenSettings(whole)).toMatchObject({ timeZone: 'Europe/Amsterdam', livePrefix: undefined });
  });
  it.each(Object.keys(whole))('are absent without %s', (name) => {
    expect(readAdyenSettings({ ...whole, [name]: '' })).toBeUndefined();
  });
  it.each([{ ADYEN_HMAC_KEY: 'secret' }, { ADYEN_TIME_ZONE: 'Mars' }])('do not start with %j', (wrong) => {
    expect(() => readAdyenSettings({ ...whole, ...wrong })).toThrow(/ADYEN_/);
  });
});
