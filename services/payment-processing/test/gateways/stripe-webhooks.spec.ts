import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instant, toMilliseconds } from '@boxoffice/shared/kernel';
import type { WebhookVerdict } from '../../src/core/gateway';
import { StripeGateway } from '../../src/infrastructure/gateways/stripe';
import { openShop, type Shop } from '../shop';
import { oneAttempt } from './contract';
import { signed, StripeDouble, webhookSecret } from './stripe-double';

const now = instant('2027-01-05T10:00:00Z');
const nowSeconds = toMilliseconds(now) / 1000;

/** Mulberry32: the same hundred thousand each time. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface Notice {
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** A capture that Stripe tells of; each its own. */
function payload(i: number, amount: number): string {
  const paymentId = `01jv0h5c9n3yq8t6w2b${String(i).padStart(7, '0')}`;
  const session = {
    id: `cs_test_a1${i}`,
    object: 'checkout.session',
    metadata: { paymentId },
    status: 'complete',
    payment_status: 'paid',
    amount_total: amount,
    currency: 'eur',
    payment_intent: `pi_${i}`,
  };
  const event = { id: `evt_1${i}`, object: 'event', type: 'checkout.session.completed', created: nowSeconds };
  return JSON.stringify({ ...event, data: { object: session } });
}

const replaced = (text: string, at: number, by: string): string =>
  text.slice(0, at) + by + text.slice(at + 1);

/** What is done to a notice, and how it is answered. */
const fates: Readonly<
  Record<
    string,
    { readonly told: string; readonly make: (body: string, roll: (below: number) => number) => Notice }
  >
> = {
  genuine: {
    told: 'heard',
    make: (body, roll) => ({ body, headers: signed(body, nowSeconds + roll(601) - 300) }),
  },
  'with another byte in its body': {
    told: 'forged',
    make: (body, roll) => {
      const at = roll(body.length);
      const other = String.fromCharCode(32 + ((body.charCodeAt(at) - 32 + 1 + roll(94)) % 95));
      return { body: replaced(body, at, other), headers: signed(body, nowSeconds) };
    },
  },
  'with another digit in its signature': {
    told: 'forged',
    make: (body, roll) => {
      const right = signed(body, nowSeconds)['stripe-signature']!;
      const at = right.length - 1 - roll(64);
      const other = ((parseInt(right[at]!, 16) + 1 + roll(15)) % 16).toString(16);
      return { body, headers: { 'stripe-signature': replaced(right, at, other) } };
    },
  },
  'with another time in its header': {
    told: 'forged',
    make: (body, roll) => {
      const right = signed(body, nowSeconds - 400 - roll(1000))['stripe-signature']!;
      return { body, headers: { 'stripe-signature': right.replace(/t=\d+/, `t=${nowSeconds}`) } };
    },
  },
  old: {
    told: 'too-old',
    make: (body, roll) => ({ body, headers: signed(body, nowSeconds - 301 - roll(10_000_000)) }),
  },
  'from the future': {
    told: 'from-the-future',
    make: (body, roll) => ({ body, headers: signed(body, nowSeconds + 301 + roll(10_000_000)) }),
  },
  'signed with another secret': {
    told: 'forged',
    make: (body, roll) => ({ body, headers: signed(body, nowSeconds, `whsec_${roll(1_000_000)}`) }),
  },
  'signed for another notice': {
    told: 'forged',
    make: (body, roll) => ({ body, headers: signed(payload(-1 - roll(1000), 1), nowSeconds) }),
  },
  unsigned: { told: 'unsigned', make: (body) => ({ body, headers: {} }) },
};

describe('a hundred thousand notices, signed by Stripe’s own package,', () => {
  it('are heard where they are genuine and of about now, and no other is', async () => {
    const gateway = new StripeGateway({ secretKey: 'sk_test', webhookSecret }, oneAttempt());
    const roll = dice(20_270_105);
    const names = Object.keys(fates);
    const seen: Record<string, Record<string, number>> = {};
    for (let i = 0; i < 100_000; i++) {
      // Every second one is genuine: a gateway that refuses all would not do.
      const name = roll(2) === 0 ? 'genuine' : names[1 + roll(names.length - 1)]!;
      const amount = 1 + roll(1_000_000);
      const { body, headers } = fates[name]!.make(payload(i, amount), roll);
      const verdict = await gateway.verifyWebhook(Buffer.from(body), headers, now);
      const told = toldBy(verdict, i, amount);
      const tally = (seen[name] ??= {});
      tally[told] = (tally[told] ?? 0) + 1;
    }
    expect(Object.fromEntries(names.map((name) => [name, Object.keys(seen[name] ?? {})]))).toEqual(
      Object.fromEntries(names.map((name) => [name, [fates[name]!.told]])),
    );
    const counts = Object.values(seen).flatMap((tally) => Object.values(tally));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100_000);
    expect(Math.min(...counts)).toBeGreaterThan(5000);
  }, 120_000);

  it('would be told apart from one that is genuine and says something else', () => {
    const heard = (capturedAt: string): WebhookVerdict => ({
      genuine: true,
      notice: {
        id: 'evt_17',
        payment: {
          paymentId: '01jv0h5c9n3yq8t6w2b0000007',
          reference: 'cs_test_a17',
          outcome: {
            is: 'captured',
            amount: { amountMinor: 5, currency: 'EUR' },
            capturedAt: instant(capturedAt),
          },
        },
      },
    });
    expect(toldBy(heard(now), 7, 5)).toBe('heard');
    expect(toldBy(heard(now), 7, 6)).toBe('something else');
    expect(toldBy(heard(now), 8, 5)).toBe('something else');
  });
});

/** `heard`: it says exactly what was sent. */
function toldBy(verdict: WebhookVerdict, i: number, amount: number): string {
  if (!verdict.genuine) return verdict.fault;
  const { notice } = verdict;
  if (!('payment' in notice)) return 'nothing of ours';
  const { paymentId, outcome } = notice.payment;
  const isSame =
    notice.id === `evt_1${i}` &&
    paymentId.endsWith(String(i).padStart(7, '0')) &&
    outcome.is === 'captured' &&
    outcome.amount.amountMinor === amount;
  return isSame ? 'heard' : 'something else';
}

describe('a notice that is sent again', () => {
  let shop: Shop;
  let double: StripeDouble;
  beforeAll(async () => {
    shop = await openShop({
      gateways: async (clock) => {
        double = await StripeDouble.open(clock);
        return [double.gateway];
      },
    });
  });
  afterAll(async () => {
    await double.close();
    await shop.close();
  });

  it('is answered as before and changes nothing, a hundred times each, and not after five minutes', async () => {
    const bodies: { rawBody: Uint8Array; headers: Record<string, string> }[] = [];
    for (let i = 0; i < 10; i++) {
      const orderId = await shop.order(`replayed-${i}`);
      const { body } = await shop.call('POST', '/payments', { orderId, gateway: 'stripe' });
      const reference = referenceIn(body);
      await double.pay(reference);
      bodies.push(double.notice(reference));
    }
    for (const { rawBody, headers } of bodies)
      expect(await shop.notice('stripe', rawBody, headers)).toBe(204);
    const before = await books();
    expect(before.captures).toBe(10);
    for (let time = 0; time < 100; time++) {
      await shop.pass(0.02);
      for (const { rawBody, headers } of bodies) {
        // As it was, and signed anew as Stripe does when it sends one again.
        const again = time % 2 === 0 ? headers : signed(Buffer.from(rawBody).toString(), seconds());
        expect(await shop.notice('stripe', rawBody, again)).toBe(204);
      }
    }
    expect(await books()).toEqual(before);
    await shop.pass(4);
    for (const { rawBody, headers } of bodies)
      expect(await shop.notice('stripe', rawBody, headers)).toBe(400);
    expect(await books()).toEqual(before);
  }, 60_000);

  it('is not heard a second time though it says something else', async () => {
    const orderId = await shop.order('said-anew');
    const { body } = await shop.call('POST', '/payments', { orderId, gateway: 'stripe' });
    const reference = referenceIn(body);
    const first = double.notice(reference);
    expect(await shop.notice('stripe', first.rawBody, first.headers)).toBe(204);
    await double.pay(reference);
    const { id } = JSON.parse(Buffer.from(first.rawBody).toString()) as { id: string };
    const second = Buffer.from(double.notice(reference).rawBody)
      .toString()
      .replace(/evt_\w+/, id);
    expect(await shop.notice('stripe', Buffer.from(second), signed(second, seconds()))).toBe(204);
    expect(await shop.state(orderId)).toBe('placed');
  });

  const referenceIn = (body: Record<string, unknown>) => String(body['checkoutUrl']).split('/').at(-1)!;
  const seconds = () => Math.floor(toMilliseconds(shop.now()) / 1000);
  async function books() {
    const { query } = shop.database;
    const ledger = await query.selectFrom('ledger').selectAll().orderBy('transactionId').execute();
    const payments = await query.selectFrom('payments').selectAll().orderBy('paymentId').execute();
    const orders = await query.selectFrom('orders').selectAll().orderBy('orderId').execute();
    const captures = ledger.filter(
      ({ transactionId, entry }) => transactionId.startsWith('capture~') && entry === 0,
    );
    return { ledger, payments, orders, captures: captures.length };
  }
});
