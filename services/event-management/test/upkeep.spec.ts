import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Service } from '@boxoffice/shared/platform';
import { instantly, simulatedWorld } from '@boxoffice/shared/platform/simulated';
import type { Database } from '@boxoffice/shared/sql';
import type { EventTables } from '../src/infrastructure/tables';
import { compose } from '../src/main';

const day = 24 * 3_600_000;

describe('the upkeep of event-management', () => {
  let world: ReturnType<typeof simulatedWorld>;
  let service: Service;
  let database: Database<EventTables>;
  let now: () => string;

  beforeEach(async () => {
    world = simulatedWorld({ seed: 1, faults: instantly });
    world.schedule.runFreely();
    const platform = world.process('events', false);
    service = compose(platform, { calendarDomain: 'tickets.example' });
    await platform.migrate(service);
    database = platform.database<EventTables>('event-management');
    now = () => platform.clock.now();
  });
  afterEach(() => world.close());

  const answer = (requestKey: string) =>
    database.transaction((tx) =>
      tx
        .insertInto('idempotency')
        .values({ requestKey, fingerprint: 'f', reply: '{}', answeredAt: now() })
        .execute(),
    );

  it('forgets answers a month after they were given, and none before', async () => {
    await answer('old');
    await world.schedule.pass(day);
    await answer('younger by a day');
    await world.schedule.pass(29 * day + 1);
    await service.timers.find(({ name }) => name === 'forget-answers')!.run();
    const left = await database.query.selectFrom('idempotency').select('requestKey').execute();
    expect(left).toEqual([{ requestKey: 'younger by a day' }]);
  });

  it('is healthy where its tables can be read', async () => {
    await expect(service.checks['database']!()).resolves.toBeUndefined();
  });
});
