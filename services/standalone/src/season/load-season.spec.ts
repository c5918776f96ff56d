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

  const published = async (): Promise<readonly { title: string }[]> => {
    const dispatch = createDispatcher([service], {
      authenticate: () => undefined,
      telemetry: platform.telemetry,
      clock: platform.clock,
    });
    const request = { method: 'GET', url: '/api/v1/events?limit=100', headers: {}, body: new Uint8Array() };
    const { body } = await world.schedule.until(dispatch(request));
    return (JSON.parse(Buffer.from(body ?? '').toString()) as { items: { title: string }[] }).items;
  };

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
});
