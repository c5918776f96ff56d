import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compose } from '@boxoffice/event-management/main';
import { createDispatcher } from '@boxoffice/shared/http';
import { simulatedWorld } from '@boxoffice/shared/platform/simulated';
import { openDesk } from '../desk';
import { loadSeason } from './load-season';
import { programme, venues } from './programme';

describe('the season', () => {
  const world = simulatedWorld({ seed: 1 });
  const platform = world.process('season', false);
  const service = compose(platform, { calendarDomain: 'season.example' });
  const desk = openDesk(platform, [service], { userId: 'organizer', name: 'O', email: 'o@example.org' });
  const folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-season-'));
  beforeAll(() => world.schedule.until(platform.migrate(service)));
  afterAll(() => {
    world.close();
    rmSync(folder, { recursive: true });
  });

  const dispatch = createDispatcher([service], {
    authenticate: () => undefined,
    telemetry: platform.telemetry,
    clock: platform.clock,
  });
  const shown = async <Body>(path: string): Promise<Body> => {
    const request = { method: 'GET', url: `/api/v1${path}`, headers: {}, body: new Uint8Array() };
    const { body } = await world.schedule.until(dispatch(request));
    return JSON.parse(Buffer.from(body ?? '').toString()) as Body;
  };
  const published = async () =>
    (await shown<{ items: { title: string; eventId: string }[] }>('/events?limit=100')).items;

  it('is varied: dozens of events, many venues, clocks and currencies, some of it free', () => {
    expect(programme.length).toBeGreaterThanOrEqual(40);
    expect(new Set(venues.map(({ country }) => country)).size).toBeGreaterThanOrEqual(6);
    const currencies = new Set(venues.map(({ currency }) => currency));
    expect(currencies.size).toBeGreaterThanOrEqual(5);
    for (const currency of ['JPY', 'KWD']) expect(currencies).toContain(currency);
    expect(programme.some(({ tickets }) => tickets.some(([, price]) => price === 0))).toBe(true);
  });

  it('is finished where it was cut short, and published whole, each event once', async () => {
    let calls = 0;
    const cutShort: typeof desk = async (call) => {
      if (++calls > 100) throw new Error('the process dies here');
      return desk(call);
    };
    await expect(world.schedule.until(loadSeason(cutShort, folder, platform.clock))).rejects.toThrow('dies');
    await world.schedule.pass(3_600_000);
    expect(await world.schedule.until(loadSeason(desk, folder, platform.clock))).toBe('loaded');
    const titles = (await published()).map(({ title }) => title).sort();
    expect(titles).toEqual(programme.map(({ title }) => title).sort());
    expect(await world.schedule.until(loadSeason(desk, folder, platform.clock))).toBe('there-already');
  });

  it('has an event of numbered seats, one whose tickets share a capacity, and one with tickets for guests', async () => {
    const events = await published();
    const own = async (title: string) => {
      const path = `/events/${events.find((event) => event.title.startsWith(title))?.eventId ?? ''}`;
      const { body } = await world.schedule.until(desk({ as: 'organizer', method: 'GET', path }));
      return { path, body };
    };
    const capacities = (title: string) =>
      programme
        .find((event) => event.title.startsWith(title))
        ?.tickets.map(([name, , capacity]) => ({ name, capacity }));
    const recital = await own('Winterreise');
    expect(recital.body).toMatchObject({ seated: true, ticketTypes: capacities('Winterreise') });
    const ball = (await own('Tanzabend')).body as { pools: object[]; ticketTypes: object[] };
    expect(ball).toMatchObject({ pools: [{ name: 'Dance floor', capacity: 300 }] });
    expect(ball.ticketTypes.filter((ticketType) => 'poolId' in ticketType)).toHaveLength(2);
    const comedy = await own('Stand-up');
    expect(comedy.body).toMatchObject({ ticketTypes: [{}, { accessCodes: ['LANTERN-GUEST'] }] });
    expect(await shown(comedy.path)).toMatchObject({ ticketTypes: [{ name: 'Seat' }] });
  });

  it('has an early bird, a family package, a code that its page tells, and prices with tax in them', async () => {
    const events = await published();
    const page = async (title: string) =>
      shown<{ eventId: string; description: string }>(
        `/events/${events.find((event) => event.title.startsWith(title))?.eventId ?? ''}`,
      );
    expect(await page('Hamlet')).toMatchObject({
      ticketTypes: [{ tiers: [{ name: 'Early bird' }] }, {}, {}],
    });
    expect(await page('Dhow')).toMatchObject({ ticketTypes: [{ packages: [{ size: 4 }] }] });
    const seller = { country: 'AT' };
    expect(await page('Winterreise')).toMatchObject({ terms: { tax: 'included', seller } });
    const choir = await page('Choir');
    const path = `/events/${choir.eventId}/discounts`;
    const { body } = await world.schedule.until(desk({ as: 'organizer', method: 'GET', path }));
    expect(body).toMatchObject({ items: [{ codes: ['TWO-VOICES'] }] });
    expect(choir.description).toContain('TWO-VOICES');
  });
});
