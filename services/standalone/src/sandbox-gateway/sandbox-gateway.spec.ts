import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { after, fromMilliseconds, instant } from '@boxoffice/shared/kernel';
import { policy } from '@boxoffice/shared/resilience';
import { consoleTelemetry } from '@boxoffice/shared/telemetry';
import { SandboxGateway } from '../../../payment-processing/src/infrastructure/gateways/sandbox';
import { sandboxPolicy } from '../../../payment-processing/src/infrastructure/gateways/sandbox-settings';
import {
  GatewayRefused,
  GatewaySilent,
  type GatewayMovement,
  type WebhookNotice,
} from '../../../payment-processing/src/core/gateway';
import { createSandboxGateway } from './index';

const secret = 'shared';
const clock = { now: () => fromMilliseconds(Date.now()), sleep: () => Promise.resolve() };
const telemetry = consoleTelemetry({ clock, write: () => undefined });

let folder: string;
let server: Server;
let url: string;
let sandbox: ReturnType<typeof createSandboxGateway>;
let gateway: SandboxGateway;
let notices: WebhookNotice[];
let refusals: number;

const adapter = (apiKey = 'key', outcome?: string) =>
  new SandboxGateway(
    { url: `${url}/sandbox`, apiKey, webhookSecret: secret, ...(outcome ? { outcome } : {}) },
    policy({ ...sandboxPolicy, retries: 0 }, telemetry),
  );
const open = () =>
  createSandboxGateway({
    dataFile: path.join(folder, 'sandbox.db'),
    webhookUrl: `${url}/hook`,
    publicUrl: url,
    secret,
    apiKey: 'key',
  });

/** One server is both sides: the gateway below `/sandbox`, and the shop that its notices go to. */
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
  notices = [];
  refusals = 0;
  server = createServer((req, res) => {
    if (req.url !== '/hook') {
      sandbox.handle(req, res);
      return;
    }
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      if (refusals-- > 0) {
        res.writeHead(503).end();
        return;
      }
      const signature = String(req.headers['sandbox-signature']);
      void gateway
        .verifyWebhook(Buffer.concat(chunks), { 'sandbox-signature': signature }, clock.now())
        .then((verdict) => {
          if (verdict.genuine) notices.push(verdict.notice);
          res.writeHead(verdict.genuine ? 204 : 400).end();
        });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sandbox = open();
  gateway = adapter();
});

afterEach(async () => {
  sandbox.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

let payments = 0;
const order = (amountMinor = 9600, description = 'Winterreise by candlelight') => ({
  paymentId: `payment-${++payments}`,
  orderId: 'order',
  amount: { amountMinor, currency: 'EUR' },
  description,
  returnUrl: 'https://shop.example/orders/1',
  expiresAt: clock.now(),
  capture: 'at-once' as 'at-once' | 'later',
  buyer: { name: 'Ada Example', email: 'ada@example.org' },
});
const press = (checkoutUrl: string | undefined, outcome: string, seconds = '') =>
  fetch(checkoutUrl!, {
    method: 'POST',
    body: new URLSearchParams({ outcome, seconds }),
    redirect: 'manual',
  });
async function movements(): Promise<readonly GatewayMovement[]> {
  const all: GatewayMovement[] = [];
  const [since, until] = [instant('2000-01-01T00:00:00Z'), after(clock.now(), { minutes: 60 })];
  for await (const movement of gateway.movements(since, until)) all.push(movement);
  return all;
}
async function told(count: number): Promise<readonly WebhookNotice[]> {
  for (let waited = 0; notices.length < count && waited < 4000; waited += 20) await pause(20);
  await pause(60); // what is one too many would come now
  return notices;
}

describe('the sandbox gateway', () => {
  it('opens a payment once, however often it is asked', async () => {
    const asked = order();
    const [first, again] = [await gateway.authorise(asked), await gateway.authorise(asked)];
    expect(first).toMatchObject({ paymentId: asked.paymentId, outcome: { is: 'open' } });
    expect(again).toEqual(first);
    expect(await gateway.lookUp(first.reference)).toEqual(first);
    await expect(
      gateway.authorise({ ...asked, amount: { amountMinor: 1, currency: 'EUR' } }),
    ).rejects.toThrow(GatewayRefused);
  });

  it('captures when the buyer presses pay, tells of it once, and sends the buyer back', async () => {
    const { checkoutUrl, paymentId, reference } = await gateway.authorise(order());
    const answer = await press(checkoutUrl, 'succeed');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, 'https://shop.example/orders/1']);
    const [notice, ...more] = await told(1);
    expect(more).toEqual([]);
    expect(notice).toMatchObject({
      payment: {
        paymentId,
        reference,
        outcome: { is: 'captured', amount: { amountMinor: 9600, currency: 'EUR' } },
      },
    });
    expect((await press(checkoutUrl, 'decline')).status).toBe(409);
  });

  it('declines', async () => {
    const { checkoutUrl } = await gateway.authorise(order());
    await press(checkoutUrl, 'decline');
    expect(await told(1)).toMatchObject([
      { payment: { outcome: { is: 'declined', reason: 'The card was declined.' } } },
    ]);
  });

  it('answers twice, with one id', async () => {
    const { checkoutUrl } = await gateway.authorise(order());
    await press(checkoutUrl, 'twice');
    const both = await told(2);
    expect(both).toHaveLength(2);
    expect(both[0]).toEqual(both[1]);
  });

  it('never answers, and only asking shows that it has captured', async () => {
    const { checkoutUrl, reference } = await gateway.authorise(order());
    await press(checkoutUrl, 'never');
    expect((await gateway.lookUp(reference)).outcome.is).toBe('captured');
    expect(await told(0)).toEqual([]);
  });

  it('answers late: what the bank has in hand can no longer be taken back', async () => {
    const { checkoutUrl, reference } = await gateway.authorise(order());
    await press(checkoutUrl, 'late', '1');
    expect((await gateway.lookUp(reference)).outcome.is).toBe('open');
    expect((await gateway.cancel(reference)).outcome.is).toBe('open');
    expect(await told(1)).toMatchObject([{ payment: { outcome: { is: 'captured' } } }]);
  });

  it('takes an open payment back, for good', async () => {
    const { checkoutUrl, reference } = await gateway.authorise(order());
    expect((await gateway.cancel(reference)).outcome).toEqual({ is: 'cancelled' });
    expect((await press(checkoutUrl, 'succeed')).status).toBe(409);
    const paid = await gateway.authorise(order());
    await press(paid.checkoutUrl, 'succeed');
    expect((await gateway.cancel(paid.reference)).outcome.is).toBe('captured');
  });

  it('only sets aside what is to be captured later, and captures it once when asked', async () => {
    const { checkoutUrl, reference, paymentId } = await gateway.authorise({ ...order(), capture: 'later' });
    const amount = { amountMinor: 9600, currency: 'EUR' };
    await expect(gateway.capture(reference, { paymentId, amount })).rejects.toThrow(GatewayRefused);
    await press(checkoutUrl, 'succeed');
    expect((await gateway.lookUp(reference)).outcome).toEqual({ is: 'authorised', amount });
    const less = { paymentId, amount: { amountMinor: 1, currency: 'EUR' } };
    await expect(gateway.capture(reference, less)).rejects.toThrow(GatewayRefused);
    const first = await gateway.capture(reference, { paymentId, amount });
    expect(first.outcome.is).toBe('captured');
    expect(await gateway.capture(reference, { paymentId, amount })).toEqual(first);
    expect((await told(2)).map((notice) => 'payment' in notice && notice.payment.outcome.is)).toEqual([
      'authorised',
      'captured',
    ]);
  });

  it('lets go of what was set aside and is not wanted', async () => {
    const { checkoutUrl, reference, paymentId } = await gateway.authorise({ ...order(), capture: 'later' });
    await press(checkoutUrl, 'succeed');
    expect((await gateway.cancel(reference)).outcome.is).toBe('cancelled');
    const all = { paymentId, amount: { amountMinor: 9600, currency: 'EUR' } };
    await expect(gateway.capture(reference, all)).rejects.toThrow(GatewayRefused);
  });

  it('keeps books of what moved, which can be read in pages', async () => {
    for (let count = 0; count < 205; count++) await adapter('key', 'succeed').authorise(order(100 + count));
    const [first] = await movements();
    await gateway.refund({
      refundId: 'refund-of-one',
      paymentReference: first!.reference,
      amount: { amountMinor: 40, currency: 'EUR' },
    });
    const all = await movements();
    expect(all).toHaveLength(206);
    expect(all.filter(({ is }) => is === 'refund')).toMatchObject([
      { ourId: 'refund-of-one', amount: { amountMinor: 40, currency: 'EUR' } },
    ]);
    const sum = all.reduce((total, { is, amount }) => total + (is === 'capture' ? amount.amountMinor : 0), 0);
    expect(sum).toBe(205 * 100 + (204 * 205) / 2);
    expect(new Set(all.map(({ ourId }) => ourId)).size).toBe(206);
  });

  it('gives back once under one key, and never more than it has captured', async () => {
    const { checkoutUrl, reference } = await gateway.authorise(order());
    const refund = {
      refundId: 'refund-1',
      paymentReference: reference,
      amount: { amountMinor: 9600, currency: 'EUR' },
    };
    await expect(gateway.refund(refund)).rejects.toThrow(GatewayRefused);
    await press(checkoutUrl, 'succeed');
    const first = await gateway.refund(refund);
    expect(first.outcome.is).toBe('succeeded');
    expect(await gateway.refund(refund)).toEqual(first);
    expect(await gateway.lookUpRefund(first.reference)).toEqual(first);
    const more = { ...refund, refundId: 'refund-2', amount: { amountMinor: 1, currency: 'EUR' } };
    await expect(gateway.refund(more)).rejects.toThrow(GatewayRefused);
    expect(await told(2)).toMatchObject([{ payment: {} }, { refund: { refundId: 'refund-1' } }]);
  });

  it('sends a notice again until it is taken, also after a restart', async () => {
    refusals = 1;
    const { checkoutUrl } = await gateway.authorise(order());
    await press(checkoutUrl, 'succeed');
    await pause(100);
    expect([notices.length, refusals]).toEqual([0, 0]);
    sandbox.close();
    sandbox = open();
    expect(await told(1)).toHaveLength(1);
  });

  it('takes an outcome that an integration presets, without its page', async () => {
    const { outcome, paymentId } = await adapter('key', 'succeed').authorise(order());
    expect(outcome.is).toBe('captured');
    expect(await told(1)).toMatchObject([{ payment: { paymentId } }]);
  });

  it('lists its payments in the order of their making', async () => {
    const made = [await gateway.authorise(order()), await gateway.authorise(order())];
    const list = async (after: number) => {
      const answer = await fetch(`${url}/sandbox/v1/payments?after=${after}`, {
        headers: { authorization: 'Bearer key' },
      });
      return ((await answer.json()) as { items: { reference: string; seq: number }[] }).items;
    };
    const all = await list(0);
    expect(all.map(({ reference }) => reference)).toEqual(made.map(({ reference }) => reference));
    expect(await list(all[0]!.seq)).toEqual(all.slice(1));
  });

  it('opens a hundred at once', async () => {
    const made = await Promise.all(Array.from({ length: 100 }, () => gateway.authorise(order())));
    expect(new Set(made.map(({ reference }) => reference)).size).toBe(100);
  });

  it.each<[string, (there: SandboxGateway) => Promise<unknown>, new (message: string) => Error]>([
    [
      'a wrong key is silence: it says nothing of the payment',
      () => adapter('other').lookUp('sp_x'),
      GatewaySilent,
    ],
    ['an unknown payment is a no', (there) => there.lookUp('sp_x'), GatewayRefused],
    ['an unknown path is a no', (there) => there.lookUp('../x/y'), GatewayRefused],
    ['an amount of nothing is a no', (there) => there.authorise(order(0)), GatewayRefused],
    [
      'a page to return to that is none is a no',
      (there) => there.authorise({ ...order(), returnUrl: 'javascript:alert(1)' }),
      GatewayRefused,
    ],
  ])('%s', async (_, call, fault) => {
    await expect(call(gateway)).rejects.toBeInstanceOf(fault);
  });

  it('shows a page without a script, and escapes what the shop wrote', async () => {
    const { checkoutUrl } = await gateway.authorise(order(9600, '<img src=x onerror=alert(1)> & more'));
    const page = await fetch(checkoutUrl!);
    const text = await page.text();
    expect(text).toContain('&#60;img src=x onerror=alert(1)&#62; &#38; more');
    expect(text).not.toMatch(/<script|<img/);
    expect(text).toContain('€96.00');
    expect(page.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' https:\/\/shop\.example/,
    );
    expect((await fetch(`${url}/sandbox/pay/nothing`)).status).toBe(404);
  });

  it.each([
    ['win', '', /One of|one of/],
    ['late', 'soon', /whole number/],
  ])('refuses the outcome %s %s, and stays open', async (outcome, seconds, says) => {
    const { checkoutUrl, reference } = await gateway.authorise(order());
    const answer = await press(checkoutUrl, outcome, seconds);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toMatch(says);
    expect((await gateway.lookUp(reference)).outcome.is).toBe('open');
  });
});
