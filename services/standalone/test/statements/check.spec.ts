import { describe, expect, it } from '@jest/globals';
import { faultOf } from './check';
import { shapes, type Statement } from './statement';

const sent = (sql: string, more: Partial<Statement> = {}): Statement => ({
  ...{ of: 'payment-processing', from: 'order-rows.ts', sql, parameters: 1 },
  ...more,
});

describe('the check of statements', () => {
  it.each([
    ['select top(3) "id" from "orders" where "userId" = @1 order by "id" desc'],
    ['select "id" from "orders" order by "id" offset @1 rows fetch next @2 rows only'],
    ['select "id" from "orders" order by "id" offset @1 rows'],
    ['select "id" from "a" union select "id" from "b" order by "id" offset 0 rows fetch next @1 rows only'],
    ['select "id" from "a" where "id" in (select top(1) "id" from "b" order by "id")'],
    ['select "limit", "merge", "order 66" from "true"'],
    ['insert into "orders" ("id", "userId") values (@1, @2), (@3, @4)'],
    ['update "orders" set "version" = "version" + @1 where "id" = @2 and "dueAt" is not null'],
    ['select "id" from "orders" where "state" = @1 and 1 = 1'],
    ['delete from "outbox" where "id" in (@1, @2)'],
  ])('lets pass: %s', (sql) => {
    expect(faultOf(sent(sql))).toBeUndefined();
  });

  it.each([
    ['select "id" from "orders" where "userId" = @1 limit 3', 'LIMIT'],
    ['select "id" from "orders" where "open" = true', 'boolean'],
    ['merge into "a" using "b" on "a"."x" = "b"."x" when matched then delete;', 'MERGE'],
    ['insert into "orders" ("id") values (@1) returning "id"', 'not T-SQL'],
    ['insert into "orders" ("id") values (@1) on conflict do nothing', 'not T-SQL'],
    ['select "a" || "b" from "orders"', 'not T-SQL'],
    ['select "id" from "orders" offset @1 rows fetch next @2 rows only', 'without an order'],
    ['select "id" from "a" where "id" in (select "id" from "b" order by "id")', 'without TOP'],
    ['select "id" from "orders" with (updlock) where "id" = @1', 'lock hint'],
    [`select "id" from "orders" where "userId" = 'ada'`, `'ada' in the text`],
    ['select "id" from "orders" where "version" = 7', '7 in the text'],
    ['select "id" from "orders" offset @1 rows order by "id"', 'without an order'],
    ['select "id" from "orders" order by "id" offset @1 rows fetch next rows only', 'does not parse'],
    ['select "id" "userId" from where', 'does not parse'],
    ['select "id" from "orders" where ("a", "b") > (@1, @2)', 'no pairs'],
  ])('refuses: %s', (sql, why) => {
    expect(faultOf(sent(sql))).toContain(why);
  });

  it('refuses more parameters than a server takes, and what could not be said in T-SQL at all', () => {
    expect(faultOf(sent('select @1', { parameters: 2101 }))).toContain('2101 parameters');
    expect(faultOf(sent('select @1', { untold: 'Error: T-SQL has no returning' }))).toContain('no returning');
  });

  it('lets a migration write what it knows', () => {
    const sql = `update "idempotency" set "reply" = replace("reply", 'a', 'b')`;
    expect(faultOf(sent(sql, { from: 'migrations' }))).toBeUndefined();
    const trigger = `create trigger "t" on "ledger" instead of update, delete as throw 50000, 'append only', 1`;
    expect(faultOf(sent(trigger, { from: 'migrations' }))).toBeUndefined();
    expect(faultOf(sent(`${trigger};`, { from: 'migrations' }))).toContain('does not parse');
    expect(faultOf(sent(sql))).toBeDefined();
  });
});

describe('the shapes of statements', () => {
  it('are one for lists of every length, and for pages of every size', () => {
    const texts = ['(@1)', '(@1, @2)', '(@1, @2, @3)'].map((list) => `delete from "a" where "id" in ${list}`);
    const pages = [2, 21].map((count) => `select top(${count}) "id" from "a"`);
    expect(shapes([...texts, ...pages].map((sql) => sent(sql))).map(({ sql }) => sql)).toEqual([
      texts[0],
      pages[0],
    ]);
  });
});
