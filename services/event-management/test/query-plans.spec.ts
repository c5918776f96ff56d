import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instant } from '@boxoffice/shared/kernel';
import { embeddedPlatform } from '@boxoffice/shared/platform/embedded';
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type CompiledQuery } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RecordingTelemetry } from '../../../shared/test/doubles/recording-telemetry';
import type { EventFilter } from '../src/core/ports';
import { SqlListings } from '../src/infrastructure/sql-listings';
import { SqlVenueListings } from '../src/infrastructure/sql-venue-listings';
import type { EventTables } from '../src/infrastructure/tables';
import { compose } from '../src/main';

/** A list costs the same with ten events and with ten thousand where its page is read from an index and nothing is sorted. */
describe('how the database finds a page', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-plans-'));
  let file: DatabaseSync;
  const plans: string[] = [];
  const explain = async (query: CompiledQuery) => {
    const steps = file.prepare(`explain query plan ${query.sql}`).all(...(query.parameters as string[]));
    plans.push(steps.map(({ detail }) => String(detail)).join('; '));
    return { rows: [] };
  };
  const connection = { executeQuery: explain } as never;
  const query = new Kysely<EventTables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (kysely) => new SqliteIntrospector(kysely),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createDriver: () => ({
        init: async () => undefined,
        acquireConnection: async () => connection,
        beginTransaction: async () => undefined,
        commitTransaction: async () => undefined,
        rollbackTransaction: async () => undefined,
        releaseConnection: async () => undefined,
        destroy: async () => undefined,
      }),
    },
  });
  const database = { query, transaction: () => Promise.reject(new Error('lists write nothing')) };
  const listings = new SqlListings(database);
  const venues = new SqlVenueListings(database);

  beforeAll(async () => {
    const platform = embeddedPlatform({ dataDir: folder, telemetry: new RecordingTelemetry() });
    await platform.migrate(compose(platform, { calendarDomain: 'x.example' }));
    await platform.close();
    file = new DatabaseSync(path.join(folder, 'event-management.sql.db'));
  });
  afterAll(() => {
    file.close();
    rmSync(folder, { recursive: true });
  });

  const from = instant('2027-01-01T00:00:00Z');
  const filters: readonly (readonly [string, Partial<EventFilter>])[] = [
    ['all to come', {}],
    ['of a category', { category: '01jv0h5c9n3yq8t6w2b4d7f1ga' }],
    ['in a city', { city: 'Wien' }],
    ['with words', { words: 'winter candle' }],
    ['with words, in a city', { words: 'winter', city: 'Wien' }],
  ];

  it.each(filters)('of events %s, from the first and from a later one', async (_, filter) => {
    plans.length = 0;
    await listings.published({ from, ...filter }, { limit: 21, after: undefined });
    await listings.published({ from, ...filter }, { limit: 21, after: { startsAt: from, eventId: '' } });
    expect(plans.length).toBeGreaterThanOrEqual(2);
    for (const plan of plans) {
      expect(plan).toMatch(/USING.* INDEX/);
      expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
    }
  });

  it('of an organiser’s own events', async () => {
    plans.length = 0;
    await listings.ofOrganizer('olivia', { limit: 21, before: 'x' });
    expect(plans.join()).not.toMatch(/SCAN|TEMP B-TREE/);
  });

  it('of venues, and of the seat maps of one', async () => {
    plans.length = 0;
    await venues.venues({ limit: 21, before: 'x' });
    await venues.seatMaps('01jv0h5c9n3yq8t6w2b4d7f1ga', { limit: 21, before: undefined });
    await venues.seatMaps('01jv0h5c9n3yq8t6w2b4d7f1ga', { limit: 21, before: 'x' });
    expect(plans).toHaveLength(3);
    expect(plans.join()).not.toMatch(/SCAN|TEMP B-TREE/);
  });

  it('would be noticed to sort, were there no index', async () => {
    file.exec('drop index eventBy_startsAt');
    plans.length = 0;
    await listings.published({ from }, { limit: 21, after: undefined });
    expect(plans.join()).toMatch(/TEMP B-TREE/);
  });
});
