import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { policy } from '@boxoffice/shared/resilience';
import { GatewayRefused, GatewayResting, GatewaySilent } from '../src/core/gateway';
import { StripeGateway } from '../src/infrastructure/gateways/stripe';
import { stripePolicy } from '../src/infrastructure/gateways/stripe-settings';
import { CounterGateway } from './counter';
import { quiet } from './gateways/quiet';
import { StripeDouble } from './gateways/stripe-double';
import { openShop, type Shop } from './shop';

let shop: Shop;
let first: CounterGateway;
let second: CounterGateway;
let orders = 0;
beforeAll(async () => {
  shop = await openShop({
    gateways: async (now) => {
      first = new CounterGateway(now, 'first');
      second = new CounterGateway(now, 'second');
      return [first, second];
    },
    settings: { preferences: [{ currency: 'EUR', gateways: ['first', 'second'] }] },
  });
});
afterAll(() => shop.close());
beforeEach(() => {
  for (const gateway of [first, second]) {
    gateway.before = async () => undefined;
    gateway.opensNothing = false;
    gateway.calls.length = 0;
  }
});

const order = () => shop.order(`fall-back-${++orders}`);
const pay = (orderId: string, more: object = {}, key?: string) =>
  shop.call('POST', '/payments', { orderId, ...more }, 'ada', key);
const resting = async () => {
  throw new GatewayResting('left alone for a while');
};
const stateOf = async (paymentId: unknown) =>
  (await shop.call('GET', `/payments/${String(paymentId)}`)).body['state'];
const paymentsOf = async (orderId: string) =>
  shop.database.query
    .selectFrom('payments')
    .selectAll()
    .where('orderId', '=', orderId)
    .orderBy('paymentId')
    .execute();

describe('a payment for which no gateway was named', () => {
  it('is opened at the first of its row', async () => {
    const { status, body } = await pay(await order());
    expect([status, body['gateway'], body['state']]).toEqual([201, 'first', 'processing']);
    expect(second.calls).toEqual([]);
  });

  it('is opened at the next where the first refuses, and paid there', async () => {
    const orderId = await order();
    first.opensNothing = true;
    const { status, body } = await pay(orderId);
    expect([status, body['gateway'], body['state']]).toEqual([201, 'second', 'processing']);
    const [refused, opened] = await paymentsOf(orderId);
    expect(refused).toMatchObject({ gateway: 'first', state: 'declined', replacedBy: opened!.paymentId });
    expect(opened).toMatchObject({ gateway: 'second', state: 'processing', paymentId: body['paymentId'] });
    second.decide(opened!.reference!, 'captured');
    await shop.call('POST', `/payments/${opened!.paymentId}/confirm`);
    expect(await shop.state(orderId)).toBe('paid');
  });

  it('is opened at the next where the first is left alone for a while, unasked', async () => {
    first.before = resting;
    const { body } = await pay(await order());
    expect([body['gateway'], body['state']]).toEqual(['second', 'processing']);
    expect(first.payments.size).toBe(1); // of the first test
  });

  it.each(['done', 'not-done'] as const)(
    'stays at the first where that is silent (%s), however long: it may be paid there',
    async (fate) => {
      const orderId = await order();
      first.silences.push({ call: 'create', fate });
      const { status, body } = await pay(orderId, {}, `silent-${fate}`);
      expect([status, body['gateway'], body['state']]).toEqual([202, 'first', 'unknown']);
      // Even once it is known to rest, or refuses what it may have let through before.
      first.before = resting;
      expect((await pay(orderId, {}, `silent-${fate}`)).body).toMatchObject({
        gateway: 'first',
        state: 'unknown',
      });
      expect(second.calls).toEqual([]);
      first.before = async () => undefined;
      const again = await pay(orderId, {}, `silent-${fate}`);
      expect(again.body).toMatchObject({
        gateway: 'first',
        state: 'processing',
        paymentId: body['paymentId'],
      });
      expect(await paymentsOf(orderId)).toHaveLength(1);
    },
  );

  it('is refused where all refuse', async () => {
    const orderId = await order();
    first.opensNothing = true;
    second.opensNothing = true;
    const { status, body } = await pay(orderId);
    expect([status, body['gateway'], body['state']]).toEqual([201, 'second', 'declined']);
    // The order is free to be paid anew.
    second.opensNothing = false;
    expect((await pay(orderId)).body).toMatchObject({ gateway: 'second', state: 'processing' });
  });

  it('is unknown where all rest, and opened by the sweeper where it was asked for last', async () => {
    const orderId = await order();
    first.before = resting;
    second.before = resting;
    const { status, body } = await pay(orderId);
    expect([status, body['gateway'], body['state']]).toEqual([202, 'second', 'unknown']);
    second.before = async () => undefined;
    await shop.pass(1);
    await shop.sweep();
    expect(await stateOf(body['paymentId'])).toBe('processing');
  });

  it('is answered the same when the request is repeated after it fell back', async () => {
    const orderId = await order();
    first.opensNothing = true;
    const one = await pay(orderId, {}, 'repeated');
    first.opensNothing = false;
    const two = await pay(orderId, {}, 'repeated');
    expect(two.body).toEqual(one.body);
    expect(first.calls).toEqual(['create']);
  });

  it('is not opened at two while the same request runs twice', async () => {
    const orderId = await order();
    const held = [gate(), gate()] as const;
    let asked = 0;
    first.before = async () => {
      const at = asked++;
      await held[at === 0 ? 0 : 1].opened;
      if (at === 0) throw new GatewayResting('as much is under way as may be');
    };
    const one = pay(orderId, {}, 'twice-at-once');
    await until(() => asked === 1);
    const two = pay(orderId, {}, 'twice-at-once');
    await until(() => asked === 2);
    // The first one is turned away unasked while the second one is on its way to the same gateway.
    held[0].open();
    expect((await one).body).toMatchObject({ gateway: 'first', state: 'unknown' });
    held[1].open();
    expect((await two).body).toMatchObject({ gateway: 'first', state: 'processing' });
    expect(second.calls).toEqual([]);
    expect(await paymentsOf(orderId)).toHaveLength(1);
  });
});

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

async function until(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('a payment for which a gateway was named', () => {
  it('is opened there or nowhere', async () => {
    first.opensNothing = true;
    expect((await pay(await order(), { gateway: 'first' })).body).toMatchObject({
      gateway: 'first',
      state: 'declined',
    });
    expect(second.calls).toEqual([]);
  });

  it('may be at one that the table does not prefer, and not at one that can’t take it', async () => {
    expect((await pay(await order(), { gateway: 'counter' })).body['gateway']).toBe('counter');
    second.abilities = { ...second.abilities, currencies: ['USD'] };
    const { status, body } = await pay(await order(), { gateway: 'second' });
    second.abilities = { methods: ['card'], capturesLater: true };
    expect([status, body['code'], body['gateways']]).toEqual([422, 'gateway-not-available', ['first']]);
  });
});

describe('the ways to pay an order', () => {
  it('are those that a payment would be opened at, with their methods', async () => {
    const orderId = await order();
    first.abilities = { ...first.abilities, methods: ['card', 'ideal', 'pix'] };
    const { body } = await shop.call('GET', `/orders/${orderId}/ways-to-pay`);
    first.abilities = { methods: ['card'], capturesLater: true };
    expect(body['items']).toEqual([
      { gateway: 'first', methods: ['card', 'ideal'] },
      { gateway: 'second', methods: ['card'] },
    ]);
  });

  it('are nobody else’s to see', async () => {
    const answer = await shop.call('GET', `/orders/${await order()}/ways-to-pay`, undefined, 'eve');
    expect(answer).toMatchObject({ status: 404, body: { code: 'order-not-found' } });
  });
});

describe('a gateway that fails again and again', () => {
  it('is left alone by its circuit breaker, and payments go to the next one', async () => {
    let double!: StripeDouble;
    const own = await openShop({
      gateways: async (now) => {
        double = await StripeDouble.open(now);
        const settings = { secretKey: 'sk_test_double', webhookSecret: 'whsec', url: double.loopback.url };
        const breaker = { ...stripePolicy, retries: 0, breaker: { failures: 3, restMilliseconds: 60_000 } };
        return [new StripeGateway(settings, policy(breaker, quiet))];
      },
      settings: { preferences: [{ gateways: ['stripe', 'counter'] }] },
    });
    const answers: unknown[] = [];
    for (let i = 0; i < 5; i++) {
      double.silence('change', { how: 503, done: false });
      const orderId = await own.order(`broken-${i}`);
      const { body } = await own.call('POST', '/payments', { orderId });
      answers.push([body['gateway'], body['state']]);
    }
    await double.close();
    await own.close();
    expect(answers).toEqual([
      ['stripe', 'unknown'],
      ['stripe', 'unknown'],
      ['stripe', 'unknown'],
      ['counter', 'processing'],
      ['counter', 'processing'],
    ]);
  });
});

describe('what is told apart', () => {
  it('is silence from a plain no: only the latter lets another be asked', () => {
    expect(new GatewayResting('x')).toBeInstanceOf(GatewaySilent);
    expect(new GatewayRefused('x')).not.toBeInstanceOf(GatewaySilent);
  });
});
