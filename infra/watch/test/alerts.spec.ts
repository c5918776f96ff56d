import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import alerts from '../alerts.json';
import charts from '../workbook.json';
import { metricFaults } from './metric-faults';

const watch = path.resolve(__dirname, '..');
const textOf = (file: string): string => readFileSync(path.join(watch, file), 'utf8');
const queriesIn = (folder: string): string[] =>
  readdirSync(path.join(watch, folder))
    .map((file) => file.replace(/\.kql$/, ''))
    .sort();
/** The queries that a template loads, each under its own name. */
const loadedBy = (template: string, folder: string): string[] =>
  [...textOf(template).matchAll(/^ {2}'?([\w-]+)'?: loadTextContent\('(\w+)\/([\w-]+)\.kql'\)$/gm)]
    .filter(([, name, from, file]) => from === folder && name === file)
    .map(([, name = '']) => name)
    .sort();
const typeOf: Readonly<Record<string, string>> = alerts.resourceTypes;
const named = (items: readonly { readonly name: string }[]): string[] => items.map(({ name }) => name).sort();
const all = [...alerts.metrics, ...alerts.queries];

describe('the metric alerts and charts', () => {
  it.each(alerts.metrics)(
    '$name is on a metric that Azure has',
    ({ on, metric, aggregation, dimensions }) => {
      const names = dimensions.map(({ name }) => name);
      expect(metricFaults(typeOf[on] ?? on, { metric, aggregation, dimensions: names })).toEqual([]);
    },
  );

  it.each(charts.platform)('$title is of a metric that Azure has', ({ on, metric, aggregation, splitBy }) => {
    const dimensions = splitBy === '' ? [] : [splitBy];
    expect(metricFaults(typeOf[on] ?? on, { metric, aggregation, dimensions })).toEqual([]);
  });

  const letters = { metric: 'DeadletteredMessages', aggregation: 'Maximum', dimensions: ['EntityName'] };
  it.each([
    [
      'a metric that is not there',
      { ...letters, metric: 'DeadLetterMessages' },
      'has no metric DeadLetterMessages',
    ],
    ['a way to add up that it has not', { ...letters, aggregation: 'Total' }, 'not aggregated by Total'],
    ['a dimension that it has not', { ...letters, dimensions: ['Entity'] }, 'has no dimension Entity'],
  ])('are seen to be wrong with %s', (_, use, fault) => {
    expect(metricFaults('Microsoft.ServiceBus/namespaces', letters)).toEqual([]);
    expect(metricFaults('Microsoft.ServiceBus/namespaces', use).join()).toContain(fault);
    expect(metricFaults('Microsoft.ServiceBus/topics', letters)).toHaveLength(1);
  });
});

describe('the templates', () => {
  it('load each query under its own name, and none that nobody asks', () => {
    expect(loadedBy('watch.bicep', 'alerts')).toEqual(queriesIn('alerts'));
    expect(named(alerts.queries)).toEqual(queriesIn('alerts'));
    expect(loadedBy('workbook.bicep', 'workbook')).toEqual(queriesIn('workbook'));
    expect([...charts.business, ...charts.technical].map(({ query }) => query).sort()).toEqual(
      queriesIn('workbook'),
    );
  });

  it('know each kind of resource by the same name', () => {
    const watched = /var watched = \{\n([^}]*)\}/.exec(textOf('watch.bicep'))?.[1] ?? '';
    const kinds = [...watched.matchAll(/^ {2}(\w+):/gm)].map(([, kind]) => kind);
    expect(kinds).toEqual(Object.keys(alerts.resourceTypes));
  });
});

describe('every alert', () => {
  it('has a name of its own', () => {
    expect(new Set(named(all)).size).toBe(all.length);
  });

  // Minutes up to half an hour, of the values that Azure takes (as Terraform's azurerm provider lists them).
  const windows = { metrics: [1, 5, 15, 30], queries: [1, 5, 10, 15, 30] };
  const minutes = (duration: string): number => Number(/^PT(\d+)M$/.exec(duration)?.[1]);
  it.each(['metrics', 'queries'] as const)(
    'of the %s looks at a time that Azure takes, and leaves no gap',
    (kind) => {
      for (const { every, window, severity } of alerts[kind]) {
        expect(windows[kind]).toContain(minutes(window));
        expect(windows.metrics).toContain(minutes(every));
        expect(minutes(window)).toBeGreaterThanOrEqual(minutes(every));
        expect([0, 1, 2, 3, 4]).toContain(severity);
      }
    },
  );

  it('is in the table that people read, with the runbook that helps', () => {
    const rows = textOf('README.md').split('\n');
    for (const { name, severity, runbook } of all) {
      const cells = rows
        .find((row) => row.startsWith(`| \`${name}\` `))
        ?.split('|')
        .map((cell) => cell.trim());
      expect([name, cells?.[4], cells?.[5]]).toEqual([
        name,
        String(severity),
        `[${runbook}](../../docs/operations/${runbook})`,
      ]);
    }
  });
});
