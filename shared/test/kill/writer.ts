import { writeSync } from 'node:fs';
import { paymentCaptured, subscriptions } from '../../src/contracts';
import { isDocumentFault, type Container } from '../../src/documents';
import type { Service } from '../../src/platform';
import { embeddedPlatform } from '../../src/platform/embedded';
import type { Database, Migration } from '../../src/sql';
import { untold } from '../untold';

/** What the writer keeps in SQL: a row each, and a counter that must agree with them. */
export interface Rows {
  row: { id: number };
  counter: { id: string; value: number };
}

const migration: Migration = {
  name: '0001-rows',
  async up(tx, types) {
    await tx.schema
      .createTable('row')
      .addColumn('id', types.whole, (c) => c.primaryKey())
      .execute();
    await tx.schema
      .createTable('counter')
      .addColumn('id', types.key(10), (c) => c.notNull().primaryKey())
      .addColumn('value', types.whole, (c) => c.notNull())
      .execute();
  },
};

/** The service that writes, and is killed. What its consumer has handled is a document each, called `seen-<id>`. */
export const writer = (container: Container): Service => ({
  name: 'ticket-inventory',
  routes: [],
  consumers: subscriptions
    .filter(
      ({ topic, subscription }) => topic === 'payment-processing' && subscription === 'ticket-inventory',
    )
    .map((subscription) => ({
      subscription,
      async handle({ id }) {
        await container.write('seen', [{ kind: 'upsert', id: `seen-${id}`, body: {} }]);
      },
    })),
  timers: [],
  feeds: [],
  migrations: [migration],
  containers: [],
  problems: {},
  checks: {},
});

async function writeDocuments(container: Container): Promise<void> {
  await container
    .write('p', [{ kind: 'create', id: 'counter', body: { value: 0 } }])
    .catch((error: unknown) => {
      if (!isDocumentFault(error, 'Conflict')) throw error;
    });
  for (;;) {
    const counter = await container.read<{ value: number }>('p', 'counter');
    if (!counter) throw new Error('the counter is gone');
    const value = counter.body.value + 1;
    await container.write('p', [
      { kind: 'replace', id: 'counter', body: { value }, ifMatch: counter.etag },
      { kind: 'create', id: `d-${value}`, body: { value } },
    ]);
    acknowledge('document', value);
  }
}

async function writeRows(database: Database<Rows>): Promise<void> {
  for (;;) {
    const id = await database.transaction(async (tx) => {
      const counter = await tx.selectFrom('counter').select('value').executeTakeFirst();
      const value = (counter?.value ?? 0) + 1;
      await tx.insertInto('row').values({ id: value }).execute();
      if (counter) await tx.updateTable('counter').set({ value }).execute();
      else await tx.insertInto('counter').values({ id: 'one', value }).execute();
      return value;
    });
    acknowledge('row', id);
  }
}

const acknowledge = (kind: string, id: string | number): void => void writeSync(1, `${kind} ${id}\n`);

async function main(dataDir: string, round: string): Promise<void> {
  const platform = embeddedPlatform({ dataDir, telemetry: untold });
  const container = platform.container('ticket-inventory', { name: 'kept', ttl: false });
  const service = writer(container);
  await platform.migrate(service);
  await platform.run(service);
  const say = async (voice: string): Promise<void> => {
    for (let at = 1; ; at++) {
      const id = `${round}-${voice}-${at}`;
      await platform.bus.publish([
        paymentCaptured.announce(id, 'order', platform.clock.now(), paymentCaptured.sample),
      ]);
      acknowledge('message', id);
    }
  };
  await Promise.all([
    writeDocuments(container),
    writeRows(platform.database<Rows>('ticket-inventory')),
    say('a'),
    say('b'),
  ]);
}

const [, , dataDir, round] = process.argv;
if (require.main === module && dataDir !== undefined && round !== undefined)
  main(dataDir, round).catch((error: unknown) => {
    writeSync(2, `${String(error)}\n`);
    process.exitCode = 1;
  });
