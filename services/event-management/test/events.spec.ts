import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventPublished } from '@boxoffice/shared/contracts';
import { codes, etagOf, idOf, openStageForOlivia } from './olivia';
import { draft, stalls } from './stage';

type Opened = Awaited<ReturnType<typeof openStageForOlivia>>;
let stage: Opened['stage'];
let where: Opened['where'];
let make: Opened['make'];
let sell: Opened['sell'];
let publish: Opened['publish'];
let published: Opened['published'];
beforeEach(async () => {
  ({ stage, where, make, sell, publish, published } = await openStageForOlivia());
});
afterEach(() => stage.close());

const olivia = { as: 'olivia' };

describe('a draft', () => {
  it('is seen, changed and deleted by its organiser alone', async () => {
    const made = await make();
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'draft', version: 1, venue: { timeZone: 'Europe/Vienna' } },
    });
    const path = `/events/${idOf(made)}`;
    const ifMatch = etagOf(made);
    for (const as of [undefined, 'ben', 'oskar', 'ada'])
      expect((await stage.call('GET', path, as === undefined ? {} : { as })).status).toBe(404);
    const oskar = { as: 'oskar', ifMatch };
    expect((await stage.call('PUT', path, { ...oskar, body: draft(where) })).status).toBe(404);
    expect((await stage.call('DELETE', path, oskar)).status).toBe(404);
    expect((await stage.call('POST', `${path}/publish`, oskar)).status).toBe(404);
    expect((await stage.call('POST', `${path}/ticket-types`, { ...oskar, body: stalls })).status).toBe(404);
    expect((await stage.call('GET', `${path}.ics`, olivia)).status).toBe(404);
    expect((await stage.call('GET', path, olivia)).body).toEqual(made.body);
    expect((await stage.call('DELETE', path, { ...olivia, ifMatch })).status).toBe(204);
    expect((await stage.call('GET', path, olivia)).status).toBe(404);
  });

  it('is made once, however often the request comes', async () => {
    const body = draft(where);
    const first = await stage.call('POST', '/events', { ...olivia, body, key: 'same' });
    const again = await stage.call('POST', '/events', { ...olivia, body, key: 'same' });
    expect(again.body).toEqual(first.body);
    const other = await stage.call('POST', '/events', {
      ...olivia,
      body: { ...body, title: 'Other' },
      key: 'same',
    });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect((await stage.call('GET', '/events/organizer', olivia)).body['items']).toHaveLength(1);
  });

  it('is changed only by who has seen its latest version', async () => {
    const made = await make();
    const path = `/events/${idOf(made)}`;
    const changes = await stage.all(
      Promise.all(
        ['A', 'B', 'C'].map((title) =>
          stage.start('PUT', path, { ...olivia, ifMatch: etagOf(made), body: draft(where, { title }) }),
        ),
      ),
    );
    expect(changes.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    expect(changes.find(({ status }) => status === 412)!.body).toMatchObject({
      code: 'version-changed',
      currentVersion: 2,
    });
  });

  it('says everything that can’t be, at once', async () => {
    const answer = await make({
      venueId: '0'.repeat(26),
      categoryId: '1'.repeat(26),
      endsAt: '2027-02-12T18:00:00Z',
    });
    expect(answer.status).toBe(422);
    expect(codes(answer)).toEqual(['ends-before-start', 'unknown-venue', 'unknown-category']);
  });

  it('keeps its currency while it has prices', async () => {
    const made = await make();
    const eventId = idOf(made);
    const ifMatch = etagOf(await sell(eventId));
    const answer = await stage.call('PUT', `/events/${eventId}`, {
      ...olivia,
      ifMatch,
      body: draft(where, { currency: 'JPY' }),
    });
    expect(codes(answer)).toEqual(['prices-set']);
  });
});

describe('ticket types', () => {
  it('are added, changed and removed, each time as a new version of the event', async () => {
    const eventId = idOf(await make());
    const added = await sell(eventId);
    expect(added).toMatchObject({
      status: 201,
      headers: { etag: '"2"' },
      body: { price: { amountMinor: 4800, currency: 'EUR' } },
    });
    const path = `/events/${eventId}/ticket-types/${String(added.body['ticketTypeId'])}`;
    const body = { ...stalls, priceMinor: 0, salesFrom: '2027-01-10T08:00:00Z' };
    expect((await stage.call('PUT', path, { ...olivia, ifMatch: '"1"', body })).status).toBe(412);
    const changed = await stage.call('PUT', path, { ...olivia, ifMatch: '"2"', body });
    expect(changed).toMatchObject({
      status: 200,
      body: { price: { amountMinor: 0 }, salesFrom: '2027-01-10T08:00:00.000Z' },
    });
    expect((await stage.call('GET', `/events/${eventId}/ticket-types`, olivia)).body['items']).toEqual([
      changed.body,
    ]);
    expect((await stage.call('DELETE', path, { ...olivia, ifMatch: '"3"' })).headers['etag']).toBe('"4"');
    expect((await stage.call('GET', `/events/${eventId}`, olivia)).body).toMatchObject({
      version: 4,
      ticketTypes: [],
    });
  });

  it('are refused with everything that is wrong', async () => {
    const eventId = idOf(await make());
    await sell(eventId);
    const answer = await sell(eventId, {
      name: 'STALLS',
      capacity: 2,
      minPerOrder: 5,
      maxPerOrder: 4,
      salesFrom: '2027-02-01T00:00:00Z',
      salesUntil: '2027-01-01T00:00:00Z',
    });
    expect(codes(answer)).toEqual([
      'name-taken',
      'min-over-max',
      'min-over-capacity',
      'sales-end-before-start',
    ]);
  });

  it('stay as they are once the event is published', async () => {
    const event = await published();
    const eventId = idOf(event);
    const [type] = event.body['ticketTypes'] as unknown as { ticketTypeId: string }[];
    const path = `/events/${eventId}/ticket-types/${type!.ticketTypeId}`;
    const ifMatch = etagOf(event);
    expect(await sell(eventId, { name: 'Late' })).toMatchObject({
      status: 409,
      body: { code: 'event-not-draft' },
    });
    expect((await stage.call('PUT', path, { ...olivia, ifMatch, body: stalls })).status).toBe(409);
    expect((await stage.call('DELETE', path, { ...olivia, ifMatch })).status).toBe(409);
    expect((await stage.call('DELETE', `/events/${eventId}`, { ...olivia, ifMatch })).status).toBe(409);
  });
});

describe('publishing', () => {
  it('tells others all they need to sell and to print, once', async () => {
    const eventId = idOf(await make());
    await sell(eventId, { maxPerOrder: 8 });
    const answer = await publish(eventId);
    expect(answer).toMatchObject({ status: 200, body: { state: 'published', version: 3 } });
    expect((await publish(eventId)).body).toEqual(answer.body);
    await stage.pass(60);
    expect(stage.heard).toHaveLength(1);
    const fact = eventPublished.read(stage.heard[0]!);
    expect(fact).toMatchObject({
      eventId,
      version: 3,
      organizerId: 'olivia',
      startsAt: '2027-02-12T18:30:00.000Z',
      timeZone: 'Europe/Vienna',
      venueAddress: 'Lothringerstraße 20, 1030 Wien, AT',
      holdMinutes: 15,
      ticketTypes: [
        {
          name: 'Stalls',
          price: { amountMinor: 4800, currency: 'EUR' },
          capacity: 240,
          minPerOrder: 1,
          maxPerOrder: 8,
        },
      ],
    });
    expect(fact.ticketTypes[0]).toMatchObject({
      salesFrom: answer.body['publishedAt'],
      salesUntil: fact.startsAt,
    });
  });

  it('says everything that keeps the event from it, and changes nothing', async () => {
    const late = { startsAt: '2026-12-31T20:00:00Z', endsAt: '2026-12-31T23:00:00Z' };
    expect(codes(await publish(idOf(await make(late))))).toEqual(['starts-in-the-past', 'no-ticket-type']);
    const eventId = idOf(await make());
    await sell(eventId, { name: 'Over', salesUntil: '2027-01-01T00:00:00Z' });
    await sell(eventId, { name: 'Too long', salesUntil: '2027-02-13T00:00:00Z' });
    await sell(eventId, { name: 'Never', salesFrom: '2027-02-12T20:00:00Z' });
    const answer = await publish(eventId);
    expect(answer).toMatchObject({ status: 422, body: { code: 'event-not-publishable' } });
    expect(codes(answer)).toEqual(['sales-over', 'sales-after-the-event', 'sales-start-after-end']);
    expect((await stage.call('GET', `/events/${eventId}`, olivia)).body).toMatchObject({
      state: 'draft',
      version: 4,
    });
    await stage.pass(60);
    expect(stage.heard).toEqual([]);
  });

  it('happens once when it is asked for ten times at once', async () => {
    const eventId = idOf(await make());
    await sell(eventId);
    const answers = await stage.all(
      Promise.all(
        Array.from({ length: 10 }, () => stage.start('POST', `/events/${eventId}/publish`, olivia)),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    await stage.pass(60);
    expect(stage.heard).toHaveLength(1);
  });
});

describe('finding events', () => {
  const titles = async (query: string, path = '/events') =>
    ((await stage.call('GET', `${path}${query}`)).body['items'] as unknown as { title: string }[]).map(
      ({ title }) => title,
    );

  it('shows what is published and yet to come, by start, page by page', async () => {
    await make({ title: 'Draft' });
    for (const day of ['20', '11', '15', '15', '13'])
      await published({
        title: `On the ${day}th`,
        startsAt: `2027-02-${day}T18:00:00Z`,
        endsAt: `2027-02-${day}T20:00:00Z`,
      });
    const seen: string[] = [];
    let next = '/events?limit=2';
    while (next !== '') {
      const { body } = await stage.call('GET', next);
      seen.push(...(body['items'] as unknown as { title: string }[]).map(({ title }) => title));
      next = 'nextCursor' in body ? `/events?limit=2&cursor=${String(body['nextCursor'])}` : '';
    }
    expect(seen).toEqual(['On the 11th', 'On the 13th', 'On the 15th', 'On the 15th', 'On the 20th']);
    expect(await titles('?from=2027-02-13T18:00:00Z&to=2027-02-15T18:00:00Z')).toEqual(['On the 13th']);
    expect(await titles('?q=13th+the&to=2027-02-15T18:00:00Z')).toEqual(['On the 13th']);
    expect(await titles('?q=13th+the&to=2027-02-13T18:00:00Z')).toEqual([]);
    expect((await stage.call('GET', '/events?cursor=bogus')).status).toBe(400);
  });

  it('finds by category, city and words, alone and together', async () => {
    const jazz = String(
      (await stage.call('POST', '/categories', { as: 'ada', body: { name: 'Jazz', slug: 'jazz' } })).body[
        'categoryId'
      ],
    );
    const prague = await stage.call('POST', '/venues', {
      as: 'oskar',
      body: {
        name: 'Lucerna',
        street: 'Vodičkova 36',
        city: 'Praha',
        country: 'CZ',
        timeZone: 'Europe/Prague',
      },
    });
    await published();
    await published({ title: 'Příliš žluťoučký kůň', categoryId: jazz, venueId: prague.body['venueId'] });
    await published({ title: '銀河鉄道の夜', categoryId: jazz });
    expect(await titles('?category=jazz')).toHaveLength(2);
    expect(await titles(`?category=${jazz}&city=praha`)).toEqual(['Příliš žluťoučký kůň']);
    expect(await titles('', `/events/category/${jazz}`)).toHaveLength(2);
    expect(await titles('?city=WIEN')).toHaveLength(2);
    expect(await titles('?q=prilis+zlut')).toEqual(['Příliš žluťoučký kůň']);
    expect(await titles(`?q=${encodeURIComponent('銀河')}`)).toEqual(['銀河鉄道の夜']);
    expect(await titles('?q=lucerna&category=classical-music')).toEqual([]);
    expect(await titles('?q=candle+wien&category=classical-music')).toEqual(['Winterreise by candlelight']);
    expect(await titles('?q=candle+praha')).toEqual([]);
    expect(await titles('?q=%25')).toEqual([]);
    expect(await titles('?category=none')).toEqual([]);
  });

  it('shows an organiser their own, drafts too, the latest first', async () => {
    await make({ title: 'One' });
    await make({ title: 'Two' });
    await stage.call('POST', '/events', { as: 'oskar', body: draft(where, { title: 'His' }) });
    const { body } = await stage.call('GET', '/events/organizer?limit=1', olivia);
    expect(body['items']).toMatchObject([{ title: 'Two', state: 'draft' }]);
    const rest = await stage.call(
      'GET',
      `/events/organizer?limit=5&cursor=${String(body['nextCursor'])}`,
      olivia,
    );
    expect(rest.body['items']).toMatchObject([{ title: 'One' }]);
    expect(rest.body).not.toHaveProperty('nextCursor');
  });

  it('leads from an old slug to the new one, and never lets another event have it', async () => {
    const made = await make({ title: 'First title' });
    const slug = String(made.body['slug']);
    const eventId = idOf(made);
    expect(slug).toMatch(/^first-title-[0-9a-z]{6}$/);
    const renamed = await stage.call('PUT', `/events/${eventId}`, {
      ...olivia,
      ifMatch: etagOf(made),
      body: draft(where, { title: 'Better title' }),
    });
    await sell(eventId);
    await publish(eventId);
    expect(await stage.call('GET', `/events/slug/${slug}`)).toMatchObject({
      status: 308,
      headers: { location: `/api/v1/events/slug/${String(renamed.body['slug'])}` },
    });
    expect((await stage.call('GET', `/events/slug/${String(renamed.body['slug'])}`)).body['eventId']).toBe(
      eventId,
    );
    expect((await stage.call('GET', '/events/slug/no-such')).status).toBe(404);
  });
});

describe('venues and categories', () => {
  it('are open to all to read, and to some to add', async () => {
    expect((await stage.call('POST', '/categories', { as: 'olivia', body: { name: 'X' } })).status).toBe(403);
    expect((await stage.call('POST', '/venues', { as: 'ben', body: {} })).status).toBe(403);
    expect(
      (await stage.call('POST', '/categories', { as: 'ada', body: { name: 'Classical  Music' } })).body[
        'code'
      ],
    ).toBe('category-exists');
    expect((await stage.call('GET', '/categories')).body['items']).toMatchObject([
      { slug: 'classical-music' },
    ]);
    const venue = (await stage.call('GET', `/venues/${where.venueId}`)).body;
    expect(venue).toMatchObject({ city: 'Wien' });
    expect(venue).not.toHaveProperty('addedBy');
    expect((await stage.call('GET', '/venues?limit=1')).body).toEqual({ items: [venue] });
    expect((await stage.call('GET', '/venues/nowhere')).status).toBe(404);
  });

  it('list every fault of a venue', async () => {
    const { status, body } = await stage.call('POST', '/venues', {
      ...olivia,
      body: { name: '', country: 'XX', timeZone: 'Mars/Crater', extra: 1 },
    });
    expect(status).toBe(400);
    const fields = (body['errors'] as unknown as { field: string }[]).map(({ field }) => field);
    expect(new Set(fields)).toEqual(new Set(['name', 'street', 'city', 'country', 'timeZone', 'extra']));
  });
});

describe('the calendar entry', () => {
  it('is there for everyone once the event is published', async () => {
    const event = await published();
    const answer = await stage.call('GET', `/events/${idOf(event)}.ics`);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.text).toContain('DTSTART:20270212T183000Z\r\n');
    expect(answer.text).toContain(`UID:${idOf(event)}@tickets.example\r\n`);
  });
});
