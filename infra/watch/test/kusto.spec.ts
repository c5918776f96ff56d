import { describe, expect, it } from '@jest/globals';
import { faultsOf } from './judge';
import { readQuery } from './kusto';
import type { Row } from './telemetry';

describe('a query', () => {
  it('is read: its tables, its texts and the columns of its answer', () => {
    const query = `AppMetrics | where Name == 'a' | summarize value = sum(Sum) by what = tostring(Properties['k'])`;
    expect(readQuery(query)).toEqual({
      faults: [],
      tables: ['AppMetrics'],
      literals: ['a', 'k'],
      columns: ['what', 'value'],
    });
  });

  const row = (
    name: string | undefined,
    properties: Record<string, string> = {},
    table = 'AppMetrics',
  ): Row => ({
    ...{ table, name, properties, role: 'boxoffice.payment-processing', operationId: '' },
  });
  const sent = [
    row('orders.moved', { state: 'paid' }),
    row('refunds.moved', { state: 'failed' }),
    row(undefined, { 'log.message': 'request failed' }, 'AppExceptions'),
  ];
  const good = `AppMetrics | where Name == 'orders.moved' and tostring(Properties['state']) == 'paid' | summarize sum(Sum)`;

  it('is right where all that it names was sent', () => {
    expect(faultsOf(good, sent)).toEqual([]);
    expect(faultsOf(`AppExceptions | project tostring(Properties['log.message'])`, sent)).toEqual([]);
  });

  it.each([
    ['a misspelt metric', good.replace('orders.moved', 'orders.move'), "'orders.move' is never sent"],
    ['a misspelt property', good.replace('state', 'stage'), "'stage' is never sent"],
    ['a value that another metric has', good.replace(`'paid'`, `'failed'`), "'failed' is never sent"],
    ['an unknown column', good.replace('sum(Sum)', 'sum(Amount)'), "The name 'Amount'"],
    ['a table that nobody publishes', good.replace('AppMetrics', 'AppMetric'), "The name 'AppMetric'"],
    ['a table that nothing writes', 'AppRequests | count', 'nothing is sent to AppRequests'],
    ['a property by way of a path', `AppMetrics | where Properties.state == 'paid'`, 'a path'],
    ['what is no query', `${good} | where`, 'Missing expression'],
    ['no table', 'print 1', 'it asks no table'],
  ])('is wrong with %s', (_, query, fault) => {
    expect(faultsOf(query, sent).join('\n')).toContain(fault);
  });
});
