import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventPublished } from '@boxoffice/shared/contracts';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import { codes, etagOf, fields, idOf, openStageForOlivia } from './olivia';
import { draft } from './stage';

let on: Awaited<ReturnType<typeof openStageForOlivia>>;
let eventId: string;
let discounts: string;
beforeEach(async () => {
  on = await openStageForOlivia();
  eventId = idOf(await on.make());
  discounts = `/events/${eventId}/discounts`;
});
afterEach(() => on.stage.close());

const quarter = {
  name: 'A quarter off',
  off: { is: 'percentage', basisPoints: 2500 },
  codes: ['LANTERN-25'],
  maxUses: 100,
};
const give = (change: object = {}, key?: string) =>
  on.olivia('POST', discounts, { body: { ...quarter, ...change }, ...(key && { key }) });
const discountIdOf = ({ body }: { body: { readonly [member: string]: unknown } }) =>
  String(body['discountId']);
const told = () => on.stage.heard.map((envelope) => eventPublished.read(envelope));

describe('a discount', () => {
  it('is given, changed and ended, each time as a new version of the event', async () => {
    const given = await give();
    expect(given).toMatchObject({ status: 201, headers: { etag: '"2"' }, body: quarter });
    const path = `${discounts}/${discountIdOf(given)}`;
    expect(given.headers['location']).toBe(`/api/v1${path}`);
    const body = { name: 'Five off', off: { is: 'amount', amountMinor: 500, per: 'ticket' }, minTickets: 2 };
    expect((await on.olivia('PUT', path, { ifMatch: '"1"', body })).status).toBe(412);
    const changed = await on.olivia('PUT', path, { ifMatch: '"2"', body });
    expect(changed).toMatchObject({ status: 200, headers: { etag: '"3"' } });
    expect(changed.body).toEqual({ discountId: discountIdOf(given), ...body });
    expect((await on.olivia('GET', discounts)).body).toEqual({ items: [changed.body] });
    const ended = await on.olivia('DELETE', path, { ifMatch: '"3"' });
    expect(ended).toMatchObject({ status: 204, headers: { etag: '"4"' } });
    expect((await on.olivia('GET', discounts)).body).toEqual({ items: [] });
    for (const method of ['PUT', 'DELETE']) {
      const again = await on.olivia(method, path, { ifMatch: '"4"', ...(method === 'PUT' && { body }) });
      expect(again).toMatchObject({ status: 404, body: { code: 'discount-not-found' } });
    }
  });

  it('is given once, with the same codes, however often the request comes', async () => {
    const change = { codes: null, newCodes: 3, perCode: true, maxUses: 1 };
    const given = await give(change, 'same');
    const drawn = given.body['codes'] as unknown as string[];
    expect(new Set(drawn).size).toBe(3);
    expect((await give(change, 'same')).body).toEqual(given.body);
    expect((await on.olivia('GET', discounts)).body['items']).toEqual([given.body]);
    const path = `${discounts}/${discountIdOf(given)}`;
    const body = { ...quarter, codes: drawn, newCodes: 2 };
    const more = await on.olivia('PUT', path, { ifMatch: etagOf(given), body });
    expect(more.body['codes']).toEqual([...drawn, expect.any(String), expect.any(String)]);
  });

  it('is published with hashes of its codes, also when it is given after that', async () => {
    await on.sell(eventId);
    const early = await give();
    await on.publish(eventId);
    const late = await give({ name: 'For two', codes: null, minTickets: 2 });
    const path = `${discounts}/${discountIdOf(early)}`;
    await on.olivia('DELETE', path, { ifMatch: etagOf(late) });
    await on.stage.pass(60);
    expect(JSON.stringify(on.stage.heard)).not.toMatch(/lantern/i);
    const [first, second, third] = told();
    const announced = {
      discountId: discountIdOf(early),
      ...quarter,
      codes: [accessCodeHash(discountIdOf(early), 'lantern-25')],
    };
    const automatic = { discountId: discountIdOf(late), name: 'For two', off: quarter.off };
    expect(first!.terms).toEqual({ discounts: [announced] });
    expect(second!.terms).toEqual({
      discounts: [announced, { ...automatic, minTickets: 2, maxUses: 100 }],
    });
    expect([first!, second!, third!].map(({ version }) => version)).toEqual([4, 5, 6]);
    expect(third!.terms?.discounts).toHaveLength(1);
    expect(third!.ticketTypes).toEqual(first!.ticketTypes);
  });

  it('is its organiser’s alone to see and to give', async () => {
    await on.sell(eventId);
    const path = `${discounts}/${discountIdOf(await give())}`;
    await give({ name: 'For everybody', codes: null });
    await on.publish(eventId);
    for (const place of [`/events/${eventId}`, '/events'])
      expect((await on.stage.call('GET', place)).text).not.toMatch(/lantern|quarter|everybody/i);
    const oskar = { as: 'oskar', ifMatch: '"4"' };
    expect((await on.stage.call('GET', discounts, { as: 'oskar' })).status).toBe(404);
    expect((await on.stage.call('POST', discounts, { as: 'oskar', body: quarter })).status).toBe(404);
    expect((await on.stage.call('PUT', path, { ...oskar, body: quarter })).status).toBe(404);
    expect((await on.stage.call('DELETE', path, oskar)).status).toBe(404);
    expect((await on.stage.call('GET', discounts)).status).toBe(401);
  });

  it('is refused with everything that is wrong', async () => {
    await give();
    const answer = await give({ off: { is: 'amount' }, perCode: true, maxUses: null });
    expect(codes(answer)).toEqual([
      ...['name-taken', 'off-incomplete', 'off-incomplete', 'code-taken', 'no-max-uses'],
    ]);
    const ofForm = await give({
      off: { is: 'half', basisPoints: 10_001, amountMinor: 0, per: 'seat' },
      codes: [],
      newCodes: 1001,
      ticketTypeIds: [],
      minTickets: 0,
      maxUses: 0,
      maxUsesPerBuyer: 0,
      from: 'now',
    });
    expect(ofForm.status).toBe(400);
    expect(new Set(fields(ofForm))).toEqual(
      new Set([
        ...['off.is', 'off.basisPoints', 'off.amountMinor', 'off.per', 'codes', 'newCodes'],
        ...['ticketTypeIds', 'minTickets', 'maxUses', 'maxUsesPerBuyer', 'from'],
      ]),
    );
    expect(fields(await give({ off: null }))).toEqual(['off']);
  });

  it('is one of fifty at most', async () => {
    for (let number = 1; number <= 50; number++) await give({ name: `Number ${number}`, codes: null });
    expect(await give({ name: 'Number 51' })).toMatchObject({
      status: 409,
      body: { code: 'discounts-full', most: 50 },
    });
  });

  it('keeps the event’s currency where it is an amount, and the ticket types that it is for', async () => {
    const sold = await on.sell(eventId, { priceMinor: 0 });
    const ticketTypeId = String(sold.body['ticketTypeId']);
    const off = { is: 'amount', amountMinor: 500, per: 'order' };
    const ifMatch = etagOf(await give({ off, ticketTypeIds: [ticketTypeId] }));
    const body = draft(on.where, { currency: 'JPY' });
    expect(codes(await on.olivia('PUT', `/events/${eventId}`, { ifMatch, body }))).toEqual(['prices-set']);
    const removed = await on.olivia('DELETE', `/events/${eventId}/ticket-types/${ticketTypeId}`, { ifMatch });
    expect(removed).toMatchObject({ status: 409, body: { code: 'ticket-type-in-use' } });
  });

  it('is given no more codes than can be told in one message, on sale or before', async () => {
    await on.sell(eventId);
    await on.publish(eventId);
    const vouchers = (number: number) => give({ name: `Batch ${number}`, codes: null, newCodes: 1000 });
    for (let number = 1; number <= 8; number++) expect((await vouchers(number)).status).toBe(201);
    const answer = await vouchers(9);
    expect(answer.status).toBe(422);
    expect([codes(answer), fields(answer)]).toEqual([['too-large-to-publish'], ['discounts']]);
    expect((await on.olivia('GET', discounts)).body['items']).toHaveLength(8);
    const other = idOf(await on.make());
    await on.sell(other);
    for (let number = 1; number <= 9; number++)
      await on.olivia('POST', `/events/${other}/discounts`, {
        body: { ...quarter, name: `Batch ${number}`, codes: null, newCodes: 1000 },
      });
    expect(codes(await on.publish(other))).toEqual(['too-large-to-publish']);
  });

  it('is neither given nor ended once the event is cancelled', async () => {
    const path = `${discounts}/${discountIdOf(await give())}`;
    const body = { reason: 'Rain.' };
    const ifMatch = etagOf(await on.olivia('POST', `/events/${eventId}/cancel`, { body }));
    for (const answer of [await give({ name: 'Late' }), await on.olivia('DELETE', path, { ifMatch })])
      expect(answer).toMatchObject({ status: 409, body: { code: 'event-cancelled' } });
  });
});
