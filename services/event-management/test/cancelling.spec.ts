import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventCancelled, eventPublished } from '@boxoffice/shared/contracts';
import { etagOf, idOf, openStageForOlivia } from './olivia';
import { draft, stalls } from './stage';

let on: Awaited<ReturnType<typeof openStageForOlivia>>;
beforeEach(async () => {
  on = await openStageForOlivia();
});
afterEach(() => on.stage.close());

const reason = 'The baritone has lost his voice.';
const cancel = (eventId: string, body: object = { reason }) =>
  on.olivia('POST', `/events/${eventId}/cancel`, { body });

describe('cancelling a published event', () => {
  it('is told to others once, with a newer version than was published', async () => {
    const event = await on.published();
    const eventId = idOf(event);
    const answer = await cancel(eventId);
    expect(answer).toMatchObject({
      status: 200,
      headers: { etag: '"4"' },
      body: { state: 'cancelled', version: 4, publishedAt: event.body['publishedAt'], cancelled: { reason } },
    });
    await on.stage.pass(60);
    expect((await cancel(eventId, { reason: 'Another reason.' })).body).toEqual(answer.body);
    await on.stage.pass(60);
    expect(on.stage.heard).toHaveLength(2);
    expect(eventPublished.read(on.stage.heard[0]!).version).toBe(3);
    expect(eventCancelled.read(on.stage.heard[1]!)).toEqual({
      eventId,
      version: 4,
      organizerId: 'olivia',
      title: 'Winterreise by candlelight',
      cancelledAt: (answer.body['cancelled'] as unknown as { at: string }).at,
    });
  });

  it('happens once when it is asked for ten times at once', async () => {
    const eventId = idOf(await on.published());
    const call = { as: 'olivia', body: { reason } };
    const answers = await on.stage.all(
      Promise.all(
        Array.from({ length: 10 }, () => on.stage.start('POST', `/events/${eventId}/cancel`, call)),
      ),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    await on.stage.pass(60);
    expect(on.stage.heard).toHaveLength(2);
  });

  it('shows everyone that it is, and why, on its page, in lists and in calendars', async () => {
    const eventId = idOf(await on.published());
    await cancel(eventId);
    const page = await on.stage.call('GET', `/events/${eventId}`);
    expect(page.body).toMatchObject({ state: 'cancelled', cancelled: { reason }, ticketTypes: [{}] });
    for (const list of ['/events', '/events?q=winterreise', '/events/category/classical-music'])
      expect((await on.stage.call('GET', list)).body['items']).toMatchObject([
        { eventId, state: 'cancelled' },
      ]);
    const calendar = await on.stage.call('GET', `/events/${eventId}.ics`);
    expect(calendar.text).toContain('STATUS:CANCELLED\r\n');
    expect(calendar.text).toContain('SEQUENCE:4\r\n');
  });

  it('is for good: it can be neither changed, nor deleted, nor published', async () => {
    const eventId = idOf(await on.published());
    const ifMatch = etagOf(await cancel(eventId));
    const path = `/events/${eventId}`;
    const answers = [
      await on.olivia('PUT', path, { ifMatch, body: draft(on.where) }),
      await on.olivia('DELETE', path, { ifMatch }),
      await on.publish(eventId),
      await on.sell(eventId),
      await on.olivia('POST', `${path}/pools`, { body: { name: 'Hall', capacity: 1 } }),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 409, body: { code: 'event-cancelled' } });
    expect((await on.olivia('GET', path)).body['version']).toBe(4);
  });
});

describe('cancelling a draft', () => {
  it('tells nobody, and leaves it its organiser’s alone', async () => {
    const eventId = idOf(await on.make());
    await on.olivia('POST', `/events/${eventId}/ticket-types`, { body: stalls });
    expect(await cancel(eventId)).toMatchObject({ status: 200, body: { state: 'cancelled', version: 3 } });
    await on.stage.pass(60);
    expect(on.stage.heard).toEqual([]);
    expect((await on.stage.call('GET', `/events/${eventId}`)).status).toBe(404);
    expect((await on.stage.call('GET', `/events/${eventId}.ics`)).status).toBe(404);
    expect((await on.stage.call('GET', '/events')).body['items']).toEqual([]);
    expect((await on.olivia('GET', '/events/organizer')).body['items']).toMatchObject([
      { state: 'cancelled' },
    ]);
    expect(await on.publish(eventId)).toMatchObject({ status: 409, body: { code: 'event-cancelled' } });
  });
});

it('nobody cancels what is another’s', async () => {
  const eventId = idOf(await on.published());
  const path = `/events/${eventId}/cancel`;
  expect((await on.stage.call('POST', path, { as: 'oskar', body: { reason } })).status).toBe(404);
  expect((await on.stage.call('POST', path, { as: 'ben', body: { reason } })).status).toBe(403);
  expect((await cancel(eventId, {})).status).toBe(400);
  expect((await on.olivia('GET', `/events/${eventId}`)).body['state']).toBe('published');
});
