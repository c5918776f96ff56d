import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Platform } from '@boxoffice/shared/platform';
import { RecordingTelemetry } from '../../../shared/test/doubles/recording-telemetry';
import { organizer, openShop, type Shop } from './shop';
import { simulatedStand } from './stand';

let telemetry: RecordingTelemetry;
let shop: Shop;
/** How many commits are still to be lost to somebody faster, when all their work is done. */
let overtaken: number;

beforeEach(async () => {
  telemetry = new RecordingTelemetry();
  overtaken = 0;
  const stand = simulatedStand(expect.getState().currentTestName ?? '');
  const database: Platform['database'] = (service) => {
    const real = stand.platform.database<never>(service);
    const transaction: typeof real.transaction = (work) =>
      real.transaction(async (tx) => {
        const result = await work(tx);
        if (overtaken > 0 && overtaken-- > 0) throw new StaleVersion('the test was faster');
        return result;
      });
    return { query: real.query, transaction } as never;
  };
  shop = await openShop({ stand: { ...stand, platform: { ...stand.platform, telemetry, database } } });
});
afterEach(() => shop.close());

const moved = (): Record<string, number> =>
  Object.fromEntries(Object.entries(telemetry.counts).filter(([name]) => name.includes('.moved')));

describe('what is counted', () => {
  it('is each move of an order, of its payment and of its refund', async () => {
    const { paymentId } = await shop.fulfilled('one');
    await shop.call('POST', `/payments/${paymentId}/refund`, { reason: 'goodwill' }, organizer);
    await shop.sweep();
    expect(moved()).toEqual({
      'orders.moved state=placed': 1,
      'orders.moved state=paid': 1,
      'orders.moved state=fulfilled': 1,
      'orders.moved state=refunded': 1,
      'payments.moved gateway=counter state=created': 1,
      'payments.moved gateway=counter state=processing': 1,
      'payments.moved gateway=counter state=captured': 1,
      'refunds.moved gateway=counter state=submitted': 1,
      'refunds.moved gateway=counter state=succeeded': 1,
    });
  });

  it('is what was committed: once, however often it was tried or told', async () => {
    const orderId = await shop.order('one');
    const { reference } = await shop.payment(orderId);
    const captured = { payment: shop.gateway.decide(reference, 'captured') };
    overtaken = 3;
    for (const id of ['a', 'a', 'b']) expect(await shop.webhook(id, captured)).toBeLessThan(300);
    expect(overtaken).toBe(0);
    expect(moved()).toMatchObject({
      'orders.moved state=paid': 1,
      'payments.moved gateway=counter state=captured': 1,
    });
  });

  it('is a payment that the bank declines, and an order that nobody pays', async () => {
    const { reference } = await shop.payment(await shop.order('one'));
    await shop.webhook('declined', { payment: shop.gateway.decide(reference, 'declined') });
    await shop.pass(17);
    await shop.sweep();
    expect(moved()).toMatchObject({
      'payments.moved gateway=counter state=declined': 1,
      'orders.moved state=expired': 1,
    });
  });
});

describe('how long somebody has paid and has no tickets', () => {
  const measured = async () => {
    await shop.service.timers.find(({ name }) => name === 'measure-what-waits')!.run();
    return telemetry.measures['orders.unfulfilled.age'];
  };

  it('is told with each look, also when everybody has them', async () => {
    expect(await measured()).toBe(0);
    await shop.order('never paid');
    expect(await measured()).toBe(0);
    await shop.paid('first');
    await shop.pass(10);
    await shop.paid('second');
    expect(await measured()).toBeCloseTo(600, 0);
  });

  it('is nothing once they are issued', async () => {
    await shop.fulfilled('one');
    await shop.pass(10);
    expect(await measured()).toBe(0);
  });
});
