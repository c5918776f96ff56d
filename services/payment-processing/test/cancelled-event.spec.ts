import { describe, expect, it } from '@jest/globals';
import {
  eventCancelled,
  orderCancelled,
  paymentCaptured,
  paymentRefunded,
} from '@boxoffice/shared/contracts';
import { instantly, simulatedWorld, type SimulatedWorld } from '@boxoffice/shared/platform/simulated';
import {
  admin,
  asCaptured,
  event,
  eventId,
  free,
  issue,
  openShop,
  organizer,
  refuse,
  type Shop,
} from './shop';
import type { Stand } from './stand';

const cancellation = (id: string, shop: Shop) =>
  eventCancelled.announce(id, eventId, shop.now(), {
    eventId,
    version: event.version + 1,
    organizerId: organizer,
    title: event.title,
    cancelledAt: shop.now(),
  });

interface Progress {
  readonly orders: number;
  readonly refunded: number;
  readonly underWay: number;
  readonly failed: number;
  readonly amount: readonly { readonly amountMinor: number }[];
  readonly jobs: readonly { readonly reason: string; readonly doneAt?: string }[];
}

const progressOf = async (shop: Shop): Promise<Progress> =>
  (await shop.call('GET', `/events/${eventId}/refunds`, undefined, organizer)).body as unknown as Progress;

const differencesOf = async (shop: Shop): Promise<unknown> => {
  const { status, body } = await shop.call('GET', '/reconciliation', undefined, admin);
  return status === 200 ? body['differences'] : status;
};

const capturedOf = async (shop: Shop, orderId: string) =>
  asCaptured((await shop.spoken(paymentCaptured)).findLast(({ subject }) => subject === orderId)!);

/** Opens a payment now. What is answered has the bank take the money after all, whatever was said before, and ticket-inventory issue tickets. */
async function paidAfterAll(shop: Shop, suffix: string): Promise<() => Promise<void>> {
  const orderId = await shop.order(suffix);
  const { reference } = await shop.payment(orderId);
  return async () => {
    await shop.webhook(`paid-${suffix}`, { payment: shop.gateway.decide(reference, 'captured') });
    await shop.hear(issue(`issue-${suffix}`, await capturedOf(shop, orderId), shop.now()));
  };
}

/** What each captured payment has given back at the gateway. */
const backAt = ({ gateway }: Shop): readonly (readonly [captured: number, back: number, times: number])[] =>
  [...gateway.payments.values()]
    .filter(({ outcome }) => outcome.is === 'captured')
    .map(({ reference, amount }) => {
      const back = [...gateway.refunds.values()].filter(({ payment }) => payment === reference);
      return [amount.amountMinor, back.reduce((sum, one) => sum + one.amount.amountMinor, 0), back.length];
    });

/** A process of its own over the same stores: it dies at a call now and then, and nothing of its memory is left. */
const processOf = (world: SimulatedWorld): Stand & { readonly died: Promise<'died'> } => {
  const platform = world.process('payment-processing');
  return {
    platform,
    died: new Promise((resolve) => platform.process.whenKilled(() => resolve('died'))),
    pass: (milliseconds) => world.schedule.pass(milliseconds),
    close: () => undefined,
  };
};

describe('an event that is cancelled', () => {
  it('gives every order its money back once, whenever the process dies, and says how far it has come', async () => {
    const world = simulatedWorld({ seed: 'cancelled', faults: instantly });
    world.schedule.runFreely();
    const first = await openShop({ stand: processOf(world) });
    const { gateway } = first;
    for (let i = 0; i < 120; i++) await first.fulfilled(`f${i}`);
    const partly = await first.fulfilled('partly');
    const some = { reason: 'goodwill', amountMinor: 600 };
    await first.call('POST', `/payments/${partly.paymentId}/refund`, some, organizer);
    await first.sweep();
    const unpaid = await first.order('unpaid');
    const opened = await first.payment(await first.order('opened'));
    const paid = await first.paid('paid');
    const free1 = await first.call('POST', '/orders', { holdToken: first.token('free', { [free]: 1 }) });
    await first.hear(issue('free', await capturedOf(first, String(free1.body['orderId'])), first.now()));

    await first.hear(cancellation('cancelled', first));
    await first.hear(cancellation('cancelled', first));
    let deaths = 0;
    const seen: number[] = [];
    for (let more = true; more;) {
      const stand = processOf(world);
      const shop = await openShop({ stand, gateway, announced: false });
      world.change({ ...instantly, crash: 0.01 });
      const end = await Promise.race([shop.sweep(), stand.died]);
      world.change(instantly);
      if (end === 'died') deaths++;
      const calm = await openShop({ stand: processOf(world), gateway, announced: false });
      const { refunded } = await progressOf(calm);
      seen.push(refunded);
      more = refunded < 121;
      await world.schedule.pass(60_000);
    }
    expect(deaths).toBeGreaterThan(3);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(new Set(seen).size).toBeGreaterThan(3);

    const shop = await openShop({ stand: processOf(world), gateway, announced: false });
    expect(await progressOf(shop)).toMatchObject({ orders: 122, refunded: 121, underWay: 0, failed: 0 });
    // The one that waits for ticket-inventory hears that there is nothing to be had; until then the job is not done.
    expect((await progressOf(shop)).jobs).toMatchObject([{ reason: 'event-cancelled' }]);
    expect((await progressOf(shop)).jobs[0]).not.toHaveProperty('doneAt');
    await shop.hear(refuse('paid', await capturedOf(first, paid.orderId), shop.now()));
    for (let round = 0; round < 6; round++) {
      await world.schedule.pass(60_000);
      await shop.sweep();
    }
    expect(await progressOf(shop)).toMatchObject({
      orders: 122,
      refunded: 122,
      amount: [{ amountMinor: 122 * 9600 }],
      jobs: [{ doneAt: expect.any(String) as unknown }],
    });
    expect(await shop.state(unpaid)).toBe('expired');
    expect(gateway.payments.get(opened.reference)?.outcome.is).toBe('cancelled');
    for (const [captured, back, times] of backAt(shop))
      expect([captured, back, times]).toEqual([9600, 9600, back === captured && times === 2 ? 2 : 1]);
    expect(backAt(shop).filter(([, , times]) => times === 2)).toHaveLength(1);
    expect(await differencesOf(shop)).toEqual([]);
    const ledger = await shop.ledger();
    expect([ledger['all'], ledger['gateway:counter'], ledger['buyers:refunds']]).toEqual([0, 0, 0]);
    world.close();
  }, 60_000);

  it('gives money back that comes, or buys tickets, only after all others were done', async () => {
    const shop = await openShop();
    const late = await shop.payment(await shop.order('late', 10));
    await shop.hear(cancellation('cancelled', shop));
    // The bank decides after the gateway was asked to take it back.
    shop.gateway.before = async (call) => {
      if (call === 'cancel') shop.gateway.decide(late.reference, 'captured');
    };
    for (let round = 0; round < 4; round++) {
      await shop.sweep();
      await shop.pass(1);
    }
    expect((await progressOf(shop)).jobs[0]).not.toHaveProperty('doneAt');
    const [fact] = await shop.spoken(paymentCaptured);
    // ticket-inventory has not heard of the cancellation, and issues what was paid for.
    await shop.hear(issue('late', asCaptured(fact!), shop.now()));
    await shop.sweep();
    await shop.pass(1);
    await shop.sweep();
    expect(await progressOf(shop)).toMatchObject({ orders: 1, refunded: 1, underWay: 0 });
    const [said] = (await shop.spoken(paymentRefunded)).map((one) => paymentRefunded.read(one));
    expect(said).toMatchObject({
      reason: 'event-cancelled',
      ticketIds: [expect.any(String), expect.any(String)],
    });
    await shop.close();
  });

  it('tells the buyer of what was free, whom no refund would tell', async () => {
    const shop = await openShop();
    const { body } = await shop.call('POST', '/orders', { holdToken: shop.token('free', { [free]: 1 }) });
    await shop.hear(issue('free', await capturedOf(shop, String(body['orderId'])), shop.now()));
    for (const id of ['cancelled', 'cancelled-again']) await shop.hear(cancellation(id, shop));
    await shop.sweep();
    const told = (await shop.spoken(orderCancelled)).map((one) => orderCancelled.read(one));
    expect(told).toMatchObject([
      {
        orderId: body['orderId'],
        buyer: { email: 'ada@example.org' },
        reason: 'event-cancelled',
        ticketIds: [expect.any(String)],
      },
    ]);
    expect(told[0]).not.toHaveProperty('returnedToGiftCards');
    await shop.close();
  });

  it('looks at its orders again when one has come to tickets after the job was done', async () => {
    const shop = await openShop();
    const pay = await paidAfterAll(shop, 'afterwards');
    await shop.hear(cancellation('cancelled', shop));
    for (let round = 0; round < 3; round++) {
      await shop.sweep();
      await shop.pass(5);
    }
    expect((await progressOf(shop)).jobs).toMatchObject([{ doneAt: expect.any(String) as unknown }]);
    await pay();
    await shop.sweep();
    expect(await progressOf(shop)).toMatchObject({ orders: 1, refunded: 1 });
    await shop.close();
  });

  it('leaves what the gateway refuses to a person, and asks for it under no other name', async () => {
    const shop = await openShop();
    await shop.fulfilled('refused');
    const pay = await paidAfterAll(shop, 'another');
    shop.gateway.refundsFail = true;
    await shop.hear(cancellation('cancelled', shop));
    for (let round = 0; round < 3; round++) {
      await shop.sweep();
      await shop.pass(5);
    }
    expect(await progressOf(shop)).toMatchObject({ refunded: 0, failed: 1 });
    expect(shop.gateway.refunds.size).toBe(1);
    shop.gateway.refundsFail = false;
    await pay();
    await shop.sweep();
    // Gone through once more for the other's sake, and done with.
    expect(await progressOf(shop)).toMatchObject({
      ...{ orders: 2, refunded: 1, failed: 1 },
      jobs: [{ doneAt: expect.any(String) as unknown }],
    });
    expect(shop.gateway.refunds.size).toBe(2);
    await shop.close();
  });
});

describe('an event that is postponed', () => {
  it('is refunded when its organiser says so, once, and its unpaid orders stay', async () => {
    const shop = await openShop();
    await shop.fulfilled('moved');
    const unpaid = await shop.order('unpaid');
    const ask = (reason: string, as = organizer) =>
      shop.call('POST', `/events/${eventId}/refunds`, { reason }, as);
    expect((await ask('event-postponed', 'ada')).body['code']).toBe('event-not-found');
    expect((await ask('event-cancelled')).status).toBe(400);
    for (let time = 0; time < 2; time++) expect((await ask('event-postponed')).status).toBe(202);
    await shop.sweep();
    await shop.sweep();
    expect(await progressOf(shop)).toMatchObject({
      orders: 1,
      refunded: 1,
      jobs: [{ reason: 'event-postponed', doneAt: expect.any(String) as unknown }],
    });
    expect(await shop.state(unpaid)).toBe('placed');
    expect(shop.gateway.refunds.size).toBe(1);
    await shop.close();
  });

  it('takes no order with a hold from before, and quotes none', async () => {
    const shop = await openShop();
    const holdToken = shop.token('early', { [free]: 1 });
    expect((await shop.call('POST', '/quotes', { holdToken })).status).toBe(200);
    await shop.hear(cancellation('too-late', shop));
    for (const path of ['/quotes', '/orders'])
      expect(await shop.call('POST', path, { holdToken })).toMatchObject({
        status: 409,
        body: { code: 'event-cancelled' },
      });
    await shop.close();
  });
});
