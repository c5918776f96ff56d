import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orderFulfilled, paymentCaptured, paymentRefunded } from '@boxoffice/shared/contracts';
import { announce, letExpire, openPricedShop, order, pricedEvent } from './priced-event';
import { asCaptured, free, issue, kiosk, refuse, stalls, standing, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openPricedShop();
});
afterAll(() => shop.close());

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const captured = async (orderId: unknown) =>
  (await shop.spoken(paymentCaptured)).map(asCaptured).find((fact) => fact.orderId === orderId)!;
const taken = async (allowanceId: string) =>
  (
    await shop.database.query
      .selectFrom('allowances')
      .select('taken')
      .where('allowanceId', '=', allowanceId)
      .executeTakeFirst()
  )?.taken;
const tier = `tier~${stalls}~early`;
const ten = `discount~${pricedEvent.eventId}~d-ten`;

describe('a price', () => {
  it('is quoted as it is then placed, whole, and stays so whatever is announced later', async () => {
    const holdToken = shop.token('whole', { [stalls]: 5, [standing]: 1 });
    const asked = {
      holdToken,
      codes: ['half'],
      prices: [{ ticketTypeId: standing, amountMinor: 2000 }],
    };
    const quote = await shop.call('POST', '/quotes', asked);
    expect(quote.status).toBe(200);
    expect(quote.body).toMatchObject({
      lines: [
        {
          name: 'Stalls',
          quantity: 1,
          package: { name: 'Family', size: 4 },
          discount: eur(7500),
          gross: eur(7500),
        },
        { name: 'Stalls', quantity: 1, tierId: 'early', unitPrice: eur(4000), lineTotal: eur(2000) },
        { name: 'Standing', quantity: 1, unitPrice: eur(2000), tax: eur(167), net: eur(833) },
      ],
      fees: [{ name: 'Booking', gross: eur(200) }],
      discounts: [{ discountId: 'd-half', code: 'half', amount: eur(10_500) }],
      taxes: [{ name: 'USt', basisPoints: 2000, net: eur(8917), tax: eur(1783) }],
      total: eur(10_700),
      giftCards: [],
      due: eur(10_700),
    });
    const placed = await shop.call('POST', '/orders', asked);
    expect(placed.body).toMatchObject(quote.body);
    await announce(shop, { ...pricedEvent, version: 11, terms: {} });
    const { orderId } = placed.body;
    expect((await shop.call('GET', `/orders/${String(orderId)}`)).body).toMatchObject(quote.body);
    await announce(shop, { ...pricedEvent, version: 12 });
    const paid = await shop.payment(String(orderId));
    expect(shop.gateway.told(paid.reference)).toBeDefined();
    await shop.webhook('whole', { payment: shop.gateway.decide(paid.reference, 'captured') });
    // Whatever the lines of a price: it is tickets that are issued.
    const fact = await captured(orderId);
    expect(fact).toMatchObject({
      amount: eur(10_700),
      lines: [
        { ticketTypeId: stalls, quantity: 5 },
        { ticketTypeId: standing, quantity: 1 },
      ],
    });
    await shop.hear(issue('whole', fact, shop.now()));
    expect(await shop.state(String(orderId))).toBe('fulfilled');
  });

  it('loses the tax for a business that owes it itself', async () => {
    const buyer = {
      name: 'Grete',
      email: 'g@example.org',
      company: 'Grete GmbH',
      vatId: 'DE129274202',
      country: 'DE',
      locale: 'de-DE',
    };
    const { body } = await order(shop, 'business', { [standing]: 2 }, { buyer });
    expect(body).toMatchObject({
      buyer,
      total: eur(2667),
      taxes: [{ net: eur(2667), tax: eur(0), reverseCharge: true }],
    });
    expect((await shop.call('GET', `/orders/${String(body['orderId'])}`)).body['buyer']).toEqual(buyer);
  });

  it('is refused for a VAT number with a wrong digit, and not for one that nobody here can check', async () => {
    const buyer = { name: 'Grete', email: 'g@example.org', vatId: 'DE129274203', country: 'DE' };
    const holdToken = shop.token('vat', { [standing]: 1 });
    for (const path of ['/quotes', '/orders'])
      expect((await shop.call('POST', path, { holdToken, buyer })).body).toMatchObject({
        code: 'purchase-refused',
        errors: [{ field: 'buyer.vatId', code: 'vat-id-wrong' }],
      });
    const elsewhere = { ...buyer, vatId: 'US123456789' };
    expect((await shop.call('POST', '/quotes', { holdToken, buyer: elsewhere })).status).toBe(200);
  });

  it('is refused with everything that is wrong, and nothing is taken', async () => {
    const wrong = {
      codes: ['TEN', 'NONE'],
      giftCards: ['nope'],
      prices: [{ ticketTypeId: standing, amountMinor: 1 }],
      answers: [{ questionId: 'q-news', answer: 'perhaps' }],
    };
    const lines = { [standing]: 1, [free]: 1 };
    const { body } = await order(shop, 'wrong', lines, wrong);
    expect(body).toMatchObject({ status: 422, code: 'purchase-refused' });
    expect((body['errors'] as { field: string }[]).map(({ field }) => field)).toEqual([
      'prices[0].amountMinor',
      'holdToken',
      'codes[1]',
      'giftCards[0]',
      'answers[0].answer',
    ]);
    expect(await taken(ten)).toBeUndefined();
    const quote = await shop.call('POST', '/quotes', { holdToken: shop.token('wrong', lines), ...wrong });
    expect((quote.body['errors'] as unknown[]).length).toBe(4);
    expect((await order(shop, 'wrong', { [standing]: 1 })).status).toBe(201);
  });
});

describe('what there is only so much of', () => {
  it('is an early bird’s price: taken by orders that are placed, and given back by those that expire', async () => {
    await announce(shop, { ...pricedEvent, version: 13 });
    const before = (await taken(tier)) ?? 0;
    const { body } = await order(shop, 'bird', { [stalls]: 3 });
    expect((body['lines'] as { quantity: number }[]).map(({ quantity }) => quantity)).toEqual([
      3 - before,
      before,
    ]);
    expect(await taken(tier)).toBe(3);
    expect((await order(shop, 'late-bird', { [stalls]: 1 })).body).toMatchObject({
      lines: [{ unitPrice: eur(4800) }],
    });
    await letExpire(shop);
    expect(await taken(tier)).toBe(before);
    await shop.sweep();
    expect(await taken(tier)).toBe(before);
  });

  it('is a voucher: of a hundred at once, ten have it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => order(shop, `ten-${i}`, { [standing]: 1 }, { codes: ['TEN'] })),
    );
    const placed = answers.filter(({ status }) => status === 201);
    expect(placed).toHaveLength(10);
    for (const { status, body } of answers)
      if (status !== 201)
        expect(body).toMatchObject({ status: 422, errors: [{ field: 'codes[0]', code: 'usedUp' }] });
    expect(await taken(ten)).toBe(10);
    await letExpire(shop);
    expect(await taken(ten)).toBe(0);
  });

  it('is a voucher of which each buyer has so many', async () => {
    const once = { codes: ['ONCE'] };
    expect((await order(shop, 'once-1', { [standing]: 1 }, once)).status).toBe(201);
    expect((await order(shop, 'once-2', { [standing]: 1 }, once)).body).toMatchObject({
      errors: [{ code: 'usedUp' }],
    });
    expect((await order(shop, 'once-3', { [standing]: 1 }, once, 'eve')).status).toBe(201);
  });

  it('is not taken by a quote', async () => {
    const before = await taken(ten);
    const holdToken = shop.token('asking', { [standing]: 1 });
    expect((await shop.call('POST', '/quotes', { holdToken, codes: ['TEN'] })).status).toBe(200);
    expect(await taken(ten)).toBe(before);
  });

  it('goes back where no tickets are left for a paid order', async () => {
    const { body } = await order(shop, 'refused', { [standing]: 1 }, { codes: ['TEN'] });
    const { reference } = await shop.payment(String(body['orderId']));
    await shop.webhook('refused', { payment: shop.gateway.decide(reference, 'captured') });
    const before = (await taken(ten))!;
    await shop.hear(refuse('refused', await captured(body['orderId']), shop.now()));
    expect(await taken(ten)).toBe(before - 1);
  });

  it('is taken again by money that comes late, or sends it back where it is gone', async () => {
    const late = async (suffix: string) => {
      const { body } = await order(shop, suffix, { [standing]: 1 }, { codes: ['TEN'] });
      const orderId = String(body['orderId']);
      const { reference } = await shop.payment(orderId);
      shop.gateway.silences.push({ call: 'look up', fate: 'not-done' }, { call: 'cancel', fate: 'not-done' });
      await letExpire(shop);
      expect(await shop.state(orderId)).toBe('expired');
      const pay = () => shop.webhook(suffix, { payment: shop.gateway.decide(reference, 'captured') });
      return { orderId, pay };
    };
    const first = await late('late-1');
    const second = await late('late-2');
    const before = (await taken(ten))!;
    await first.pay();
    expect(await shop.state(first.orderId)).toBe('paid');
    expect(await taken(ten)).toBe(before + 1);
    for (let i = (await taken(ten))!; i < 10; i++)
      expect((await order(shop, `last-${i}`, { [standing]: 1 }, { codes: ['TEN'] }, 'eve')).status).toBe(201);
    await second.pay();
    expect(await shop.state(second.orderId)).toBe('refunding');
    expect(await taken(ten)).toBe(10);
    await shop.sweep();
    expect(await shop.state(second.orderId)).toBe('refunded');
    const refunds = (await shop.spoken(paymentRefunded)).map(
      ({ data }) => (data as { orderId: string }).orderId,
    );
    expect(refunds).toContain(second.orderId);
    expect((await shop.ledger())['all']).toBe(0);
  });
});

describe('answers', () => {
  const attendee = { ticketTypeId: kiosk, name: 'Nils', answers: [{ questionId: 'q-meal', answer: 'fish' }] };

  it('are wanted of each attendee where something has to be asked, and fit the question', async () => {
    const faults = async (more: object) => {
      const { body } = await order(shop, 'answers', { [kiosk]: 2 }, more);
      return (body['errors'] as { field: string; code: string }[]).map(({ field, code }) => [field, code]);
    };
    expect(await faults({})).toEqual([['attendees', 'unanswered']]);
    expect(await faults({ attendees: [attendee, { ticketTypeId: kiosk }, attendee] })).toEqual([
      ['attendees[1].answers', 'unanswered'],
      ['attendees[2].ticketTypeId', 'noTicket'],
    ]);
    const odd = [
      { questionId: 'q-meal', answer: 'meat' },
      { questionId: 'q-meal', answer: 'fish' },
      { questionId: 'q-news', answer: 'yes' },
    ];
    expect(await faults({ attendees: [attendee, { ticketTypeId: kiosk, answers: odd }] })).toEqual([
      ['attendees[1].answers[0].answer', 'unfit'],
      ['attendees[1].answers[1].questionId', 'twice'],
      ['attendees[1].answers[2].questionId', 'notAsked'],
    ]);
  });

  it('are kept with the order, and told to nobody else', async () => {
    const answers = [{ questionId: 'q-news', answer: 'no' }];
    const buyer = { name: 'Grace', email: 'grace@example.org', company: 'Hopper & Co' };
    const { body } = await order(shop, 'kept', { [kiosk]: 1 }, { buyer, answers, attendees: [attendee] });
    expect(body['answers']).toEqual({ buyer: answers, attendees: [attendee] });
    const orderId = String(body['orderId']);
    expect((await shop.call('GET', `/orders/${orderId}`)).body['answers']).toEqual(body['answers']);
    const { reference } = await shop.payment(orderId);
    await shop.webhook('kept', { payment: shop.gateway.decide(reference, 'captured') });
    await shop.hear(issue('kept', await captured(orderId), shop.now()));
    const said = (await shop.spoken(orderFulfilled)).find(({ subject }) => subject === orderId)!;
    expect(orderFulfilled.read(said).buyer).toEqual({ name: 'Grace', email: 'grace@example.org' });
    const { receipt, ...told } = orderFulfilled.read(said);
    // The company stands on the receipt that is sent, and nowhere else.
    expect(receipt?.buyer.company).toBe('Hopper & Co');
    expect(JSON.stringify(told)).not.toContain('Hopper');
    expect(JSON.stringify(shop.said)).not.toContain('Nils');
  });
});
