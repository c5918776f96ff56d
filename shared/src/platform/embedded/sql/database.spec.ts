import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql, type Transaction } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isSqlFault, type Database } from '../../../sql';
import { EmbeddedDatabase } from './database';

interface Schema {
  t: { id: number; parent: number | null };
}

const typed = (file: unknown): Database<Schema> => file as Database<Schema>;

describe('the embedded database', () => {
  let folder: string;
  let file: EmbeddedDatabase;
  let database: Database<Schema>;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-sql-'));
    // On a busy machine five milliseconds may pass between two of a group.
    file = new EmbeddedDatabase(path.join(folder, 'a.db'), { transactions: 256, milliseconds: 1000 });
    database = typed(file);
    // A reference that is checked when the common transaction commits: the way to have a commit fail.
    await database.transaction((tx) =>
      sql`create table t (id integer primary key, parent integer references t deferrable initially deferred)`.execute(
        tx,
      ),
    );
  });
  afterEach(() => {
    file.close();
    rmSync(folder, { recursive: true });
  });

  const reopened = () => {
    file.close();
    return new EmbeddedDatabase(path.join(folder, 'a.db'));
  };
  const insert = (tx: Transaction<Schema>, id: number, parent: number | null = null) =>
    tx.insertInto('t').values({ id, parent }).execute();
  const ids = async () =>
    (await database.query.selectFrom('t').select('id').orderBy('id').execute()).map(({ id }) => id);

  it('fails all who share a commit that fails, keeps nothing of them, and goes on', async () => {
    const works = [1, 2, 3].map((id) => database.transaction((tx) => insert(tx, id, id === 2 ? 99 : null)));
    const outcomes = await Promise.allSettled(works);
    for (const outcome of outcomes)
      expect(outcome.status === 'rejected' && isSqlFault(outcome.reason, 'OutcomeUnknown')).toBe(true);
    expect(await ids()).toEqual([]);
    await database.transaction((tx) => insert(tx, 4));
    expect(await ids()).toEqual([4]);
  });

  it('tells of a failure once that is durable which it may rest on', async () => {
    const order: string[] = [];
    const first = database.transaction((tx) => insert(tx, 1)).then(() => order.push('written'));
    const second = database
      .transaction(async (tx) => {
        const seen = await tx.selectFrom('t').select('id').execute();
        if (seen.length > 0) throw new Error('taken');
      })
      .catch(() => order.push('refused'));
    await Promise.all([first, second]);
    expect(order).toEqual(['written', 'refused']);
  });

  it('does not commit the half of one transaction with the whole of another', async () => {
    const first = database.transaction((tx) => insert(tx, 1));
    const second = database.transaction(async (tx) => {
      await insert(tx, 2);
      for (let turn = 0; turn < 3; turn++) await setImmediate();
      expect(await ids()).toEqual([]);
      throw new Error('no');
    });
    await first;
    await expect(second).rejects.toThrow('no');
    expect(await ids()).toEqual([1]);
  });

  it('has a long queue without keeping the event loop from its turn', async () => {
    file = reopened();
    database = typed(file);
    const loop = { turns: 0, done: false };
    const counting = (async () => {
      for (; !loop.done; loop.turns++) await setImmediate();
    })();
    await Promise.all(Array.from({ length: 1000 }, (_, id) => database.transaction((tx) => insert(tx, id))));
    loop.done = true;
    await counting;
    expect(await ids()).toHaveLength(1000);
    expect(loop.turns).toBeGreaterThan(3);
  });

  it('lets nobody write outside a transaction', async () => {
    await expect(database.query.insertInto('t').values({ id: 1, parent: null }).execute()).rejects.toThrow(
      'written outside a transaction: insert into "t"',
    );
  });

  it('lets nobody use a transaction that has ended', async () => {
    let kept: Transaction<Schema> | undefined;
    await database.transaction(async (tx) => {
      kept = tx;
      await insert(tx, 1);
    });
    await expect(insert(kept!, 2)).rejects.toThrow('already committed');
    expect(await ids()).toEqual([1]);
  });

  it('keeps what was committed and undoes what is in the midst when it is closed', async () => {
    const first = database.transaction((tx) => insert(tx, 1));
    void database.transaction(async (tx) => {
      await insert(tx, 2);
      await new Promise(() => undefined);
    });
    const third = database.transaction((tx) => insert(tx, 3));
    const refused = expect(third).rejects.toThrow('closed');
    for (let look = 0; look < 20; look++) await Promise.resolve();
    file.close();
    await first;
    await refused;
    file = new EmbeddedDatabase(path.join(folder, 'a.db'));
    database = typed(file);
    expect(await ids()).toEqual([1]);
  });
});
