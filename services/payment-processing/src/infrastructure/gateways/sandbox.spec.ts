import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { instant, toMilliseconds } from '@boxoffice/shared/kernel';
import { GatewayRefused, GatewaySilent } from '../../core/gateway';
import type { HttpCall, HttpRequest } from './http-call';
import { SandboxGateway } from './sandbox';

const now = instant('2027-01-05T10:00:00Z');
const settings = { url: 'http://sandbox', apiKey: 'key', webhookSecret: 'secret' };
const payment = {
  clientReference: 'payment',
  reference: 'sp_1',
  checkoutUrl: 'http://sandbox/pay/sp_1',
  status: 'captured',
  amountMinor: 9600,
  currency: 'EUR',
  capturedAt: '2027-01-05T10:00:00.000Z',
};
const reaching = (reach: HttpCall) =>
  new SandboxGateway(settings, { run: (work) => work(new AbortController().signal) }, reach);
const answering = (status: number, body: unknown) =>
  reaching(async () => ({ status, text: typeof body === 'string' ? body : JSON.stringify(body) }));

describe('what the sandbox answers', () => {
  it('is read', async () => {
    expect(await answering(200, payment).lookUp('sp_1')).toEqual({
      paymentId: 'payment',
      reference: 'sp_1',
      checkoutUrl: 'http://sandbox/pay/sp_1',
      outcome: { is: 'captured', amount: { amountMinor: 9600, currency: 'EUR' }, capturedAt: now },
    });
  });

  it.each<[string, number, unknown]>([
    ['with 500', 500, payment],
    ['from elsewhere', 302, payment],
    ['with 502 and a page', 502, '<html>'],
    ['with 429', 429, payment],
    ['with 401', 401, payment],
    ['with 408', 408, payment],
    ['with a page', 200, '<html>'],
    ['with nothing', 200, ''],
    ['with a list', 200, []],
    ['with another status', 200, { ...payment, status: 'perhaps' }],
    ['without a reference', 200, { ...payment, reference: undefined }],
    ['with a reference that is no key', 200, { ...payment, reference: 'ü' }],
    ['with half a cent', 200, { ...payment, amountMinor: 0.5 }],
    ['with no currency', 200, { ...payment, currency: 'XXZ' }],
    ['without a time', 200, { ...payment, capturedAt: 'yesterday' }],
  ])('%s is silence', async (_, status, body) => {
    await expect(answering(status, body).lookUp('sp_1')).rejects.toBeInstanceOf(GatewaySilent);
  });

  it.each([400, 404, 409, 422])('with %s is a no', async (status) => {
    await expect(answering(status, {}).lookUp('sp_1')).rejects.toBeInstanceOf(GatewayRefused);
  });

  it('not at all is silence', async () => {
    const gateway = reaching(() => Promise.reject(new Error('connect ECONNREFUSED')));
    await expect(gateway.lookUp('sp_1')).rejects.toBeInstanceOf(GatewaySilent);
  });

  it('is asked for with the key, and the idempotency key where something is made', async () => {
    const sent: (HttpRequest & { url: string })[] = [];
    const gateway = reaching(async (url, request) => {
      sent.push({ ...request, url });
      return { status: 200, text: JSON.stringify({ ...payment, status: 'open' }) };
    });
    await gateway.authorise({
      paymentId: 'payment',
      orderId: 'order',
      amount: { amountMinor: 9600, currency: 'EUR' },
      description: 'Winterreise',
      returnUrl: 'https://shop.example',
      expiresAt: now,
      capture: 'at-once',
      buyer: { name: 'Ada Example', email: 'ada@example.org' },
    });
    const [{ url, headers, body }] = sent as [(typeof sent)[0]];
    expect(url).toBe('http://sandbox/v1/payments');
    expect([headers['authorization'], headers['idempotency-key']]).toEqual(['Bearer key', 'payment']);
    expect(JSON.parse(body ?? '')).toMatchObject({
      clientReference: 'payment',
      amountMinor: 9600,
      currency: 'EUR',
    });
  });
});

describe('a notice of the sandbox', () => {
  const verify = (body: string) => {
    const time = toMilliseconds(now) / 1000;
    const mac = createHmac('sha256', settings.webhookSecret).update(`${time}.${body}`).digest('hex');
    return answering(500, '').verifyWebhook(
      Buffer.from(body),
      { 'sandbox-signature': `t=${time},v1=${mac}` },
      now,
    );
  };

  it.each<[string, string, object]>([
    [
      'of a payment',
      JSON.stringify({ id: 'sn_1', concerns: 'payment', payment }),
      { genuine: true, notice: { id: 'sn_1', payment: { paymentId: 'payment' } } },
    ],
    [
      'of something new',
      JSON.stringify({ id: 'sn_1', concerns: 'weather' }),
      { genuine: true, notice: { id: 'sn_1', concerns: 'nothing-of-ours' } },
    ],
    ['that is no JSON', '{', { genuine: false, fault: 'malformed' }],
    [
      'without an id',
      JSON.stringify({ concerns: 'payment', payment }),
      { genuine: false, fault: 'malformed' },
    ],
    [
      'with an endless id',
      JSON.stringify({ id: 'x'.repeat(51), concerns: 'payment', payment }),
      { genuine: false, fault: 'malformed' },
    ],
    [
      'of half a payment',
      JSON.stringify({ id: 'sn_1', concerns: 'payment', payment: {} }),
      { genuine: false, fault: 'malformed' },
    ],
  ])('%s', async (_, body, verdict) => {
    expect(await verify(body)).toMatchObject(verdict);
  });

  it('without a signature is not genuine', async () => {
    expect(await answering(500, '').verifyWebhook(Buffer.from('{}'), {}, now)).toEqual({
      genuine: false,
      fault: 'unsigned',
    });
  });
});
