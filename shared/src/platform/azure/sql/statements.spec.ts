import { describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { mssqlDatabase } from './database';
import { mssqlMigrations } from './migrations';

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
describe('statements in T-SQL', () => {
  const { query: db } = mssqlDatabase<Schema>({ connectionString: 'Server=nowhere;Database=none' });
  const { types, statements } = mssqlMigrations({});
  const accounts = db.selectFrom('account').select('id');

  it.each([
    ['a limit', accounts.orderBy('id').limit(3), 'select top(3) "id" from "account" order by "id"'],
    ['a limit without order', accounts.distinct().limit(3), 'select distinct top(3) "id" from "account"'],
    [
      'a page',
      accounts.orderBy('id').limit(3).offset(6),
      'select "id" from "account" order by "id" offset @1 rows fetch next @2 rows only',
    ],
    ['the rest', accounts.orderBy('id').offset(6), 'select "id" from "account" order by "id" offset @1 rows'],
    [
      'a limit on a union',
      accounts.union(db.selectFrom('entry').select('id')).orderBy('id').limit(3),
      'select "id" from "account" union select "id" from "entry" order by "id" offset 0 rows fetch next @1 rows only',
    ],
    [
      'a limit within',
      accounts.where('id', 'in', db.selectFrom('entry').select('accountId').orderBy('id').limit(1)),
      'select "id" from "account" where "id" in (select top(1) "accountId" from "entry" order by "id")',
    ],
    [
      'an insert',
      db.insertInto('account').values([account('a'), account('b')]),
      'insert into "account" ("id", "owner", "balance", "version") values (@1, @2, @3, @4), (@5, @6, @7, @8)',
    ],
    [
      'an insert from a select',
      db
        .insertInto('entry')
        .columns(['id', 'accountId'])
        .expression(db.selectFrom('account').select(['id', 'owner'])),
      'insert into "entry" ("id", "accountId") select "id", "owner" from "account"',
    ],
    [
      'an update with its version',
      db
        .updateTable('account')
        .set({ balance: 1, version: 2 })
        .where('id', '=', 'a')
        .where('version', '=', 1),
      'update "account" set "balance" = @1, "version" = @2 where "id" = @3 and "version" = @4',
    ],
    [
      'an addition',
      db.updateTable('account').set((e) => ({ balance: e('balance', '+', 5) })),
      'update "account" set "balance" = "balance" + @1',
    ],
    [
      'a delete',
      db.deleteFrom('account').where('id', 'in', ['a', 'b']),
      'delete from "account" where "id" in (@1, @2)',
    ],
    [
      'a name that is a word of the language',
      sql`select ${sql.ref('order.user')} from ${sql.table('order')}`,
      'select "order"."user" from "order"',
    ],
    [
      'a table',
      db.schema
        .createTable('seat')
        .addColumn('id', types.key(64), (c) => c.notNull().primaryKey())
        .addColumn('name', types.text(200))
        .addColumn('facts', types.longText, (c) => c.notNull())
        .addColumn('row', types.whole, (c) => c.notNull().defaultTo(0))
        .addColumn('soldAt', types.instant),
      'create table "seat" ("id" varchar(64) collate Latin1_General_100_BIN2 not null primary key, "name" nvarchar(200), ' +
        '"facts" nvarchar(max) not null, "row" bigint default 0 not null, ' +
        '"soldAt" varchar(24) collate Latin1_General_100_BIN2)',
    ],
    [
      'an index',
      db.schema.createIndex('seat_by_row').unique().on('seat').columns(['row', 'name']),
      'create unique index "seat_by_row" on "seat" ("row", "name")',
    ],
    [
      'an index taken away',
      statements.dropIndex('seat_by_row', 'seat'),
      'drop index "seat_by_row" on "seat"',
    ],
    [
      'a table that nobody changes',
      statements.appendOnly('entry')[0]!,
      `create trigger "entryAppendOnly" on "entry" instead of update, delete as throw 50000, 'entry is append only', 1`,
    ],
    [
      'a new column',
      db.schema.alterTable('seat').addColumn('gate', types.key(8)),
      'alter table "seat" add "gate" varchar(8) collate Latin1_General_100_BIN2',
    ],
  ])('write %s as any server takes it', (_, statement, text) => {
    expect('compile' in statement ? statement.compile(db).sql : '').toBe(text);
  });

  it('leave keys to the database where it is told so', () => {
    const table = db.schema
      .createTable('seat')
      .addColumn('id', mssqlMigrations({ keyCollation: 'none' }).types.key(64));
    expect(table.compile().sql).toBe('create table "seat" ("id" varchar(64))');
    expect(() => mssqlMigrations({ keyCollation: 'x; drop table seat' })).toThrow('not a collation');
  });

  it.each([
    ['returning', () => db.insertInto('account').values(account('a')).returning('id').compile()],
    [
      'onConflict',
      () =>
        db
          .insertInto('account')
          .values(account('a'))
          .onConflict((c) => c.doNothing())
          .compile(),
    ],
    ['returning', () => db.deleteFrom('account').returning('id').compile()],
    ['limit', () => db.updateTable('account').set({ balance: 1 }).limit(1).compile()],
    ['orderBy', () => accounts.limit(1).offset(1).compile()],
  ])('with %s are refused before a server sees them', (clause, compile) => {
    expect(compile).toThrow(clause);
  });
});
