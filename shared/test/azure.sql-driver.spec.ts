import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql, type Transaction } from 'kysely';
import { instant } from '../src/kernel';
import {
  mssqlDatabase,
  mssqlMigrations,
  type MssqlDatabase,
  type MssqlSettings,
} from '../src/platform/azure/sql';
import { migrate, migrationsDue, SqlFault, type Database, type Migration } from '../src/sql';
import { contractMigrations } from './contract/database.contract';
import { TdsDouble } from './doubles/tds';

const clock = { now: () => instant('2027-01-05T10:00:00Z'), sleep: () => Promise.resolve() };

interface Schema {
  account: { id: string; owner: string; balance: number; version: number };
  entry: { id: string; accountId: string; note: string | null; body: string; enteredAt: string };
}

const account = (id: string, balance = 0): Schema['account'] => ({
  id,
  owner: `owner of ${id}`,
  balance,
  version: 1,
});
const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => error,
  );
const reasonOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await caught(work);
  return error instanceof SqlFault ? error.reason : String(error);
};

describe('the mssql driver', () => {
  let double: TdsDouble;
  let database: MssqlDatabase<Schema>;
  const open: MssqlDatabase<Schema>[] = [];

  function connect(over: Partial<MssqlSettings> = {}, more = ''): MssqlDatabase<Schema> {
    const settings = {
      connectionString: `${double.connectionString};${more}`,
      retries: 3,
      firstDelayMilliseconds: 1,
      ...over,
    };
    open.push((database = mssqlDatabase<Schema>(settings)));
    return database;
  }

  beforeEach(async () => {
    double = await TdsDouble.start();
    const store = mssqlDatabase<unknown>({ connectionString: double.connectionString });
    await migrate(store, contractMigrations, mssqlMigrations({}), clock);
    await store.close();
    double.asked.length = 0;
    double.declared.length = 0;
    connect();
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
    await double.close();
  });

  let runs = 0;
  const insert = (id: string) => {
    runs = 0;
    return database.transaction(async (tx) => {
      runs += 1;
      await tx.insertInto('account').values(account(id)).execute();
    });
  };
  const idsNow = async () =>
    (await database.query.selectFrom('account').select('id').orderBy('id').execute()).map(({ id }) => id);

  it.each([1205, 40197, 40501, 40613, 49918, 49919, 49920, 10928, 10929, 4060])(
    'does a transaction again that met error %p',
    async (error) => {
      double.fail({ on: /^insert/, error });
      await insert('a');
      expect([runs, await idsNow()]).toEqual([2, ['a']]);
    },
  );

  it.each([/^begin$/, /^commit$/])(
    'does a transaction again whose %p was refused for a while',
    async (on) => {
      double.fail({ on, error: 40613 });
      await insert('a');
      expect(await idsNow()).toEqual(['a']);
    },
  );

  it.each(['before', 'after'] as const)(
    'does a transaction again that lost its connection %s a statement',
    async (drop) => {
      double.fail({ on: /^insert/, drop });
      await insert('a');
      expect([runs, await idsNow()]).toEqual([2, ['a']]);
    },
  );

  it('gives up after so many tries, and says that nothing was written', async () => {
    double.fail({ on: /^insert/, error: 1205, times: 4 });
    expect(await reasonOf(insert('a'))).toBe('Transient');
    expect([runs, await idsNow()]).toEqual([4, []]);
  });

  it('asks again by itself when a query fails for a while', async () => {
    double.fail({ on: /^select/, error: 40501 });
    double.fail({ on: /^select/, drop: 'before' });
    expect(await idsNow()).toEqual([]);
  });

  it.each(['before', 'after'] as const)(
    'cannot tell the outcome when the connection breaks %s the commit',
    async (drop) => {
      double.fail({ on: /^commit$/, drop });
      expect(await reasonOf(insert('a'))).toBe('OutcomeUnknown');
      expect([runs, await idsNow()]).toEqual([1, drop === 'after' ? ['a'] : []]);
    },
  );

  it('cannot tell the outcome of a commit that is not answered, and lends that connection to nobody', async () => {
    connect({ poolSize: 1 }, 'Request Timeout=150');
    double.fail({ on: /^commit$/, silent: true });
    expect(await reasonOf(insert('a'))).toBe('OutcomeUnknown');
    await insert('b'); // waits for ever while the first transaction is open at the server
    expect([runs, await idsNow()]).toEqual([1, ['b']]);
  });

  it('throws what the work threw though the rollback is not answered, and lends that connection to nobody', async () => {
    connect({ poolSize: 1 }, 'Request Timeout=150');
    double.fail({ on: /^rollback$/, silent: true });
    const changedMind = new Error('changed its mind');
    const work = async (tx: Transaction<Schema>) => {
      await tx.insertInto('account').values(account('a')).execute();
      throw changedMind;
    };
    expect(await caught(database.transaction(work))).toBe(changedMind);
    await insert('b');
    expect(await idsNow()).toEqual(['b']);
  });

  it('takes too long a statement for transient, once', async () => {
    connect({}, 'Request Timeout=150');
    double.fail({ on: /^insert/, silent: true });
    expect(await reasonOf(insert('a'))).toBe('Transient');
    expect([runs, await idsNow()]).toEqual([1, []]);
  });

  it('passes on a refusal of the commit that will not pass', async () => {
    double.fail({ on: /^commit$/, error: 1105 });
    expect(await reasonOf(insert('a'))).toMatch(/an error that was asked for/);
    expect([runs, await idsNow()]).toEqual([1, []]);
  });

  it('lets work go on after a violation that it expected', async () => {
    await insert('a');
    await database.transaction(async (tx) => {
      const again = tx.insertInto('account').values(account('a')).execute();
      expect(await reasonOf(again)).toBe('UniqueViolation');
      await tx.insertInto('account').values(account('b')).execute();
    });
    expect(await idsNow()).toEqual(['a', 'b']);
  });

  it('refuses to write outside a transaction, before anything is sent', async () => {
    const write = database.query.insertInto('account').values(account('a')).execute();
    expect(await reasonOf(write)).toMatch(/outside a transaction/);
    expect(double.asked).toEqual([]);
  });

  it('splits an insert of more rows, or more parameters, than a statement takes', async () => {
    const accounts = Array.from({ length: 1200 }, (_, at) => account(`a-${at}`));
    const result = await database.transaction((tx) =>
      tx.insertInto('account').values(accounts).executeTakeFirst(),
    );
    expect(result.numInsertedOrUpdatedRows).toBe(1200n);
    expect(double.asked.filter((text) => text.startsWith('insert'))).toHaveLength(3);
    expect(await idsNow()).toHaveLength(1200);
  });

  it('refuses a condition of more parameters than a statement takes', async () => {
    const ids = Array.from({ length: 2091 }, (_, at) => `a-${at}`);
    const remove = database.transaction((tx) => tx.deleteFrom('account').where('id', 'in', ids).execute());
    expect(await reasonOf(remove)).toMatch(/2091 parameters/);
  });

  it('says every parameter’s type, so that a statement has one plan and keys are compared as varchar', async () => {
    const entry = {
      id: 'e',
      accountId: 'a',
      note: 'Zoë',
      body: 'x'.repeat(9000),
      enteredAt: '2027-01-05T10:21:44.120Z',
    };
    await database.transaction((tx) => tx.insertInto('entry').values(entry).execute());
    await insert('a');
    expect(double.declared).toEqual([
      '@1 varchar(8000), @2 varchar(8000), @3 nvarchar(4000), @4 varchar(max), @5 varchar(8000)',
      '@1 varchar(8000), @2 varchar(8000), @3 bigint, @4 bigint',
    ]);
  });

  it('gets along with a server that names no collation', async () => {
    double.collated = false;
    connect();
    await insert('a');
    expect(await idsNow()).toEqual(['a']);
    expect(double.declared[0]).toBe('@1 nvarchar(4000), @2 nvarchar(4000), @3 bigint, @4 bigint');
  });

  it('refuses values that a column cannot hold, and numbers that JavaScript cannot', async () => {
    const wrong = [new Date(0), 2 ** 53, Number.NaN, undefined, Symbol('x')];
    for (const value of wrong)
      expect(await caught(sql`select ${value} as "value"`.execute(database.query))).toBeInstanceOf(TypeError);
    await database.transaction(async (tx) => {
      const rows = ['a', 'b'].map((id) => account(id, Number.MAX_SAFE_INTEGER));
      await tx.insertInto('account').values(rows).execute();
    });
    const sum = database.query.selectFrom('account').select((e) => e.fn.sum<number>('balance').as('sum'));
    expect(await caught(sum.execute())).toBeInstanceOf(RangeError);
  });

  it('opens no more connections than it is told', async () => {
    connect({ poolSize: 3 });
    const before = double.connections;
    await Promise.all(Array.from({ length: 30 }, (_, at) => insert(`a-${at}`)));
    expect(double.connections - before).toBeLessThanOrEqual(3);
    expect(await idsNow()).toHaveLength(30);
  });

  it('waits so long for a connection to come free, and then says that nothing was written', async () => {
    connect({ poolSize: 1, waitMilliseconds: 100 });
    await database.transaction(async () => {
      expect(await reasonOf(insert('a'))).toBe('Transient');
    });
    expect([runs, await idsNow()]).toEqual([0, []]);
  });

  it('tells which migrations have not run, and changes nothing by that', async () => {
    const more: Migration = { name: '9999-more', up: () => Promise.reject(new Error('not to be run')) };
    const due = (migrations: readonly Migration[]) =>
      migrationsDue(database as unknown as Database<unknown>, migrations, mssqlMigrations({}));
    expect(await due(contractMigrations)).toEqual([]);
    expect(await due([more, ...contractMigrations])).toEqual(['9999-more']);
    const empty = await TdsDouble.start();
    const other = mssqlDatabase<unknown>({ connectionString: empty.connectionString });
    expect(await migrationsDue(other, [more], mssqlMigrations({}))).toEqual(['9999-more']);
    expect(empty.asked.filter((asked) => !asked.startsWith('select'))).toEqual([]);
    await other.close();
    await empty.close();
  });

  it('says that a server is not there', async () => {
    const gone = await TdsDouble.start();
    const settings = { connectionString: gone.connectionString, retries: 1, firstDelayMilliseconds: 1 };
    await gone.close();
    const nobody = mssqlDatabase<Schema>(settings);
    expect(await reasonOf(nobody.query.selectFrom('account').selectAll().execute())).toBe('Transient');
    await nobody.close();
  });
});
