import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventPublished } from '@boxoffice/shared/contracts';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import { codes, fields, idOf, openStageForOlivia } from './olivia';

let on: Awaited<ReturnType<typeof openStageForOlivia>>;
beforeEach(async () => {
  on = await openStageForOlivia();
});
afterEach(() => on.stage.close());

const friends = { name: 'Friends of the house', priceMinor: 100, accessCodes: ['FRIENDS-2027', 'press'] };

describe('a ticket type with access codes', () => {
  it('is seen, and its codes are, by its organiser alone', async () => {
    const eventId = idOf(await on.make());
    await on.sell(eventId);
    const added = await on.sell(eventId, friends);
    expect(added).toMatchObject({ status: 201, body: { accessCodes: friends.accessCodes } });
    const { slug } = (await on.publish(eventId)).body;
    const places = [
      `/events/${eventId}`,
      `/events/slug/${String(slug)}`,
      `/events/${eventId}/ticket-types`,
      '/events',
      '/events?q=winterreise',
      `/events/${eventId}.ics`,
    ];
    for (const place of places)
      for (const call of [{}, { as: 'ben' }, { as: 'oskar' }, { as: 'ada' }]) {
        const { status, text } = await on.stage.call('GET', place, call);
        expect(status).toBe(200);
        for (const secret of [/friends/i, /press/, String(added.body['ticketTypeId']), /accessCode/])
          expect(text).not.toMatch(secret);
      }
    for (const place of places.slice(0, 3))
      expect((await on.olivia('GET', place)).text).toContain('"accessCodes":["FRIENDS-2027","press"]');
    for (const place of ['/events', `/events/${eventId}`]) {
      const { body } = await on.stage.call('GET', place);
      const [event = body] = (body['items'] as unknown as object[] | undefined) ?? [];
      expect(event).toMatchObject({ lowestPrice: { amountMinor: 4800 } });
    }
  });

  it('leaves nothing to see of an event that has no other', async () => {
    const eventId = idOf(await on.make());
    await on.sell(eventId, friends);
    await on.publish(eventId);
    const { body } = await on.stage.call('GET', `/events/${eventId}`);
    expect(body).toMatchObject({ ticketTypes: [] });
    expect(body).not.toHaveProperty('lowestPrice');
  });

  it('is another representation to others, so theirs is not taken for the organiser’s', async () => {
    const event = await on.published();
    const path = `/events/${idOf(event)}`;
    const [own, others] = [await on.olivia('GET', path), await on.stage.call('GET', path)];
    expect(own.headers['etag']).toBe(event.headers['etag']);
    expect(others.headers['etag']).not.toBe(own.headers['etag']);
  });

  it('is published with hashes of its codes', async () => {
    const eventId = idOf(await on.make());
    const ticketTypeId = String((await on.sell(eventId, friends)).body['ticketTypeId']);
    await on.publish(eventId);
    await on.stage.pass(60);
    expect(JSON.stringify(on.stage.heard[0])).not.toMatch(/friends-2027|press/i);
    expect(eventPublished.read(on.stage.heard[0]!).ticketTypes[0]?.accessCodes).toEqual([
      accessCodeHash(ticketTypeId, 'friends-2027'),
      accessCodeHash(ticketTypeId, 'PRESS'),
    ]);
  });

  it('is refused with everything that is wrong with it', async () => {
    const eventId = idOf(await on.make());
    const answer = await on.sell(eventId, {
      accessCodes: ['FRIENDS', 'press', 'Friends', 'PRESS'],
      minPerOrder: 3,
      maxPerBuyer: 2,
      poolId: '0'.repeat(26),
    });
    expect(codes(answer)).toEqual(['min-over-buyer', 'unknown-pool', 'code-twice', 'code-twice']);
    expect(fields(answer).slice(2)).toEqual(['accessCodes[2]', 'accessCodes[3]']);
    const ofForm = { accessCodes: ['abc', 'x'.repeat(41), 'sp ace', 'ümlaut'], maxPerBuyer: 0 };
    for (const accessCodes of [...ofForm.accessCodes.map((code) => [code]), [], Array(101).fill('code')])
      expect(fields(await on.sell(eventId, { accessCodes }))).toEqual(['accessCodes']);
    expect(fields(await on.sell(eventId, ofForm))).toEqual(['maxPerBuyer', 'accessCodes']);
  });

  it('is everybody’s again once it is written without codes', async () => {
    const eventId = idOf(await on.make());
    const added = await on.sell(eventId, friends);
    const path = `/events/${eventId}/ticket-types/${String(added.body['ticketTypeId'])}`;
    const body = { name: 'Friends', priceMinor: 100, capacity: 5 };
    const changed = await on.olivia('PUT', path, { ifMatch: added.headers['etag']!, body });
    expect(changed.body).not.toHaveProperty('accessCodes');
    await on.publish(eventId);
    expect((await on.stage.call('GET', `/events/${eventId}`)).body['ticketTypes']).toHaveLength(1);
  });
});
