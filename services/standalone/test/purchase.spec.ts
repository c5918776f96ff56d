import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publicKeyFrom, verifyTicketCode } from '@boxoffice/shared/tokens';
import { buildStandalone, startMachine, type Machine } from './machine';
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
  type Payment,
} from './purchase';
import { signIn, Visitor } from './visitor';

describe('a purchase on one machine, over HTTP', () => {
  let dataDir: string;
  let machine: Machine;
  let organizer: Visitor;
  let buyer: Visitor;
  let categoryId: string;
  let concert: OnSale;

  beforeAll(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'boxoffice-purchase-'));
    machine = await startMachine({ program: buildStandalone(), dataDir });
    organizer = await signIn(machine.origin, 'olivia@example.org');
    buyer = await signIn(machine.origin, 'ben@example.org');
    categoryId = await firstCategory(buyer, await signIn(machine.origin, 'ada@example.org'));
    concert = await putOnSale(organizer, categoryId, [40, 20]);
  }, 60_000);

  afterAll(async () => {
    const code = await machine.stop();
    rmSync(dataDir, { recursive: true, force: true });
    expect(code).toBe(0);
  });

  const mailsTo = async (address: string): Promise<number> => {
    const page = await (await fetch(`${machine.origin}/mailbox`)).text();
    return page.split(address).length - 1;
  };
  /** Answers are up to a second old: what it settles at is waited for. */
  const comesTo = (expected: readonly number[]): Promise<number[]> =>
    until(
      () => available(concert),
      (now) => now.join() === expected.join(),
      3000,
    );
  const settled = async (): Promise<number[]> => {
    await new Promise((resolve) => setTimeout(resolve, 1200));
    return available(concert);
  };
  const available = async ({ eventId }: OnSale): Promise<number[]> => {
    const { ticketTypes } = await buyer.get<{ ticketTypes: { available: number }[] }>(
      `/events/${eventId}/availability`,
    );
    return ticketTypes.map((type) => type.available);
  };

  it('ends with tickets whose codes verify against the published keys, a receipt and one mail', async () => {
    const before = await settled();
    const order = await placeOrder(buyer, await hold(buyer, concert));
    expect(order.total).toEqual({ amountMinor: 2 * 4800 + 1200, currency: 'EUR' });
    await atTheGateway(await pay(buyer, order), 'succeed');
    const fulfilled = await orderIn(buyer, order, 'fulfilled');

    expect(fulfilled.tickets).toHaveLength(3);
    const { keys } = await buyer.get<{ keys: { kid: string; x: string }[] }>('/ticket-keys');
    const findKey = (keyId: string) => {
      const key = keys.find(({ kid }) => kid === keyId);
      return key && publicKeyFrom(key.x);
    };
    for (const { code, ticketId } of fulfilled.tickets)
      expect(verifyTicketCode(code, findKey)).toMatchObject({
        valid: true,
        ticket: { ticketId, eventId: concert.eventId },
      });

    for (const paper of [
      `/tickets/${fulfilled.tickets[0]!.ticketId}.pdf`,
      `/orders/${order.orderId}/receipt.pdf`,
    ]) {
      const reply = await fetch(`${machine.origin}/api/v1${paper}`, {
        headers: { authorization: `Bearer ${buyer.token}` },
      });
      expect([paper, reply.status, reply.headers.get('content-type')]).toEqual([
        paper,
        200,
        'application/pdf',
      ]);
      expect(
        Buffer.from(await reply.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
    await comesTo([before[0]! - 2, before[1]! - 1]);
    expect(
      await until(
        () => mailsTo('ben@example.org'),
        (count) => count > 0,
      ),
    ).toBe(1);
  });

  it('answers twice: the same notice again changes nothing', async () => {
    const before = await settled();
    const mailsBefore = await mailsTo('ben@example.org');
    const order = await placeOrder(buyer, await hold(buyer, concert));
    await atTheGateway(await pay(buyer, order), 'twice');
    const fulfilled = await orderIn(buyer, order, 'fulfilled');
    await comesTo([before[0]! - 2, before[1]! - 1]);
    expect(await settled()).toEqual([before[0]! - 2, before[1]! - 1]);
    expect(await buyer.get(`/orders/${order.orderId}`)).toEqual(fulfilled);
    expect(
      await until(
        () => mailsTo('ben@example.org'),
        (count) => count > mailsBefore,
      ),
    ).toBe(mailsBefore + 1);
  });

  it('declines: the order waits, and another payment may be tried', async () => {
    const order = await placeOrder(buyer, await hold(buyer, concert));
    const first = await pay(buyer, order);
    await atTheGateway(first, 'decline');
    await until(
      () => buyer.get<Payment>(`/payments/${first.paymentId}`),
      ({ state }) => state === 'declined',
    );
    expect(await orderIn(buyer, order, 'placed')).toMatchObject({ state: 'placed' });
    await atTheGateway(await pay(buyer, order), 'succeed');
    await orderIn(buyer, order, 'fulfilled');
  });

  it('never answers: confirming asks the gateway', async () => {
    const order = await placeOrder(buyer, await hold(buyer, concert));
    const payment = await pay(buyer, order);
    await atTheGateway(payment, 'never');
    await buyer.post(`/payments/${payment.paymentId}/confirm`);
    await orderIn(buyer, order, 'fulfilled');
  });

  it('gives the same answer to the same request, and refuses its key to another', async () => {
    const body = {
      eventId: concert.eventId,
      lines: [{ ticketTypeId: concert.ticketTypes[0]!.ticketTypeId, quantity: 1 }],
    };
    const key = { 'idempotency-key': 'once-and-again' };
    const [stalls = 0, standing = 0] = await settled();
    const first = await buyer.send('POST', '/holds', body, key);
    expect((await buyer.send('POST', '/holds', body, key)).body).toEqual(first.body);
    await comesTo([stalls - 1, standing]);
    const other = await buyer.send(
      'POST',
      '/holds',
      { ...body, lines: [{ ...body.lines[0]!, quantity: 2 }] },
      key,
    );
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency-key-reused']);
    await buyer.send('DELETE', `/holds/${String(first.body['holdId'])}`);
    await comesTo([stalls, standing]);
  });

  it('shows nobody what is another’s', async () => {
    const order = await placeOrder(buyer, await hold(buyer, concert));
    const stranger = await signIn(machine.origin, 'eve@example.org');
    for (const address of [`/orders/${order.orderId}`, `/orders/${order.orderId}/receipt.pdf`])
      expect((await stranger.send('GET', address)).status).toBe(404);
    expect(
      (await new Visitor(machine.origin, undefined).send('GET', `/orders/${order.orderId}`)).status,
    ).toBe(401);
    await atTheGateway(await pay(buyer, order), 'succeed');
    const { tickets } = await orderIn(buyer, order, 'fulfilled');
    expect((await stranger.send('GET', `/tickets/${tickets[0]!.ticketId}`)).status).toBe(404);
  });

  it('is still there after a stop and a start', async () => {
    const orders = await buyer.get<{ items: object[] }>('/orders');
    expect(await machine.stop()).toBe(0);
    machine = await startMachine({
      program: buildStandalone(),
      dataDir,
      port: Number(new URL(machine.origin).port),
    });
    expect(await buyer.get('/orders')).toEqual(orders);
  }, 60_000);
});
