import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventPublished } from '@boxoffice/shared/contracts';
import { codes, etagOf, fields, idOf, openStageForOlivia } from './olivia';
import { draft } from './stage';

let on: Awaited<ReturnType<typeof openStageForOlivia>>;
let eventId: string;
beforeEach(async () => {
  on = await openStageForOlivia();
  eventId = idOf(await on.make());
});
afterEach(() => on.stage.close());

const tiers = [
  { name: 'First fifty', priceMinor: 3000, upTo: 50 },
  { name: 'Early bird', priceMinor: 3800, until: '2027-01-31T23:59:59.000Z' },
];
const packages = [{ name: 'Family of four', size: 4, priceMinor: 15_000 }];
const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const idOfType = ({ body }: { body: { readonly [member: string]: unknown } }) => String(body['ticketTypeId']);

describe('how prices come about', () => {
  it('is shown to buyers and published, in the event’s currency', async () => {
    const seat = await on.sell(eventId, { tiers, packages, taxCategory: 'reduced' });
    const seatId = idOfType(seat);
    await on.sell(eventId, { name: 'Programme booklet', priceMinor: 500, addOnTo: [seatId] });
    await on.sell(eventId, { name: 'For the roof', priceMinor: 5000, donation: true });
    await on.publish(eventId);
    await on.stage.pass(60);
    const expected = [
      {
        price: euros(4800),
        tiers: [
          { name: 'First fifty', price: euros(3000), upTo: 50 },
          { name: 'Early bird', price: euros(3800), until: '2027-01-31T23:59:59.000Z' },
        ],
        packages: [{ name: 'Family of four', size: 4, price: euros(15_000) }],
        taxCategory: 'reduced',
      },
      { addOnTo: [seatId] },
      { donation: true },
    ];
    const fact = eventPublished.read(on.stage.heard[0]!);
    expect(fact.ticketTypes).toMatchObject(expected);
    const page = (await on.stage.call('GET', `/events/${eventId}`)).body;
    expect(page).toMatchObject({ ticketTypes: expected, lowestPrice: euros(4800) });
    expect(page['ticketTypes']).toMatchObject([{ tiers: fact.ticketTypes[0]?.tiers }, {}, {}]);
    for (const member of ['tiers', 'packages', 'donation', 'taxCategory'])
      expect(fact.ticketTypes[1]).not.toHaveProperty(member);
    expect(fact.ticketTypes[2]).not.toHaveProperty('addOnTo');
  });

  it('is dropped where the ticket type is written without', async () => {
    const sold = await on.sell(eventId, { tiers, packages, taxCategory: 'reduced' });
    const path = `/events/${eventId}/ticket-types/${idOfType(sold)}`;
    const body = { name: 'Stalls', priceMinor: 4800, capacity: 240, tiers: [], packages: null };
    const { body: changed } = await on.olivia('PUT', path, { ifMatch: etagOf(sold), body });
    for (const member of ['tiers', 'packages', 'taxCategory']) expect(changed).not.toHaveProperty(member);
    expect((await on.olivia('GET', `/events/${eventId}`)).body['ticketTypes']).toEqual([changed]);
  });

  it('does not tell of a hidden ticket type that something is an add-on to it', async () => {
    const hidden = idOfType(await on.sell(eventId, { name: 'Press', accessCodes: ['PRESS'] }));
    const seat = idOfType(await on.sell(eventId));
    await on.sell(eventId, { name: 'Drink', addOnTo: [hidden, seat] });
    await on.publish(eventId);
    const page = await on.stage.call('GET', `/events/${eventId}`);
    expect(page.text).not.toContain(hidden);
    expect(page.body['ticketTypes']).toMatchObject([{}, { addOnTo: [seat] }]);
    expect((await on.olivia('GET', `/events/${eventId}`)).text).toContain(hidden);
  });

  it('is refused with everything that is wrong', async () => {
    const answer = await on.sell(eventId, {
      tiers: [{ name: 'Always', priceMinor: 1 }],
      packages: [{ name: 'Coach', size: 60, priceMinor: 1 }],
      donation: true,
      addOnTo: ['0'.repeat(26)],
    });
    expect(codes(answer)).toEqual([
      'tier-without-end',
      'package-over-max',
      'donation-with-prices',
      'unknown-ticket-type',
    ]);
    const ofForm = await on.sell(eventId, {
      tiers: [{ name: '', priceMinor: -1, until: 'soon', upTo: 0 }],
      packages: [{ name: 'One', size: 1, priceMinor: 1.5 }],
      donation: 'yes',
      addOnTo: ['x'],
      taxCategory: 'luxury',
    });
    expect(ofForm.status).toBe(400);
    expect(new Set(fields(ofForm))).toEqual(
      new Set([
        ...['tiers[0].name', 'tiers[0].priceMinor', 'tiers[0].until', 'tiers[0].upTo'],
        ...['packages[0].size', 'packages[0].priceMinor', 'donation', 'addOnTo', 'taxCategory'],
      ]),
    );
  });

  it('keeps the event’s currency, also where the price itself is nothing', async () => {
    const sold = await on.sell(eventId, { priceMinor: 0, packages });
    const body = draft(on.where, { currency: 'JPY' });
    const answer = await on.olivia('PUT', `/events/${eventId}`, { ifMatch: etagOf(sold), body });
    expect(codes(answer)).toEqual(['prices-set']);
  });
});

describe('a ticket type with add-ons', () => {
  it('stays while there is one, and can’t become one', async () => {
    const seat = idOfType(await on.sell(eventId));
    const other = idOfType(await on.sell(eventId, { name: 'Box' }));
    const drink = await on.sell(eventId, { name: 'Drink', addOnTo: [seat] });
    const path = `/events/${eventId}/ticket-types`;
    const ifMatch = etagOf(drink);
    const body = { name: 'Stalls', priceMinor: 4800, capacity: 240, addOnTo: [other] };
    expect(codes(await on.olivia('PUT', `${path}/${seat}`, { ifMatch, body }))).toEqual(['has-add-ons']);
    expect(await on.olivia('DELETE', `${path}/${seat}`, { ifMatch })).toMatchObject({
      status: 409,
      body: { code: 'ticket-type-in-use' },
    });
    const removed = await on.olivia('DELETE', `${path}/${idOfType(drink)}`, { ifMatch });
    expect((await on.olivia('DELETE', `${path}/${seat}`, { ifMatch: etagOf(removed) })).status).toBe(204);
  });

  it('is no other but itself', async () => {
    const sold = await on.sell(eventId);
    const seat = idOfType(sold);
    const body = { name: 'Stalls', priceMinor: 4800, capacity: 240, addOnTo: [seat] };
    const path = `/events/${eventId}/ticket-types/${seat}`;
    const answer = await on.olivia('PUT', path, { ifMatch: etagOf(sold), body });
    expect(codes(answer)).toEqual(['unknown-ticket-type']);
  });
});
