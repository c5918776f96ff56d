import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Transaction } from 'kysely';
import { isSqlFault, SqlFault, StaleVersion, type Database, type Migration } from '../../src/sql';

export interface DatabaseUnderTest {
  database<Schema>(): Database<Schema>;
  /** What Platform.migrate does for a service with these migrations. */
  migrate(migrations: readonly Migration[]): Promise<void>;
  close(): Promise<void>;
}

interface Schema {
  account: { id: string; owner: string; balance: number; version: number };
  entry: { id: string; accountId: string; note: string | null; body: string; enteredAt: string };
}

export const contractMigrations: readonly Migration[] = [
  {
    name: '0001-account',
    async up(tx, types) {
      await tx.schema
        .createTable('account')
        .addColumn('id', types.key(64), (c) => c.notNull().primaryKey())
        .addColumn('owner', types.key(64), (c) => c.notNull())
        .addColumn('balance', types.whole, (c) => c.notNull())
        .addColumn('version', types.whole, (c) => c.notNull())
        .execute();
      await tx.schema.createIndex('account_by_owner').unique().on('account').column('owner').execute();
    },
  },
  {
    name: '0002-entry',
    async up(tx, types) {
      await tx.schema
        .createTable('entry')
        .addColumn('id', types.key(64), (c) => c.notNull().primaryKey())
        .addColumn('accountId', types.key(64), (c) => c.notNull())
        .addColumn('note', types.text(4000))
        .addColumn('body', types.longText, (c) => c.notNull())
        .addColumn('enteredAt', types.instant, (c) => c.notNull())
        .execute();
    },
  },
];

const account = (id: string, balance = 0) => ({ id, owner: `owner of ${id}`, balance, version: 1 });
const entry = (id: string, over: Partial<Schema['entry']> = {}) => ({
  id,
  accountId: 'a',
  note: null,
  body: '{}',
  enteredAt: '2027-01-05T10:21:44.120Z',
  ...over,
});

const changedMind = new Error('changed its mind');

/** What every `Database` keeps to. Each test opens one that is empty. */
export function databaseContract(name: string, open: () => Promise<DatabaseUnderTest>): void {
  describe(`a database on ${name}`, () => {
    let store: DatabaseUnderTest;
    let database: Database<Schema>;

    beforeEach(async () => {
      store = await open();
      await store.migrate(contractMigrations);
      database = store.database<Schema>();
    });
    afterEach(() => store.close());

    const insert = (...rows: readonly Schema['account'][]) =>
      database.transaction((tx) => tx.insertInto('account').values(rows).execute());
    const idsNow = async (): Promise<string[]> =>
      (await database.query.selectFrom('account').select('id').orderBy('id').execute()).map(({ id }) => id);

    /** Fails when it is not refused. */
    async function refusal(work: Promise<unknown>): Promise<unknown> {
      return work.then(
        () => expect('it was done').toBe('it was refused'),
        (error: unknown) => error,
      );
    }

    describe('a transaction', () => {
      it('answers what its work answers, and is there afterwards', async () => {
        const answer = await database.transaction(async (tx) => {
          await tx.insertInto('account').values(account('a')).execute();
          return 'done';
        });
        expect(answer).toBe('done');
        expect(await idsNow()).toEqual(['a']);
      });

      it('sees what it wrote itself', async () => {
        const seen = await database.transaction(async (tx) => {
          await tx.insertInto('account').values(account('a', 5)).execute();
          await tx.updateTable('account').set({ balance: 6 }).where('id', '=', 'a').execute();
          return tx.selectFrom('account').select('balance').where('id', '=', 'a').executeTakeFirst();
        });
        expect(seen).toEqual({ balance: 6 });
      });

      it('leaves nothing when its work throws, and throws what the work threw', async () => {
        await insert(account('a', 5));
        const failed = database.transaction(async (tx) => {
          await tx.insertInto('account').values(account('b')).execute();
          await tx.updateTable('account').set({ balance: 0 }).where('id', '=', 'a').execute();
          await tx.insertInto('entry').values(entry('e')).execute();
          throw changedMind;
        });
        expect(await refusal(failed)).toBe(changedMind);
        expect(await database.query.selectFrom('account').select(['id', 'balance']).execute()).toEqual([
          { id: 'a', balance: 5 },
        ]);
        expect(await database.query.selectFrom('entry').selectAll().execute()).toEqual([]);
      });

      it('that failed does not hurt those that ran beside it', async () => {
        const works = Array.from({ length: 50 }, (_, at) =>
          database.transaction(async (tx) => {
            await tx
              .insertInto('account')
              .values(account(`a-${String(at).padStart(2, '0')}`))
              .execute();
            if (at % 5 === 0) throw changedMind;
            if (at % 5 === 1) await tx.insertInto('account').values(account('shared')).execute();
          }),
        );
        const outcomes = await Promise.allSettled(works);
        const done = outcomes.flatMap(({ status }, at) =>
          status === 'fulfilled' ? [`a-${String(at).padStart(2, '0')}`] : [],
        );
        expect(done).toHaveLength(31);
        expect(await idsNow()).toEqual([...done, 'shared']);
      });

      it('shows nobody what it has not committed', async () => {
        const outside: Promise<unknown>[] = [];
        const failed = database.transaction(async (tx) => {
          await tx.insertInto('account').values(account('a')).execute();
          outside.push(database.query.selectFrom('account').selectAll().execute());
          // Gives the query time to be answered. It is not awaited: a server may keep it waiting for this very transaction.
          for (let look = 0; look < 10; look++) await tx.selectFrom('account').selectAll().execute();
          throw changedMind;
        });
        expect(await refusal(failed)).toBe(changedMind);
        expect(await Promise.all(outside)).toEqual([[]]);
      });

      it('shows everybody what it has committed, from the moment that it resolves', async () => {
        for (let at = 0; at < 20; at++) {
          await insert(account(`a-${at}`));
          expect(await idsNow()).toHaveLength(at + 1);
        }
      });
    });

    describe('a row with a key that exists', () => {
      it('is a UniqueViolation: the primary key, a unique index, in one statement or in two', async () => {
        await insert(account('a'));
        const again = [
          insert(account('a')),
          insert({ ...account('b'), owner: 'owner of a' }),
          insert(account('c'), account('c')),
          database
            .transaction((tx) => tx.updateTable('account').set({ id: 'a' }).where('id', '=', 'z').execute())
            .then(() => insert(account('a'))),
        ];
        for (const each of again) {
          const error = await refusal(each);
          expect(error).toBeInstanceOf(SqlFault);
          expect((error as SqlFault).reason).toBe('UniqueViolation');
        }
        expect(await idsNow()).toEqual(['a']);
      });

      it('is inserted by exactly one of many', async () => {
        const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => insert(account('a'))));
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        for (const outcome of outcomes)
          if (outcome.status === 'rejected')
            expect(isSqlFault(outcome.reason, 'UniqueViolation', 'Transient')).toBe(true);
      });

      it('is told from other faults', async () => {
        const error = await refusal(
          database.transaction((tx) =>
            tx
              .insertInto('account')
              .values({ id: 'a' } as Schema['account'])
              .execute(),
          ),
        );
        expect(isSqlFault(error, 'UniqueViolation')).toBe(false);
        expect(await idsNow()).toEqual([]);
      });
    });

    describe('a version in the condition', () => {
      const raise = (tx: Transaction<Schema>, id: string, version: number, balance: number) =>
        tx
          .updateTable('account')
          .set({ balance, version: version + 1 })
          .where('id', '=', id)
          .where('version', '=', version)
          .executeTakeFirst();

      it('counts the rows that an update or a delete met', async () => {
        await insert(account('a'), account('b'), account('c'));
        await database.transaction(async (tx) => {
          expect((await raise(tx, 'a', 1, 5)).numUpdatedRows).toBe(1n);
          expect((await raise(tx, 'a', 1, 6)).numUpdatedRows).toBe(0n);
          expect(
            (await tx.updateTable('account').set({ balance: 0 }).executeTakeFirst()).numUpdatedRows,
          ).toBe(3n);
          expect(
            (await tx.deleteFrom('account').where('id', 'in', ['b', 'c', 'd']).executeTakeFirst())
              .numDeletedRows,
          ).toBe(2n);
          expect(
            (await tx.deleteFrom('account').where('id', '=', 'z').executeTakeFirst()).numDeletedRows,
          ).toBe(0n);
        });
      });

      it('lets 50 transfers at once conserve the sum', async () => {
        const ids = ['a', 'b', 'c', 'd', 'e'];
        await insert(...ids.map((id) => account(id, 1000)));

        const transfer = (from: string, to: string, amount: number) =>
          database.transaction(async (tx) => {
            // Always in the order of the ids, so that no two wait for each other.
            const rows = await tx
              .selectFrom('account')
              .selectAll()
              .where('id', 'in', [from, to])
              .orderBy('id')
              .execute();
            for (const row of rows) {
              const balance = row.balance + (row.id === to ? amount : -amount);
              const { numUpdatedRows } = await raise(tx, row.id, row.version, balance);
              if (numUpdatedRows !== 1n)
                throw new StaleVersion(`${row.id} has been written since it was read`);
            }
          });
        const patiently = async (from: string, to: string, amount: number): Promise<void> => {
          for (;;) {
            try {
              await transfer(from, to, amount);
              return;
            } catch (error) {
              if (!(error instanceof StaleVersion) && !isSqlFault(error, 'Transient')) throw error;
            }
          }
        };
        // From each account to each of the four others.
        const transfers = Array.from({ length: 50 }, (_, at) => {
          const [from, to] = [at % 5, (at + 1 + (Math.floor(at / 5) % 4)) % 5];
          return patiently(ids[from]!, ids[to]!, at + 1);
        });
        await Promise.all(transfers);

        const rows = await database.query.selectFrom('account').select(['balance', 'version']).execute();
        expect(rows.reduce((sum, row) => sum + row.balance, 0)).toBe(5000);
        // Two rows a transfer.
        expect(rows.reduce((sum, row) => sum + row.version - 1, 0)).toBe(100);
      });
    });

    describe('values', () => {
      it.each([0, 1, -1, 4800, 2 ** 31, -(2 ** 40), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
        'keeps the whole number %p a number',
        async (balance) => {
          await insert(account('a', balance));
          expect(await database.query.selectFrom('account').select('balance').execute()).toEqual([
            { balance },
          ]);
          expect(
            await database.query.selectFrom('account').select('id').where('balance', '=', balance).execute(),
          ).toEqual([{ id: 'a' }]);
        },
      );

      it('counts and adds up in numbers', async () => {
        await insert(account('a', 2 ** 33), account('b', 5));
        const row = await database.query
          .selectFrom('account')
          .select((e) => [
            e.fn.countAll<number>().as('count'),
            e.fn.sum<number>('balance').as('sum'),
            e.fn.max('balance').as('most'),
          ])
          .executeTakeFirst();
        expect(row).toEqual({ count: 2, sum: 2 ** 33 + 5, most: 2 ** 33 });
      });

      it('reads instants as the text that was written, in the order of time', async () => {
        const instants = ['2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.000Z', '2027-01-01T00:00:00.001Z'];
        await database.transaction((tx) =>
          tx
            .insertInto('entry')
            .values([2, 0, 1].map((at) => entry(`e-${at}`, { enteredAt: instants[at]! })))
            .execute(),
        );
        const rows = await database.query
          .selectFrom('entry')
          .select('enteredAt')
          .orderBy('enteredAt')
          .execute();
        expect(rows.map(({ enteredAt }) => enteredAt)).toEqual(instants);
        const later = database.query.selectFrom('entry').select('id').where('enteredAt', '>', instants[1]!);
        expect(await later.execute()).toEqual([{ id: 'e-2' }]);
      });

      it('keeps text of every script, quotes and all, and tells null from nothing', async () => {
        const notes = [`Zoë's “50 %” [座席] 🎶 \\ ; drop table account --`, '', ' ', null];
        await database.transaction((tx) =>
          tx
            .insertInto('entry')
            .values(notes.map((note, at) => entry(`e-${at}`, { note })))
            .execute(),
        );
        const rows = await database.query.selectFrom('entry').select('note').orderBy('id').execute();
        expect(rows.map(({ note }) => note)).toEqual(notes);
        expect(
          await database.query.selectFrom('entry').select('id').where('note', 'is', null).execute(),
        ).toEqual([{ id: 'e-3' }]);
      });

      it('keeps long text of a megabyte', async () => {
        const body = JSON.stringify({ text: 'ä€🎶x'.repeat(200_000) });
        await database.transaction((tx) => tx.insertInto('entry').values(entry('e', { body })).execute());
        const row = await database.query.selectFrom('entry').select('body').executeTakeFirst();
        expect(row?.body === body).toBe(true);
      });

      it('compares keys byte by byte', async () => {
        const ids = ['B', 'Z-1', '_', 'a', 'a-1', 'a-10', 'a-2', 'b'];
        await insert(...[...ids].reverse().map((id) => account(id)));
        expect(await idsNow()).toEqual(ids);
        expect(
          await database.query.selectFrom('account').select('id').where('id', '=', 'A').execute(),
        ).toEqual([]);
        expect(
          await database.query.selectFrom('account').select('id').where('id', '<', 'a').execute(),
        ).toHaveLength(3);
      });
    });

    describe('queries', () => {
      it('give pages in order, and at most what was asked for', async () => {
        await insert(...Array.from({ length: 25 }, (_, at) => account(`a-${String(at).padStart(2, '0')}`)));
        const ordered = database.query.selectFrom('account').select('id').orderBy('id');
        expect(await ordered.limit(10).execute()).toHaveLength(10);
        expect((await ordered.limit(10).offset(20).execute()).map(({ id }) => id)).toEqual([
          'a-20',
          'a-21',
          'a-22',
          'a-23',
          'a-24',
        ]);
        expect(await ordered.limit(10).offset(30).execute()).toEqual([]);
        const after = ordered.where('id', '>', 'a-07').limit(2);
        expect((await after.execute()).map(({ id }) => id)).toEqual(['a-08', 'a-09']);
        const last = database.query.selectFrom('account').select('id').orderBy('id', 'desc').limit(1);
        expect(await last.executeTakeFirst()).toEqual({ id: 'a-24' });
      });

      it('join, group and look for one of several', async () => {
        await insert(account('a', 1), account('b', 2), account('c', 3));
        await database.transaction((tx) =>
          tx
            .insertInto('entry')
            .values([entry('e-1'), entry('e-2'), entry('e-3', { accountId: 'b' })])
            .execute(),
        );
        const rows = await database.query
          .selectFrom('account')
          .leftJoin('entry', 'entry.accountId', 'account.id')
          .select((e) => ['account.id', e.fn.count<number>('entry.id').as('entries')])
          .where('account.id', 'in', ['a', 'b', 'c', 'z'])
          .groupBy('account.id')
          .orderBy('account.id')
          .execute();
        expect(rows).toEqual([
          { id: 'a', entries: 2 },
          { id: 'b', entries: 1 },
          { id: 'c', entries: 0 },
        ]);
      });

      it('take a hundred rows in one insert and a hundred ids in one condition', async () => {
        const ids = Array.from({ length: 100 }, (_, at) => `a-${String(at).padStart(3, '0')}`);
        await insert(...ids.map((id) => account(id)));
        const rows = await database.query
          .selectFrom('account')
          .select('id')
          .where('id', 'in', ids)
          .orderBy('id')
          .execute();
        expect(rows.map(({ id }) => id)).toEqual(ids);
      });

      it('that are wrong fail, and the next one works', async () => {
        const wrong = database.query.selectFrom('nowhere' as 'account').selectAll();
        await refusal(wrong.execute());
        await refusal(
          database.transaction((tx) =>
            tx
              .insertInto('nowhere' as 'account')
              .values(account('a'))
              .execute(),
          ),
        );
        await insert(account('a'));
        expect(await idsNow()).toEqual(['a']);
      });
    });

    describe('migrations', () => {
      const more: Migration = {
        name: '0003-more',
        async up(tx, types) {
          await tx.schema.alterTable('account').addColumn('email', types.text(200)).execute();
          const own = tx as unknown as Transaction<Schema>;
          await own.updateTable('account').set({ balance: 7 }).execute();
        },
      };

      it('run once each, however often they are asked for', async () => {
        await insert(account('a'));
        await store.migrate(contractMigrations);
        await store.migrate([...contractMigrations, more]);
        await database.transaction((tx) => tx.updateTable('account').set({ balance: 8 }).execute());
        await store.migrate([...contractMigrations, more]);
        const widened = store.database<{ account: Schema['account'] & { email: string | null } }>();
        expect(
          await widened.query.selectFrom('account').select(['id', 'balance', 'email']).execute(),
        ).toEqual([{ id: 'a', balance: 8, email: null }]);
      });

      it('that fail leave nothing of themselves, and what ran before them stays', async () => {
        await insert(account('a'));
        const broken: Migration = {
          name: '0004-broken',
          async up(tx, types) {
            await tx.schema.createTable('half').addColumn('id', types.key(64)).execute();
            throw changedMind;
          },
        };
        expect(await refusal(store.migrate([...contractMigrations, more, broken]))).toBe(changedMind);
        expect(await database.query.selectFrom('account').select('balance').execute()).toEqual([
          { balance: 7 },
        ]);
        await refusal(
          store.database<{ half: { id: string } }>().query.selectFrom('half').selectAll().execute(),
        );
        const mended: Migration = {
          ...broken,
          up: (tx, types) => tx.schema.createTable('half').addColumn('id', types.key(64)).execute(),
        };
        await store.migrate([...contractMigrations, more, mended]);
        expect(
          await store.database<{ half: { id: string } }>().query.selectFrom('half').selectAll().execute(),
        ).toEqual([]);
      });

      it('that would run before one that has run are refused: forwards only', async () => {
        const late: Migration = { name: '0001-late', up: () => Promise.resolve() };
        await expect(store.migrate([...contractMigrations, late])).rejects.toThrow('0001-late');
        await expect(store.migrate([...contractMigrations, ...contractMigrations])).rejects.toThrow(
          '0001-account',
        );
      });
    });
  });
}
