import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openHouse, type House } from './house/house';
import { ledgerOf, mailsAbout } from './house/order-books';
import type { Notice } from './house/gateway';
import {
  atTheGateway,
  firstCategory,
  hold,
  orderIn,
  pay,
  placeOrder,
  putOnSale,
  until,
  type OnSale,
  type Order,
  type Payment,
} from './purchase';
import type { Visitor } from './visitor';

const total = 2 * 4800 + 1200;
const sold = { balances: { gateway: total, organizer: -total }, transactions: 1 };

describe('a purchase that does not go as it should, on a clock that can be moved', () => {
  let house: House;
  let olivia: Visitor;
  let ben: Visitor;
  let eve: Visitor;
  let categoryId: string;

  beforeAll(async () => {
    house = await openHouse();
    olivia = await house.visitor({ name: 'Olivia', roles: ['organizer'] });
    ben = await house.visitor({ name: 'Ben', roles: [] });
    eve = await house.visitor({ name: 'Eve', roles: [] });
    categoryId = await firstCategory(ben, await house.visitor({ name: 'Ada', roles: ['admin'] }));
  }, 30_000);
  afterAll(() => house.close());

  const onSale = (...capacities: readonly [number, number]): Promise<OnSale> =>
    putOnSale(olivia, categoryId, capacities);
  const sweep = (): Promise<void> => house.runTimers('look-after-what-waits');
  /** The hold's quarter of an hour is over. */
  const lapse = (): void => house.clock.move({ minutes: 15, seconds: 1 });
  /** All that is under way has come to its end, and whoever looks after what waits has found nothing more to do. */
  const settled = async (): Promise<void> => {
    await house.quiet();
    await house.runTimers();
    await house.quiet();
  };
  const stock = async ({ eventId }: OnSale): Promise<readonly (readonly number[])[]> => {
    // What was answered a second ago is good enough for buyers, but not here.
    house.clock.move({ seconds: 2 });
    const { ticketTypes } = await ben.get<{
      ticketTypes: { held: number; sold: number; available: number }[];
    }>(`/events/${eventId}/availability`);
    return ticketTypes.map((type) => [type.held, type.sold, type.available]);
  };
  const ticketsOf = async (buyer: Visitor, { eventId }: OnSale): Promise<number> => {
    const { items } = await buyer.get<{ items: { ticketId: string }[] }>('/tickets?limit=100');
    return items.filter(({ ticketId }) => ticketId.startsWith(eventId)).length;
  };
  const seen = (buyer: Visitor, { orderId }: Order): Promise<Order> => buyer.get<Order>(`/orders/${orderId}`);
  const refusedToPay = async (order: Order): Promise<readonly unknown[]> => {
    const { status, body } = await ben.send('POST', '/payments', {
      orderId: order.orderId,
      gateway: 'sandbox',
    });
    return [status, body['code']];
  };
  const tell = async (notice: Notice): Promise<number> => {
    const url = `${house.origin}/api/v1/payments/webhook/sandbox`;
    return (await fetch(url, { method: 'POST', ...notice })).status;
  };
  /** Paid, but the bank takes longer than the hold lasts. */
  const payLate = async (order: Order): Promise<Payment> => {
    const payment = await pay(ben, order);
    await atTheGateway(payment, 'late', 17 * 60);
    return payment;
  };
  const bankDecides = async (payment: Payment): Promise<void> => {
    house.clock.move({ minutes: 3 });
    await house.gateway.wake(payment);
  };

  describe('a hold that nobody pays for', () => {
    it('lapses: the stock is there for others, the order expires, and paying it is refused', async () => {
      const concert = await onSale(5, 5);
      const held = await hold(ben, concert);
      const order = await placeOrder(ben, held);
      expect(await stock(concert)).toEqual([
        [2, 0, 3],
        [1, 0, 4],
      ]);
      lapse();
      expect(await refusedToPay(order)).toEqual([409, 'order-expired']);
      expect(await stock(concert)).toEqual([
        [0, 0, 5],
        [0, 0, 5],
      ]);
      expect(await ben.get(`/holds/${held.holdId}`)).toMatchObject({ status: 'expired' });
      const again = await ben.send('POST', '/orders', { holdToken: held.token });
      expect([again.status, again.body['code']]).toEqual([409, 'hold-expired']);

      house.clock.move({ minutes: 1 });
      await sweep();
      expect(await seen(ben, order)).toMatchObject({ state: 'expired', tickets: [] });
      expect(await refusedToPay(order)).toEqual([409, 'order-expired']);
      await settled();
      expect([await ledgerOf(house, order.orderId), mailsAbout(house, order.orderId)]).toEqual([
        { transactions: 0, balances: {} },
        [],
      ]);
    });

    it('is given back though nobody asks for it', async () => {
      const concert = await onSale(5, 5);
      await hold(ben, concert);
      await house.quiet();
      const kept = (): string | undefined =>
        house.stores.fingerprint()['ticket-inventory.documents.db/container_inventory'];
      const whileHeld = kept();
      house.clock.move({ minutes: 17 });
      await house.runTimers('expire-holds');
      const givenBack = kept();
      expect(givenBack).not.toBe(whileHeld);
      expect(await stock(concert)).toEqual([
        [0, 0, 5],
        [0, 0, 5],
      ]);
      // Whoever looked found nothing left to do.
      expect(kept()).toBe(givenBack);
    });
  });

  describe('a capture after the hold has lapsed', () => {
    it.each([
      ['while the order still waits', async () => undefined],
      [
        'when the order has expired',
        async (order: Order) => {
          house.clock.move({ minutes: 1 });
          await sweep();
          expect(await seen(ben, order)).toMatchObject({ state: 'expired' });
        },
      ],
    ])('finds stock, %s: the tickets are issued all the same, and mailed once', async (_, meanwhile) => {
      const concert = await onSale(5, 5);
      const order = await placeOrder(ben, await hold(ben, concert));
      const payment = await payLate(order);
      lapse();
      expect(await stock(concert)).toEqual([
        [0, 0, 5],
        [0, 0, 5],
      ]);
      await meanwhile(order);
      await bankDecides(payment);
      const fulfilled = await orderIn(ben, order, 'fulfilled');
      expect(fulfilled.tickets).toHaveLength(3);
      await settled();
      expect(await stock(concert)).toEqual([
        [0, 2, 3],
        [0, 1, 4],
      ]);
      expect(await ticketsOf(ben, concert)).toBe(3);
      expect(mailsAbout(house, order.orderId)).toEqual(['tickets']);
      expect(await ledgerOf(house, order.orderId)).toEqual(sold);
      expect((await house.gateway.payment(payment)).refundedMinor).toBe(0);
    });

    it('finds none left: the money goes back once, with an apology, and no ticket is issued', async () => {
      const concert = await onSale(2, 1);
      const order = await placeOrder(ben, await hold(ben, concert));
      const payment = await payLate(order);
      lapse();
      const eves = await placeOrder(eve, await hold(eve, concert));
      await atTheGateway(await pay(eve, eves), 'succeed');
      await orderIn(eve, eves, 'fulfilled');

      await bankDecides(payment);
      await orderIn(ben, order, 'refunding');
      expect(await ledgerOf(house, order.orderId)).toEqual({
        transactions: 2,
        balances: { gateway: total, organizer: 0, buyers: -total },
      });
      // The gateway gives it back, but nothing that it says arrives: asked again, it must not give it back again.
      house.gateway.isCutOff = true;
      house.gateway.loseAnswersTo('/sandbox/v1/refunds', 2);
      await Promise.all([sweep(), sweep()]);
      expect(await seen(ben, order)).toMatchObject({ state: 'refunding' });
      expect((await house.gateway.payment(payment)).refundedMinor).toBe(total);
      house.clock.move({ minutes: 1 });
      await Promise.all([sweep(), sweep()]);
      await orderIn(ben, order, 'refunded');
      house.gateway.isCutOff = false;
      await settled();
      house.clock.move({ hours: 2 });
      await settled();

      expect(await seen(ben, order)).toMatchObject({ state: 'refunded', tickets: [] });
      expect(await house.gateway.payment(payment)).toMatchObject({
        status: 'captured',
        refundedMinor: total,
      });
      expect(await ben.get(`/payments/${payment.paymentId}`)).toMatchObject({
        state: 'captured',
        refunds: [{ reason: 'no-stock-left', state: 'succeeded', amount: { amountMinor: total } }],
      });
      expect(await ledgerOf(house, order.orderId)).toEqual({
        transactions: 3,
        balances: { gateway: 0, organizer: 0, buyers: 0 },
      });
      const [apology = '', ...more] = mailsAbout(house, order.orderId);
      expect(more).toEqual([]);
      const mail = house.platform.mailbox.get(`${order.orderId}-${apology}`);
      expect(mail).toMatchObject({ to: { address: 'ben@example.org' }, attachments: [] });
      expect(mail?.text).toMatch(/sorry/i);
      expect(mail?.text).toContain('108.00');
      expect([await ticketsOf(ben, concert), await ticketsOf(eve, concert)]).toEqual([0, 3]);
      expect(await stock(concert)).toEqual([
        [0, 2, 0],
        [0, 1, 0],
      ]);
    });
  });

  describe('a capture that is told more than once', () => {
    const expectSoldOnce = async (order: Order, concert: OnSale): Promise<void> => {
      await settled();
      expect(await ledgerOf(house, order.orderId)).toEqual(sold);
      expect(mailsAbout(house, order.orderId)).toEqual(['tickets']);
      expect(await ticketsOf(ben, concert)).toBe(3);
      expect(await stock(concert)).toEqual([
        [0, 2, 3],
        [0, 1, 4],
      ]);
    };

    it('by two notices, after a sweep has found it out, is taken once', async () => {
      const concert = await onSale(5, 5);
      const order = await placeOrder(ben, await hold(ben, concert));
      const payment = await pay(ben, order);
      await atTheGateway(payment, 'never');
      house.clock.move({ seconds: 31 });
      await sweep();
      const fulfilled = await orderIn(ben, order, 'fulfilled');

      const there = await house.gateway.payment(payment);
      const notice = house.gateway.notice('sn_told_twice', { ...there, capturedAt: house.clock.now() });
      expect(await Promise.all([tell(notice), tell(notice)])).toEqual([204, 204]);
      expect(await tell(house.gateway.notice('sn_told_again', there))).toBe(204);
      await expectSoldOnce(order, concert);
      expect(await seen(ben, order)).toEqual(fulfilled);
    });

    it('by two notices, a sweep and the buyer at the same moment is taken once', async () => {
      const concert = await onSale(5, 5);
      const order = await placeOrder(ben, await hold(ben, concert));
      const payment = await pay(ben, order);
      house.clock.move({ seconds: 31 });
      const confirm = () => ben.send('POST', `/payments/${payment.paymentId}/confirm`);
      await Promise.all([atTheGateway(payment, 'twice'), sweep(), confirm(), confirm(), sweep()]);
      await orderIn(ben, order, 'fulfilled');
      await expectSoldOnce(order, concert);
    });
  });

  it('pays twice: what was declined and captured after all goes back, the tickets stay', async () => {
    const concert = await onSale(5, 5);
    const order = await placeOrder(ben, await hold(ben, concert));
    const first = await pay(ben, order);
    await atTheGateway(first, 'late', 300);
    // The bank changes its mind: it says no now, and yes in five minutes.
    const no = { ...(await house.gateway.payment(first)), status: 'declined', declineReason: 'Not now.' };
    expect(await tell(house.gateway.notice('sn_no_for_now', no))).toBe(204);
    expect(await ben.get(`/payments/${first.paymentId}`)).toMatchObject({ state: 'declined' });
    const second = await pay(ben, order);
    await atTheGateway(second, 'succeed');
    const fulfilled = await orderIn(ben, order, 'fulfilled');

    house.clock.move({ minutes: 3 });
    await bankDecides(first);
    await until(
      () => ben.get<Payment>(`/payments/${first.paymentId}`),
      ({ state }) => state === 'captured',
    );
    await Promise.all([sweep(), sweep()]);
    await settled();
    house.clock.move({ hours: 2 });
    await settled();

    expect(await ben.get(`/payments/${first.paymentId}`)).toMatchObject({
      refunds: [{ reason: 'paid-twice', state: 'succeeded', amount: { amountMinor: total } }],
    });
    expect((await house.gateway.payment(first)).refundedMinor).toBe(total);
    expect((await house.gateway.payment(second)).refundedMinor).toBe(0);
    expect(await ledgerOf(house, order.orderId)).toEqual({
      transactions: 4,
      balances: { gateway: total, organizer: -total, buyers: 0 },
    });
    const { state, tickets } = await seen(ben, order);
    expect([state, tickets]).toEqual(['fulfilled', fulfilled.tickets]);
    expect(mailsAbout(house, order.orderId)).toEqual(['tickets', expect.stringMatching(/^refund-/)]);
    expect(await ticketsOf(ben, concert)).toBe(3);
  });

  it('costs nothing: the order is fulfilled without any payment, and takes none', async () => {
    const reading = await putOnSale(olivia, categoryId, [5, 5], 15, [0, 0]);
    const order = await placeOrder(ben, await hold(ben, reading));
    expect(order).toMatchObject({ state: 'paid', total: { amountMinor: 0, currency: 'EUR' } });
    const fulfilled = await orderIn(ben, order, 'fulfilled');
    expect(fulfilled.tickets).toHaveLength(3);
    expect(await refusedToPay(order)).toEqual([409, 'order-paid']);
    await settled();
    expect(mailsAbout(house, order.orderId)).toEqual(['tickets']);
    expect(await ledgerOf(house, order.orderId)).toEqual({ transactions: 0, balances: {} });
    expect(await seen(ben, order)).not.toHaveProperty('paymentId');
    expect(await stock(reading)).toEqual([
      [0, 2, 3],
      [0, 1, 4],
    ]);
  });

  it('is no fault of ours: nothing was logged as an error, and no message was given up', async () => {
    await settled();
    expect(house.errors).toEqual([]);
  });
});
