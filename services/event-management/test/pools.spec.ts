import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventPublished } from '@boxoffice/shared/contracts';
import { codes, etagOf, fields, idOf, openStageForOlivia } from './olivia';

let on: Awaited<ReturnType<typeof openStageForOlivia>>;
let eventId: string;
let pools: string;
beforeEach(async () => {
  on = await openStageForOlivia();
  eventId = idOf(await on.make());
  pools = `/events/${eventId}/pools`;
});
afterEach(() => on.stage.close());

const hall = { name: 'Hall', capacity: 100 };
const add = (change: object = {}) => on.olivia('POST', pools, { body: { ...hall, ...change } });
const poolIdOf = ({ body }: { body: { readonly [member: string]: unknown } }) => String(body['poolId']);

describe('a pool', () => {
  it('is added, changed and removed, each time as a new version of the event', async () => {
    const added = await add();
    expect(added).toMatchObject({ status: 201, headers: { etag: '"2"' }, body: hall });
    const path = `${pools}/${poolIdOf(added)}`;
    expect(added.headers['location']).toBe(`/api/v1${path}`);
    const body = { name: 'Whole hall', capacity: 120 };
    expect((await on.olivia('PUT', path, { ifMatch: '"1"', body })).status).toBe(412);
    const changed = await on.olivia('PUT', path, { ifMatch: '"2"', body });
    expect(changed).toMatchObject({ status: 200, headers: { etag: '"3"' }, body });
    expect((await on.olivia('GET', pools)).body).toEqual({ items: [changed.body] });
    expect((await on.olivia('GET', `/events/${eventId}`)).body['pools']).toEqual([changed.body]);
    expect(await on.olivia('DELETE', path, { ifMatch: '"3"' })).toMatchObject({
      status: 204,
      headers: { etag: '"4"' },
    });
    expect((await on.olivia('GET', pools)).body).toEqual({ items: [] });
    expect((await on.olivia('PUT', path, { ifMatch: '"4"', body })).body['code']).toBe('pool-not-found');
    expect((await on.olivia('DELETE', path, { ifMatch: '"4"' })).body['code']).toBe('pool-not-found');
  });

  it('is its organiser’s alone', async () => {
    const path = `${pools}/${poolIdOf(await add())}`;
    for (const as of ['oskar']) {
      expect((await on.stage.call('GET', pools, { as })).status).toBe(404);
      expect((await on.stage.call('POST', pools, { as, body: hall })).status).toBe(404);
      expect((await on.stage.call('PUT', path, { as, ifMatch: '"2"', body: hall })).status).toBe(404);
      expect((await on.stage.call('DELETE', path, { as, ifMatch: '"2"' })).status).toBe(404);
    }
    expect((await on.stage.call('GET', pools)).status).toBe(401);
  });

  it('has a name of its own, and there are twenty at most', async () => {
    await add();
    expect(codes(await add({ name: 'HALL' }))).toEqual(['name-taken']);
    for (let number = 2; number <= 20; number++) await add({ name: `Hall ${number}` });
    expect((await add({ name: 'Hall 21' })).body).toMatchObject({
      status: 409,
      code: 'pools-full',
      most: 20,
    });
  });

  it('is one of the same event for a ticket type, and stays while one shares it', async () => {
    const other = idOf(await on.make());
    const poolId = poolIdOf(await add());
    expect(codes(await on.sell(other, { poolId }))).toEqual(['unknown-pool']);
    const sold = await on.sell(eventId, { poolId });
    expect(sold.body).toMatchObject({ poolId });
    const path = `${pools}/${poolId}`;
    expect(await on.olivia('DELETE', path, { ifMatch: etagOf(sold) })).toMatchObject({
      status: 409,
      body: { code: 'pool-in-use' },
    });
    const type = `/events/${eventId}/ticket-types/${String(sold.body['ticketTypeId'])}`;
    const removed = await on.olivia('DELETE', type, { ifMatch: etagOf(sold) });
    expect((await on.olivia('DELETE', path, { ifMatch: etagOf(removed) })).status).toBe(204);
  });

  it('is published with the ticket types that share it', async () => {
    const poolId = poolIdOf(await add());
    await on.sell(eventId, { name: 'Early bird', poolId, maxPerBuyer: 4 });
    await on.sell(eventId, { name: 'Standing' });
    const answer = await on.publish(eventId);
    expect(answer.status).toBe(200);
    await on.stage.pass(60);
    const fact = eventPublished.read(on.stage.heard[0]!);
    expect(fact.pools).toEqual([{ poolId, ...hall }]);
    expect(fact.ticketTypes).toMatchObject([{ poolId, maxPerBuyer: 4 }, { name: 'Standing' }]);
    for (const member of ['poolId', 'maxPerBuyer', 'accessCodes'])
      expect(fact.ticketTypes[1]).not.toHaveProperty(member);
    expect(fact).not.toHaveProperty('seatMap');
    const seen = (await on.stage.call('GET', `/events/${eventId}`)).body;
    expect(seen['ticketTypes']).toMatchObject([{ maxPerBuyer: 4 }, {}]);
    expect(JSON.stringify(seen)).not.toContain(poolId);
    const path = `${pools}/${poolId}`;
    expect((await on.olivia('PUT', path, { ifMatch: etagOf(answer), body: hall })).status).toBe(409);
    expect((await add({ name: 'Late' })).status).toBe(409);
  });

  it('keeps the event from being published where nothing can be sold from it', async () => {
    await add({ name: 'Idle' });
    const poolId = poolIdOf(await add({ capacity: 3 }));
    await on.sell(eventId, { poolId, minPerOrder: 4 });
    const answer = await on.publish(eventId);
    expect(codes(answer)).toEqual(['pool-unused', 'min-over-pool']);
    expect(fields(answer)).toEqual(['pools[0]', 'pools[1].capacity']);
  });
});
