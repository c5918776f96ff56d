import { describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { isSqlFault, SqlFault, type SqlFaultReason } from './faults';
import { asSqlFault } from './sqlite';

const schema =
  'create table t (id text primary key, slug text unique, n integer not null check (n >= 0)) strict';

describe('what SQLite refuses', () => {
  const faultOf = (sql: string): unknown => {
    const database = new DatabaseSync(':memory:');
    try {
      database.exec(`${schema}; insert into t values ('a', 'a', 1)`);
      database.exec(sql);
      return 'it was done';
    } catch (error) {
      return asSqlFault(error);
    } finally {
      database.close();
    }
  };

  it.each<[string, string, SqlFaultReason | undefined]>([
    ['a primary key that exists', `insert into t values ('a', 'b', 1)`, 'UniqueViolation'],
    ['a unique column that exists', `insert into t values ('b', 'a', 1)`, 'UniqueViolation'],
    ['a missing value', `insert into t (id) values ('b')`, undefined],
    ['a broken check', `insert into t values ('b', 'b', -1)`, undefined],
    ['a wrong type', `insert into t values ('b', 'b', 'many')`, undefined],
    ['no table', 'insert into nowhere values (1)', undefined],
  ])('for %s is told as services know it', (_, sql, reason) => {
    const fault = faultOf(sql);
    expect(fault instanceof SqlFault ? fault.reason : undefined).toBe(reason);
    expect(fault).not.toBe('it was done');
  });
});

describe('an SQL fault', () => {
  it('is told from others, and by its reason', () => {
    const fault = new SqlFault('Transient', 'deadlock');
    expect([
      isSqlFault(fault),
      isSqlFault(fault, 'Transient'),
      isSqlFault(fault, 'UniqueViolation'),
      isSqlFault(new Error('x')),
    ]).toEqual([true, true, false, false]);
  });
});
