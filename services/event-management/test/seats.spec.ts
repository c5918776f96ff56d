import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventPublished } from '@boxoffice/shared/contracts';
import { codes, etagOf, fields, idOf, openStageForOlivia } from './olivia';
import { draft, type Answered } from './stage';

let on: Awaited<ReturnType<typeof openStageForOlivia>>;
let maps: string;
beforeEach(async () => {
  on = await openStageForOlivia();
  maps = `/venues/${on.where.venueId}/seat-maps`;
});
afterEach(() => on.stage.close());

const chamber = {
  name: 'Schubert-Saal',
  sections: [
    {
      name: 'Parkett',
      rows: [
        { name: 'A', first: 1, last: 12, accessible: [1, 12] },
        { name: 'B', first: 1, last: 14, gaps: [7, 8] },
      ],
    },
    { name: 'Galerie', rows: [{ name: 'A', first: 1, last: 9, restrictedView: [1, 9] }] },
  ],
};
const drawn = async (body: object = chamber) =>
  String((await on.olivia('POST', maps, { body })).body['seatMapId']);
const typeIdOf = ({ body }: Answered) => String(body['ticketTypeId']);

describe('a seat map of a venue', () => {
  it('is drawn once, and shown to anyone', async () => {
    const made = await on.olivia('POST', maps, { body: chamber, key: 'same' });
    expect(made).toMatchObject({ status: 201, body: { ...chamber, seats: 33 } });
    expect((await on.olivia('POST', maps, { body: chamber, key: 'same' })).body).toEqual(made.body);
    expect((await on.stage.call('GET', made.headers['location']!.slice('/api/v1'.length))).body).toEqual(
      made.body,
    );
    const second = await drawn({ ...chamber, name: 'Without the gallery' });
    const page = (await on.stage.call('GET', `${maps}?limit=1`)).body;
    expect(page['items']).toEqual([
      { seatMapId: second, name: 'Without the gallery', seats: 33, addedAt: expect.any(String) },
    ]);
    const rest = await on.stage.call('GET', `${maps}?cursor=${String(page['nextCursor'])}`);
    expect(rest.body).toMatchObject({ items: [{ name: 'Schubert-Saal' }] });
    expect(JSON.stringify([made.body, page])).not.toContain('olivia');
  });

  it('is that of its venue alone', async () => {
    const seatMapId = await drawn();
    const nowhere = `/venues/${'0'.repeat(26)}/seat-maps`;
    expect((await on.olivia('POST', nowhere, { body: chamber })).body['code']).toBe('venue-not-found');
    expect((await on.stage.call('GET', nowhere)).body['code']).toBe('venue-not-found');
    expect((await on.stage.call('GET', `${nowhere}/${seatMapId}`)).body['code']).toBe('seat-map-not-found');
    expect((await on.olivia('DELETE', `${nowhere}/${seatMapId}`)).body['code']).toBe('seat-map-not-found');
  });

  it('is removed by who has drawn it, once', async () => {
    const path = `${maps}/${await drawn()}`;
    expect(await on.stage.call('DELETE', path, { as: 'oskar' })).toMatchObject({
      status: 404,
      body: { code: 'seat-map-not-found' },
    });
    expect((await on.olivia('DELETE', path)).status).toBe(204);
    expect((await on.olivia('DELETE', path)).status).toBe(404);
    expect((await on.stage.call('GET', path)).status).toBe(404);
    expect((await on.stage.call('GET', maps)).body).toEqual({ items: [] });
  });

  it('has printable names without a slash', async () => {
    const named = (section: string, row: string) => ({
      name: 'x',
      sections: [{ name: section, rows: [{ name: row, first: 1, last: 2 }] }],
    });
    for (const name of ['a/b', 'a\u200bb', 'a\u00adb', 'a\u00a0b', '\u2063', 'a\nb', ' ', 'x'.repeat(41)])
      expect(fields(await on.olivia('POST', maps, { body: named(name, name) }))).toEqual(
        expect.arrayContaining(['sections[0].name', 'sections[0].rows[0].name']),
      );
    for (const name of ['Reihe 1a', '座席', 'R.3 (links)', 'É'])
      expect((await on.olivia('POST', maps, { body: named(name, name) })).status).toBe(201);
  });

  it('is refused with everything that is wrong with it', async () => {
    const answer = await on.olivia('POST', maps, {
      body: {
        name: 'Faulty',
        sections: [
          { name: 'Parkett', rows: [{ name: 'A', first: 2, last: 1 }] },
          { name: 'Parkett', rows: [{ name: 'A', first: 1, last: 5, accessible: [6] }] },
        ],
      },
    });
    expect(answer.status).toBe(422);
    expect(fields(answer)).toEqual([
      'sections[1].name',
      'sections[0].rows[0].last',
      'sections[1].rows[0].accessible',
    ]);
    const rows = Array.from({ length: 201 }, (_, i) => ({ name: `${i}`, first: 1, last: 2 }));
    const sections = Array.from({ length: 51 }, (_, i) => ({ name: `${i}`, rows: rows.slice(0, 1) }));
    expect(fields(await on.olivia('POST', maps, { body: { name: 'x', sections } }))).toEqual(['sections']);
    expect(
      fields(await on.olivia('POST', maps, { body: { name: 'x', sections: [{ name: 'x', rows }] } })),
    ).toEqual(['sections[0].rows']);
  });
});

describe('a seating of an event', () => {
  let eventId: string;
  let path: string;
  let stalls: string;
  let gallery: string;
  let seatMapId: string;
  let version: string;
  beforeEach(async () => {
    eventId = idOf(await on.make());
    path = `/events/${eventId}/seating`;
    stalls = typeIdOf(await on.sell(eventId));
    const last = await on.sell(eventId, { name: 'Gallery' });
    gallery = typeIdOf(last);
    version = etagOf(last);
    seatMapId = await drawn();
  });
  const assign = async (change: object = {}, ifMatch = version) => {
    const sections = [
      { section: 'Parkett', ticketTypeId: stalls },
      { section: 'Galerie', ticketTypeId: gallery, rows: ['A'] },
    ];
    const answer = await on.olivia('PUT', path, { ifMatch, body: { seatMapId, sections, ...change } });
    version = answer.headers['etag'] ?? version;
    return answer;
  };
  const capacities = async () =>
    (
      (await on.olivia('GET', `/events/${eventId}`)).body['ticketTypes'] as unknown as { capacity: number }[]
    ).map(({ capacity }) => capacity);

  it('makes the capacity of what it sells the number of its seats', async () => {
    expect(await capacities()).toEqual([240, 240]);
    const assigned = await assign();
    expect(assigned).toMatchObject({ status: 200, headers: { etag: '"4"' } });
    expect(await capacities()).toEqual([24, 9]);
    expect(await on.olivia('GET', path)).toMatchObject({ headers: { etag: '"4"' }, body: assigned.body });
    const seen = (await on.olivia('GET', `/events/${eventId}`)).body;
    expect(seen).toMatchObject({ seated: true, seating: assigned.body });
    await assign({ sections: [{ section: 'Parkett', ticketTypeId: stalls, rows: ['B'] }] });
    expect(await capacities()).toEqual([12, 9]);
    expect(await on.olivia('DELETE', path, { ifMatch: version })).toMatchObject({
      status: 204,
      headers: { etag: '"6"' },
    });
    expect(await capacities()).toEqual([12, 9]);
    expect((await on.olivia('GET', path)).body['code']).toBe('seating-not-found');
    expect((await on.olivia('DELETE', path, { ifMatch: '"6"' })).body['code']).toBe('seating-not-found');
    expect((await on.olivia('GET', `/events/${eventId}`)).body).toMatchObject({ seated: false });
  });

  it('keeps its ticket types and their number from being changed beside it', async () => {
    await assign();
    const type = `/events/${eventId}/ticket-types/${stalls}`;
    const body = { name: 'Stalls', priceMinor: 5000, capacity: 25 };
    const refused = await on.olivia('PUT', type, { ifMatch: version, body });
    expect([codes(refused), fields(refused)]).toEqual([['seats-decide'], ['capacity']]);
    expect((await on.olivia('DELETE', type, { ifMatch: version })).body).toMatchObject({
      status: 409,
      code: 'ticket-type-seated',
    });
    expect((await on.olivia('PUT', type, { ifMatch: version, body: { ...body, capacity: 24 } })).status).toBe(
      200,
    );
  });

  it('is of a map of the venue at which the event is held', async () => {
    const venue = {
      name: 'Lucerna',
      street: 'Vodičkova 36',
      city: 'Praha',
      country: 'CZ',
      timeZone: 'Europe/Prague',
    };
    const venueId = String((await on.olivia('POST', '/venues', { body: venue })).body['venueId']);
    const elsewhere = await on.olivia('POST', `/venues/${venueId}/seat-maps`, { body: chamber });
    for (const strange of [elsewhere.body['seatMapId'], '0'.repeat(26)]) {
      const answer = await assign({ seatMapId: strange });
      expect([answer.status, codes(answer), fields(answer)]).toEqual([
        422,
        ['unknown-seat-map'],
        ['seatMapId'],
      ]);
    }
    await assign();
    const moved = await on.olivia('PUT', `/events/${eventId}`, {
      ifMatch: version,
      body: draft({ ...on.where, venueId }),
    });
    expect([codes(moved), fields(moved)]).toEqual([['seats-assigned'], ['venueId']]);
  });

  it('is its organiser’s alone, and changed only by who has seen the event’s latest version', async () => {
    expect((await assign({}, '"2"')).status).toBe(412);
    await assign();
    expect((await on.stage.call('GET', path, { as: 'oskar' })).status).toBe(404);
    expect((await on.stage.call('DELETE', path, { as: 'oskar', ifMatch: version })).status).toBe(404);
    expect((await on.stage.call('GET', path)).status).toBe(401);
  });

  it('keeps a map that is removed, which no other event can take any more', async () => {
    await assign();
    await on.olivia('DELETE', `${maps}/${seatMapId}`);
    expect((await assign()).status).toBe(200);
    const other = idOf(await on.make());
    const ticketTypeId = typeIdOf(await on.sell(other));
    const late = await on.olivia('PUT', `/events/${other}/seating`, {
      ifMatch: '"2"',
      body: { seatMapId, sections: [{ section: 'Parkett', ticketTypeId }] },
    });
    expect(codes(late)).toEqual(['unknown-seat-map']);
    expect((await on.publish(eventId)).status).toBe(200);
  });

  it('is published as the seats that are sold, as many as the capacity says', async () => {
    await on.sell(eventId, { name: 'Standing', capacity: 50 });
    await assign({ sections: [{ section: 'Parkett', ticketTypeId: stalls, rows: ['B'] }] }, '"4"');
    const refused = await assign({ sections: [{ section: 'Loge', ticketTypeId: 'x' }] });
    expect(refused.status).toBe(400);
    const published = await on.publish(eventId);
    expect(published.status).toBe(200);
    await on.stage.pass(60);
    const fact = eventPublished.read(on.stage.heard[0]!);
    const row = { name: 'B', first: 1, last: 14, gaps: [7, 8], ticketTypeId: stalls };
    expect(fact.seatMap).toEqual({ sections: [{ name: 'Parkett', rows: [row] }] });
    expect(fact.ticketTypes.map(({ capacity }) => capacity)).toEqual([12, 240, 50]);
    const seen = (await on.stage.call('GET', `/events/${eventId}`)).body;
    expect(seen).toMatchObject({ seated: true });
    expect(seen).not.toHaveProperty('seating');
    expect((await assign({}, etagOf(published))).status).toBe(409);
    expect((await on.olivia('DELETE', path, { ifMatch: etagOf(published) })).status).toBe(409);
  });

  it('keeps an event from being published that would be more than a message holds', async () => {
    const hall = (rowsOfSection: number) => ({
      name: 'Stadium',
      sections: Array.from({ length: 20 }, (_, i) => ({
        name: `Block ${i}`,
        rows: Array.from({ length: rowsOfSection }, (__, j) => ({
          name: `Reihe Nr. ${j}`,
          first: 1,
          last: 20,
        })),
      })),
    });
    const whole = hall(120);
    const sections = whole.sections.map(({ name }) => ({ section: name, ticketTypeId: stalls }));
    seatMapId = await drawn(whole);
    expect((await assign({ sections })).status).toBe(200);
    const answer = await on.publish(eventId);
    expect([answer.status, codes(answer), fields(answer)]).toEqual([
      422,
      ['too-large-to-publish'],
      ['seating'],
    ]);
    seatMapId = await drawn(hall(90));
    await assign({ sections });
    expect((await on.publish(eventId)).status).toBe(200);
    await on.stage.pass(60);
    expect(JSON.stringify(on.stage.heard[0]).length).toBeLessThan(210_000);
  });
});
