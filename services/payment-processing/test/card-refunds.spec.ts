import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventCancelled, paymentCaptured } from '@boxoffice/shared/contracts';
import { announce, openPricedShop, order, pricedEvent } from './priced-event';
import { asCaptured, eventId, issue, organizer, standing, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openPricedShop();
  await announce(shop, { ...pricedEvent, version: 11, terms: {} });
});
afterAll(() => shop.close());

let cards = 0;
const cardOver = async (amountMinor: number): Promise<string> => {
  const body = { amountMinor, currency: 'EUR' };
  return String((await shop.call('POST', '/gift-cards', body, organizer, `card-${++cards}`)).body['code']);
};
const balance = async (code: string): Promise<unknown> =>
  (await shop.call('POST', '/gift-cards/balance', { code })).body['balance'];
const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

/** Two tickets at 15.00, and their tickets issued. */
async function bought(suffix: string, card: string): Promise<{ orderId: string; paymentId?: string }> {
  const { body } = await order(shop, suffix, { [standing]: 2 }, { giftCards: [card] });
  const orderId = String(body['orderId']);
  let paymentId: string | undefined;
  if (body['state'] === 'placed') {
    const payment = await shop.payment(orderId);
    ({ paymentId } = payment);
    await shop.webhook(suffix, { payment: shop.gateway.decide(payment.reference, 'captured') });
  }
  const fact = (await shop.spoken(paymentCaptured)).findLast(({ subject }) => subject === orderId)!;
  await shop.hear(issue(suffix, asCaptured(fact), shop.now()));
  return { orderId, ...(paymentId === undefined ? {} : { paymentId }) };
}

describe('an order that a gift card paid a part of', () => {
  it('gives each ticket’s part back to the card, and its money to the gateway', async () => {
    const card = await cardOver(1000);
    const { orderId, paymentId } = await bought('part', card);
    const refund = (body: object) =>
      shop.call('POST', `/payments/${paymentId}/refund`, { reason: 'goodwill', ...body }, organizer);
    const first = await refund({ ticketIds: [`${eventId}-part-1`] });
    expect(first.body['amount']).toEqual(eur(1000));
    expect(await balance(card)).toEqual(eur(0));
    await shop.sweep();
    expect(await balance(card)).toEqual(eur(500));
    expect((await refund({})).body['amount']).toEqual(eur(1000));
    await shop.sweep();
    expect(await balance(card)).toEqual(eur(1000));
    expect(await shop.state(orderId)).toBe('refunded');
    expect((await shop.ledger())['all']).toBe(0);
  });

  it('leaves no minor unit between its tickets', async () => {
    const card = await cardOver(1001);
    const { orderId, paymentId } = await bought('odd', card);
    const refund = (body: object) =>
      shop.call('POST', `/payments/${paymentId}/refund`, { reason: 'goodwill', ...body }, organizer);
    expect((await refund({ ticketIds: [`${eventId}-odd-1`] })).body['amount']).toEqual(eur(999));
    expect((await refund({ ticketIds: [`${eventId}-odd-2`] })).body['amount']).toEqual(eur(1000));
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
    expect(await balance(card)).toEqual(eur(1001));
  });

  it('and that needed no gateway is cancelled with its event, and the card has it all again', async () => {
    const card = await cardOver(5000);
    const { orderId } = await bought('whole', card);
    expect(await balance(card)).toEqual(eur(2000));
    const fact = { ...eventCancelled.sample, eventId, version: 20, organizerId: organizer };
    await shop.hear(eventCancelled.announce('cancelled', eventId, shop.now(), fact));
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('cancelled');
    expect(await balance(card)).toEqual(eur(5000));
    const { body } = await shop.call('GET', `/events/${eventId}/refunds`, undefined, organizer);
    expect(body['jobs']).toMatchObject([{ doneAt: expect.any(String) as unknown }]);
  });
});
