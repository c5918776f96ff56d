import { beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { faultOf } from './statements/check';
import { collect, type Collection } from './statements/collect';

const root = path.resolve(__dirname, '../../..');

describe('what services send to a relational database', () => {
  let collection: Collection;
  beforeAll(async () => {
    collection = await collect(root);
  }, 180_000);

  it('is T-SQL, and none of what we promised to do without', () => {
    const faults = collection.statements.map((one) => ({
      from: one.from,
      sql: one.sql,
      fault: faultOf(one),
    }));
    expect(faults.filter(({ fault }) => fault !== undefined)).toEqual([]);
  });

  it('is all in the collection: nothing that builds a query was left out', () => {
    expect(collection.unreached).toEqual([]);
  });

  it('comes from every service with such a database, its migrations and the tables of its messages', () => {
    const of = new Set(collection.statements.map((one) => `${one.of} ${one.from === 'migrations'}`));
    for (const service of ['event-management', 'payment-processing'])
      expect([of.has(`${service} true`), of.has(`${service} false`)]).toEqual([true, true]);
    expect(of.has('messaging false')).toBe(true);
  });
});
