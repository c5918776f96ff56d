import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventCancelled, orderCancelled, paymentCaptured } from '@boxoffice/shared/contracts';
import { announce, inAYear, letExpire, openPricedShop, order, pricedEvent } from './priced-event';
import { asCaptured, event, issue, refuse, standing, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openPricedShop();
  await announce(shop, { ...pricedEvent, version: 11, terms: {} });
});
afterAll(() => shop.close());

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
let cards = 0;
const issueCard = (amountMinor: number, more: object = {}, as = event.organizerId, key = `card-${++cards}`) =>
  shop.call('POST', '/gift-cards', { amountMinor, currency: 'EUR', ...more }, as, key);
const codeOf = async (amountMinor: number, more: object = {}) =>
  String((await issueCard(amountMinor, more)).body['code']);
const balance = async (code: string) =>
  ((await shop.call('POST', '/gift-cards/balance', { code })).body['balance'] as { amountMinor: number })
    .amountMinor;
const captured = async (orderId: unknown) =>
  (await shop.spoken(paymentCaptured)).map(asCaptured).find((fact) => fact.orderId === orderId)!;

describe('a gift card', () => {
  it('is issued by an organiser, with a code that is told again to who repeats the request and kept nowhere', async () => {
    const { status, body } = await issueCard(5000, { expiresAt: inAYear(shop) }, event.organizerId, 'first');
    expect([status, body['balance']]).toEqual([201, eur(5000)]);
    const code = String(body['code']);
    expect(code).toMatch(/^(\w{5}-){3}\w{5}$/);
    expect(
      (await issueCard(5000, { expiresAt: inAYear(shop) }, event.organizerId, 'first')).body['code'],
    ).toBe(code);
    expect(await balance(code.toLowerCase().replaceAll('-', ' '))).toBe(5000);
    for (const table of ['giftCards', 'idempotency', 'ledger', 'outbox'] as const)
      expect(JSON.stringify(await shop.database.query.selectFrom(table).selectAll().execute())).not.toContain(
        code,
      );
    expect((await issueCard(5000, {}, 'ada')).status).toBe(403);
    expect((await issueCard(0)).body).toMatchObject({ status: 400 });
    expect((await issueCard(1, { expiresAt: '2020-01-01T00:00:00Z' })).body).toMatchObject({
      status: 422,
      code: 'gift-card-over',
    });
    expect((await shop.call('POST', '/gift-cards/balance', { code: 'nope' })).body).toMatchObject({
      status: 404,
    });
  });

  it('pays its part of an order, several of them theirs, and the gateway the rest', async () => {
    const [small, large] = [await codeOf(1000), await codeOf(2000)];
    const { body } = await order(shop, 'part', { [standing]: 3 }, { giftCards: [small, large] });
    expect(body).toMatchObject({ state: 'placed', total: eur(4500), due: eur(1500) });
    expect((body['giftCards'] as { amount: object }[]).map(({ amount }) => amount)).toEqual([
      eur(1000),
      eur(2000),
    ]);
    expect([await balance(small), await balance(large)]).toEqual([0, 0]);
    const { reference } = await shop.payment(String(body['orderId']));
    expect(shop.gateway.payments.get(reference)?.amount).toEqual(eur(1500));
    await letExpire(shop);
    expect([await balance(small), await balance(large)]).toEqual([1000, 2000]);
  });

  it('that pays all needs no gateway', async () => {
    const code = await codeOf(5000);
    const { body } = await order(shop, 'all', { [standing]: 2 }, { giftCards: [code] });
    expect(body).toMatchObject({ state: 'paid', total: eur(3000), due: eur(0) });
    expect(await balance(code)).toBe(2000);
    const fact = await captured(body['orderId']);
    expect(fact.paymentId).toBeUndefined();
    await shop.hear(issue('all', fact, shop.now()));
    expect(await shop.state(String(body['orderId']))).toBe('fulfilled');
  });

  it('has its share back with the money, and the credit note is over both', async () => {
    const code = await codeOf(1000);
    const { body } = await order(shop, 'both', { [standing]: 2 }, { giftCards: [code] });
    const orderId = String(body['orderId']);
    const { paymentId, reference } = await shop.payment(orderId);
    await shop.webhook('both', { payment: shop.gateway.decide(reference, 'captured') });
    await shop.hear(issue('both', await captured(orderId), shop.now()));
    const notes = async () => (await shop.call('GET', `/orders/${orderId}/credit-notes`)).body['items'];
    const refund = { reason: 'goodwill', ticketIds: [`${event.eventId}-both-1`] };
    await shop.call('POST', `/payments/${paymentId}/refund`, refund, event.organizerId);
    await shop.sweep();
    expect(await notes()).toMatchObject([{ total: eur(1500) }]);
    await shop.pass(1);
    const rest = { reason: 'goodwill' };
    await shop.call('POST', `/payments/${paymentId}/refund`, rest, event.organizerId);
    await shop.sweep();
    expect(await notes()).toMatchObject([{ total: eur(1500) }, { total: eur(1500) }]);
    expect(await balance(code)).toBe(1000);
  });

  it('that paid all of an event that is cancelled is credited, and has it back', async () => {
    const off = await openPricedShop();
    const { body } = await off.call(
      'POST',
      '/gift-cards',
      { amountMinor: 5000, currency: 'EUR' },
      event.organizerId,
    );
    const bought = await order(off, 'off', { [standing]: 2 }, { giftCards: [body['code']] });
    const orderId = String(bought.body['orderId']);
    const [fact] = await off.spoken(paymentCaptured);
    await off.hear(issue('off', asCaptured(fact!), off.now()));
    const { eventId, organizerId, title } = event;
    const cancelled = { eventId, organizerId, title, version: 99, cancelledAt: off.now() };
    await off.hear(eventCancelled.announce('called-off', eventId, off.now(), cancelled));
    await off.sweep();
    const notes = await off.call('GET', `/orders/${orderId}/credit-notes`);
    expect(notes.body['items']).toMatchObject([{ total: bought.body['total'] }]);
    await off.close();
  });

  it('has its share back where no tickets are left', async () => {
    const code = await codeOf(5000);
    const { body } = await order(shop, 'gone', { [standing]: 2 }, { giftCards: [code] });
    const fact = await captured(body['orderId']);
    await shop.hear(refuse('gone', fact, shop.now()));
    await shop.hear(refuse('gone-again', fact, shop.now()));
    expect([await shop.state(String(body['orderId'])), await balance(code)]).toEqual(['cancelled', 5000]);
    const said = (await shop.spoken(orderCancelled)).map((one) => orderCancelled.read(one));
    expect(said).toMatchObject([
      { orderId: body['orderId'], reason: 'no-stock-left', ticketIds: [], returnedToGiftCards: eur(3000) },
    ]);
  });

  it('is spent once by twenty at once', async () => {
    const code = await codeOf(4000);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        order(shop, `rush-${i}`, { [standing]: 1 }, { giftCards: [code] }),
      ),
    );
    const spent = answers.flatMap(
      ({ body }) => (body['giftCards'] ?? []) as { amount: { amountMinor: number } }[],
    );
    expect(spent.map(({ amount }) => amount.amountMinor).sort()).toEqual([1000, 1500, 1500]);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(17);
    expect(await balance(code)).toBe(0);
  });

  it('that was spent elsewhere while the money was late sends the money back', async () => {
    const code = await codeOf(1000);
    const { body } = await order(shop, 'late', { [standing]: 1 }, { giftCards: [code] });
    const orderId = String(body['orderId']);
    const { reference } = await shop.payment(orderId);
    shop.gateway.silences.push({ call: 'look up', fate: 'not-done' }, { call: 'cancel', fate: 'not-done' });
    await letExpire(shop);
    expect((await order(shop, 'other', { [standing]: 1 }, { giftCards: [code] })).status).toBe(201);
    await shop.webhook('late', { payment: shop.gateway.decide(reference, 'captured') });
    expect([await shop.state(orderId), await balance(code)]).toEqual(['refunding', 0]);
  });

  it('that has its share back is used again where the money was only late', async () => {
    const code = await codeOf(1000);
    const { body } = await order(shop, 'only-late', { [standing]: 1 }, { giftCards: [code] });
    const orderId = String(body['orderId']);
    const { reference } = await shop.payment(orderId);
    shop.gateway.silences.push({ call: 'look up', fate: 'not-done' }, { call: 'cancel', fate: 'not-done' });
    await letExpire(shop);
    expect(await balance(code)).toBe(1000);
    await shop.webhook('only-late', { payment: shop.gateway.decide(reference, 'captured') });
    expect([await shop.state(orderId), await balance(code)]).toEqual(['paid', 0]);
  });

  it('is refused for another organiser’s event, in another currency, after its end, twice and when it is empty', async () => {
    const yen = String((await issueCard(1000, { currency: 'JPY' })).body['code']);
    const dated = await codeOf(1000, { expiresAt: new Date(Date.parse(shop.now()) + 60_000).toISOString() });
    const fine = await codeOf(100);
    const spent = await codeOf(100);
    await order(shop, 'empty', { [standing]: 1 }, { giftCards: [spent] });
    await shop.pass(2);
    const { body } = await order(
      shop,
      'wrong',
      { [standing]: 1 },
      { giftCards: [yen, dated, fine, fine, spent] },
    );
    expect(
      (body['errors'] as { field: string; code: string }[]).map(({ field, code }) => [field, code]),
    ).toEqual([
      ['giftCards[0]', 'otherCurrency'],
      ['giftCards[1]', 'over'],
      ['giftCards[3]', 'twice'],
      ['giftCards[4]', 'empty'],
    ]);
    await announce(shop, { ...pricedEvent, version: 12, organizerId: 'somebody-else', terms: {} });
    const foreign = await order(shop, 'foreign', { [standing]: 1 }, { giftCards: [fine] });
    expect(foreign.body).toMatchObject({ errors: [{ code: 'elsewhere' }] });
    await announce(shop, { ...pricedEvent, version: 13, terms: {} });
  });

  it('is a liability of as much as is left on all of them, and the ledger sums to zero', async () => {
    const rows = await shop.database.query
      .selectFrom('giftCards')
      .select(['balanceMinor', 'currency'])
      .execute();
    const left = rows.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0);
    const ledger = await shop.ledger();
    expect(ledger[`giftcards:${event.organizerId}`]).toBe(-left);
    expect(ledger[`giftcards-issued:${event.organizerId}`]).toBe(left);
    expect(ledger['all']).toBe(0);
  });
});
