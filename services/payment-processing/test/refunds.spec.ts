import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paymentCaptured, paymentRefunded, type PaymentRefunded } from '@boxoffice/shared/contracts';
import { asCaptured, eventId, issue, openShop, organizer, refuse, stalls, standing, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const refund = (paymentId: string, body: object, as = organizer, key?: string) =>
  shop.call('POST', `/payments/${paymentId}/refund`, { reason: 'organizer-decided', ...body }, as, key);
const ticketsOf = (suffix: string): readonly string[] => [1, 2].map((i) => `${eventId}-${suffix}-${i}`);
const saidOf = async (orderId: string): Promise<readonly PaymentRefunded[]> =>
  (await shop.spoken(paymentRefunded))
    .filter(({ subject }) => subject === orderId)
    .map((envelope) => paymentRefunded.read(envelope));
const ledgerOf = async (orderId: string): Promise<Record<string, number>> => {
  const rows = await shop.database.query
    .selectFrom('ledger')
    .selectAll()
    .where('orderId', '=', orderId)
    .execute();
  const sums: Record<string, number> = {};
  for (const { account, amountMinor } of rows)
    sums[account.split(':')[0]!] = (sums[account.split(':')[0]!] ?? 0) + amountMinor;
  return sums;
};
const asideOf = async (paymentId: string): Promise<number> =>
  (
    await shop.database.query
      .selectFrom('payments')
      .select('refundedMinor')
      .where('paymentId', '=', paymentId)
      .executeTakeFirstOrThrow()
  ).refundedMinor;

describe('a refund', () => {
  it('of one ticket gives back what was paid for it, and voids it alone; the last one ends the order', async () => {
    const { orderId, paymentId } = await shop.fulfilled('by-ticket');
    const [first, second] = ticketsOf('by-ticket');
    const asked = await refund(paymentId, { ticketIds: [first], note: 'was ill' });
    expect(asked).toMatchObject({
      status: 202,
      body: { state: 'requested', amount: { amountMinor: 4800, currency: 'EUR' }, ticketIds: [first] },
    });
    expect(JSON.stringify(asked.body)).not.toContain('was ill');
    expect(await shop.state(orderId)).toBe('fulfilled');
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('partly-refunded');
    expect((await refund(paymentId, { ticketIds: [first] })).body).toMatchObject({
      status: 422,
      code: 'tickets-not-to-refund',
      ticketIds: [first],
    });
    await refund(paymentId, { ticketIds: [second], reason: 'goodwill' });
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
    expect(await saidOf(orderId)).toMatchObject([
      { ticketIds: [first], amount: { amountMinor: 4800 }, reason: 'organizer-decided' },
      { ticketIds: [second], amount: { amountMinor: 4800 }, reason: 'goodwill' },
    ]);
    expect(await ledgerOf(orderId)).toEqual({ gateway: 0, organizer: 0, buyers: 0 });
    expect((await refund(paymentId, {})).body).toMatchObject({ status: 409, code: 'nothing-to-refund' });
  });

  it('of all takes the tickets that are left, and the money that is left', async () => {
    const { orderId, paymentId } = await shop.fulfilled('rest');
    const [first, second] = ticketsOf('rest');
    await refund(paymentId, { ticketIds: [first], amountMinor: 1000 });
    const rest = await refund(paymentId, {});
    expect(rest.body).toMatchObject({ amount: { amountMinor: 8600 }, ticketIds: [second] });
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
  });

  it('of all the money takes all the tickets, whichever it was asked for', async () => {
    const { orderId, paymentId } = await shop.fulfilled('all-for-one');
    const [first, second] = ticketsOf('all-for-one');
    const all = await refund(paymentId, { ticketIds: [second], amountMinor: 9600 });
    expect(all.body).toMatchObject({ amount: { amountMinor: 9600 }, ticketIds: [first, second] });
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
    expect(await saidOf(orderId)).toMatchObject([{ ticketIds: [first, second] }]);
  });

  it('never asks for more than is left', async () => {
    const { paymentId } = await shop.fulfilled('above');
    expect((await refund(paymentId, { amountMinor: 9601 })).body).toMatchObject({
      status: 409,
      code: 'above-captured',
      left: { amountMinor: 9600 },
    });
    expect((await refund(paymentId, { amountMinor: 9000 })).status).toBe(202);
    expect((await refund(paymentId, { amountMinor: 601 })).body).toMatchObject({
      left: { amountMinor: 600 },
    });
    expect(await asideOf(paymentId)).toBe(9000);
  });

  it('is the same for ever under its key, and refuses the key with another body', async () => {
    const { paymentId } = await shop.fulfilled('key');
    const first = await refund(paymentId, { amountMinor: 100 }, organizer, 'refund-key');
    await shop.sweep();
    await shop.pass(60 * 24 * 400);
    expect(await refund(paymentId, { amountMinor: 100 }, organizer, 'refund-key')).toEqual(first);
    expect((await refund(paymentId, { amountMinor: 200 }, organizer, 'refund-key')).status).toBe(422);
    expect(await asideOf(paymentId)).toBe(100);
  });

  it('is not there to be asked for by strangers, nor by a buyer who has the tickets', async () => {
    const { paymentId } = await shop.fulfilled('strangers');
    for (const stranger of ['eve', 'ada'])
      expect((await refund(paymentId, { reason: 'buyer-asked' }, stranger)).body).toMatchObject({
        status: 404,
        code: 'payment-not-found',
      });
    const { paymentId: open } = await shop.payment(await shop.order('not-captured'));
    expect((await refund(open, {})).body['code']).toBe('nothing-to-refund');
  });

  it('is a buyer’s to ask for as long as there are no tickets; those that come late are void', async () => {
    const { orderId, paymentId } = await shop.paid('no-tickets');
    expect((await refund(paymentId, { reason: 'goodwill' }, 'ada')).body['code']).toBe('reason-not-yours');
    expect((await refund(paymentId, { reason: 'buyer-asked', amountMinor: 1 }, 'ada')).body['code']).toBe(
      'tickets-under-way',
    );
    expect((await refund(paymentId, { reason: 'buyer-asked' }, 'ada')).status).toBe(202);
    const fact = asCaptured(
      (await shop.spoken(paymentCaptured)).findLast(({ subject }) => subject === orderId)!,
    );
    await shop.hear(issue('late-1', fact, shop.now()));
    expect(await shop.state(orderId)).toBe('refunding');
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
    expect(await saidOf(orderId)).toMatchObject([{ ticketIds: ticketsOf('no-tickets') }]);
  });

  it('voids tickets that come after the money has gone', async () => {
    const { orderId, paymentId } = await shop.paid('much-later');
    await refund(paymentId, { reason: 'buyer-asked' }, 'ada');
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
    const fact = asCaptured(
      (await shop.spoken(paymentCaptured)).findLast(({ subject }) => subject === orderId)!,
    );
    await shop.hear(issue('later-1', fact, shop.now()));
    const [first, again, ...more] = await saidOf(orderId);
    expect(first).not.toHaveProperty('ticketIds');
    expect(again).toMatchObject({ refundId: first!.refundId, ticketIds: ticketsOf('much-later') });
    expect(more).toEqual([]);
  });

  it('of what is left, once every ticket has gone back, names and counts none of them again', async () => {
    const returned = async (): Promise<number> => {
      const { body } = await shop.call('GET', `/events/${eventId}/finance`, undefined, organizer);
      return (body['items'] as { returnedCount: number }[])[0]!.returnedCount;
    };
    const { orderId, paymentId } = await shop.fulfilled('less');
    const before = await returned();
    const tickets = ticketsOf('less');
    await refund(paymentId, { ticketIds: tickets, amountMinor: 9000 });
    await shop.sweep();
    await refund(paymentId, {});
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
    const said = await saidOf(orderId);
    expect(said.map(({ amount, ticketIds }) => [amount.amountMinor, ticketIds])).toEqual([
      [9000, tickets],
      [600, undefined],
    ]);
    expect((await returned()) - before).toBe(2);
  });

  it('that the buyer has asked for is not owed twice when there is no ticket either', async () => {
    const { orderId, paymentId } = await shop.paid('both');
    await refund(paymentId, { reason: 'buyer-asked' }, 'ada');
    const fact = asCaptured(
      (await shop.spoken(paymentCaptured)).findLast(({ subject }) => subject === orderId)!,
    );
    await shop.hear(refuse('both', fact, shop.now()));
    await shop.sweep();
    expect(await ledgerOf(orderId)).toEqual({ gateway: 0, organizer: 0, buyers: 0 });
  });
});

describe('a refund that the gateway will not carry out', () => {
  const failing = async (suffix: string) => {
    const bought = await shop.fulfilled(suffix);
    shop.gateway.refundsFail = true;
    const { body } = await refund(bought.paymentId, {});
    await shop.sweep();
    shop.gateway.refundsFail = false;
    return { ...bought, refundId: String(body['refundId']) };
  };
  const byHand = (refundId: string, as = 'admin') =>
    shop.call('POST', `/refunds/${refundId}/settled-by-hand`, {}, as);

  it('gives back what it had set aside, and is asked for anew', async () => {
    const { orderId, paymentId } = await failing('failed');
    expect(await asideOf(paymentId)).toBe(0);
    expect(await shop.state(orderId)).toBe('fulfilled');
    expect(await ledgerOf(orderId)).toEqual({ gateway: 9600, organizer: -9600, buyers: 0 });
    expect((await refund(paymentId, {})).status).toBe(202);
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
  });

  it('is settled by a person once, and not through the gateway', async () => {
    const { orderId, paymentId, refundId } = await failing('by-hand');
    expect((await byHand(refundId, organizer)).status).toBe(403);
    expect((await byHand(refundId)).body).toMatchObject({ state: 'succeeded' });
    expect((await byHand(refundId)).status).toBe(200);
    expect(await shop.state(orderId)).toBe('refunded');
    expect(await asideOf(paymentId)).toBe(9600);
    expect(await ledgerOf(orderId)).toEqual({ gateway: 9600, organizer: 0, buyers: 0, 'by-hand': -9600 });
    expect(await saidOf(orderId)).toMatchObject([{ ticketIds: ticketsOf('by-hand') }]);
  });

  it('is not settled by hand once another has given the money back, nor while it is under way', async () => {
    const { paymentId, refundId } = await failing('both-ways');
    const { body } = await refund(paymentId, {});
    expect((await byHand(String(body['refundId']))).body['code']).toBe('refund-not-failed');
    expect((await byHand(refundId)).body).toMatchObject({ status: 409, code: 'above-captured' });
  });

  it('and that is made up for by others leaves no good ticket behind the last of the money', async () => {
    const { orderId, paymentId } = await shop.fulfilled('crossed');
    const [first, second] = ticketsOf('crossed');
    shop.gateway.refundsFail = true;
    const failed = String((await refund(paymentId, { ticketIds: [second] })).body['refundId']);
    await shop.sweep();
    shop.gateway.refundsFail = false;
    shop.gateway.refundsArePending = true;
    const pending = String((await refund(paymentId, { ticketIds: [first] })).body['refundId']);
    await shop.sweep();
    shop.gateway.refundsArePending = false;
    // What is left is for the second ticket. Then the first one's refund fails, and the second one's is made once more, by hand.
    await refund(paymentId, {});
    await shop.sweep();
    const outcome = { is: 'failed', reason: 'the account is closed' };
    await shop.webhook('crossed', { refund: { refundId: pending, reference: `back-${pending}`, outcome } });
    expect((await byHand(failed)).body).toMatchObject({ state: 'succeeded', ticketIds: [first] });
    expect(await shop.state(orderId)).toBe('refunded');
    expect((await saidOf(orderId)).map(({ ticketIds }) => ticketIds)).toEqual([[second], [first]]);
    expect(await ledgerOf(orderId)).toEqual({ gateway: 4800, organizer: 0, buyers: 0, 'by-hand': -4800 });
  });

  it('and has carried it out in the end is a fact', async () => {
    const { orderId, paymentId, refundId } = await failing('in-the-end');
    const outcome = { is: 'succeeded', refundedAt: shop.now() };
    await shop.webhook('in-the-end', { refund: { refundId, reference: `back-${refundId}`, outcome } });
    expect(await shop.state(orderId)).toBe('refunded');
    expect(await asideOf(paymentId)).toBe(9600);
    expect(await ledgerOf(orderId)).toEqual({ gateway: 0, organizer: 0, buyers: 0 });
  });
});

describe('an order that its buyer gives up', () => {
  it('is cancelled while it is not paid, and a payment that arrives all the same goes back', async () => {
    const orderId = await shop.order('given-up');
    const { paymentId, reference } = await shop.payment(orderId);
    expect((await shop.call('POST', `/orders/${orderId}/cancel`, {}, 'eve')).status).toBe(404);
    for (let time = 0; time < 2; time++)
      expect((await shop.call('POST', `/orders/${orderId}/cancel`, {})).body['state']).toBe('cancelled');
    await shop.webhook('given-up', { payment: shop.gateway.decide(reference, 'captured') });
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('cancelled');
    expect((await shop.call('GET', `/payments/${paymentId}`)).body['refunds']).toMatchObject([
      { state: 'succeeded', reason: 'buyer-asked', amount: { amountMinor: 9600 } },
    ]);
    expect(await ledgerOf(orderId)).toEqual({ gateway: 0, organizer: 0, buyers: 0 });
  });

  it('has its payment taken back at the gateway', async () => {
    const orderId = await shop.order('taken-back');
    const { paymentId } = await shop.payment(orderId);
    await shop.call('POST', `/orders/${orderId}/cancel`, {});
    await shop.sweep();
    expect((await shop.call('GET', `/payments/${paymentId}`)).body['state']).toBe('abandoned');
  });

  it('is not cancelled once it is paid', async () => {
    const { orderId } = await shop.paid('too-late');
    expect((await shop.call('POST', `/orders/${orderId}/cancel`, {})).body['code']).toBe('order-paid');
  });
});

it('shows what an event has sold and given back, by ticket type', async () => {
  const other = await openShop({ settings: { platformFee: { basisPoints: 250, fixed: { EUR: 25 } } } });
  const holdToken = other.token('figures', { [stalls]: 2, [standing]: 1 });
  const { body } = await other.call('POST', '/orders', { holdToken });
  const orderId = String(body['orderId']);
  const { paymentId, reference } = await other.payment(orderId);
  await other.webhook('figures', { payment: other.gateway.decide(reference, 'captured') });
  const [fact] = await other.spoken(paymentCaptured);
  await other.hear(issue('figures', asCaptured(fact!), other.now()));
  const [first] = ticketsOf('figures');
  const asked = { reason: 'goodwill', ticketIds: [first] };
  await other.call('POST', `/payments/${paymentId}/refund`, asked, organizer);
  await other.sweep();
  expect((await other.call('GET', `/events/${eventId}/finance`, undefined, 'ada')).status).toBe(404);
  const { body: finance } = await other.call('GET', `/events/${eventId}/finance`, undefined, organizer);
  // 2.5 % of 111.00, which is 2.775, and 0.25.
  expect(finance['items']).toEqual([
    {
      currency: 'EUR',
      soldCount: 3,
      returnedCount: 1,
      soldMinor: 11_100,
      refundedMinor: 4800,
      feesMinor: 303,
      dueMinor: 5997,
      ticketTypes: [
        { ticketTypeId: standing, soldCount: 1, returnedCount: 0, soldMinor: 1500, refundedMinor: 0 },
        { ticketTypeId: stalls, soldCount: 2, returnedCount: 1, soldMinor: 9600, refundedMinor: 4800 },
      ],
    },
  ]);
  const balances = await other.call('GET', `/organizers/${organizer}/balances`, undefined, organizer);
  expect(balances.body['items']).toEqual([{ amountMinor: 5997, currency: 'EUR' }]);
  await other.close();
});
