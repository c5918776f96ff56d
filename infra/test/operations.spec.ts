import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import { composedServices } from '../generate/compositions';

const root = path.resolve(__dirname, '../..');
const folder = path.join(root, 'docs/operations');
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
const read = (page: string): string => readFileSync(path.join(folder, page), 'utf8');
const runbooks = pages.filter((page) => page !== 'README.md' && page !== 'capacity.md');
const services = composedServices();
const routes = services.flatMap((service) => [
  `/${service.name}/health`,
  ...service.routes.map((route) => route.path),
]);
const scripts = Object.keys(manifest.scripts);
interface Alert {
  readonly name: string;
  readonly runbook: string;
}
const { metrics, queries } = JSON.parse(
  readFileSync(path.join(root, 'infra/watch/alerts.json'), 'utf8'),
) as Readonly<Record<'metrics' | 'queries', readonly Alert[]>>;

/** What a page leads to that is not there. */
function faultsOf(text: string, from = folder): readonly string[] {
  const all = (pattern: RegExp): string[] => Array.from(text.matchAll(pattern), ([, found = '']) => found);
  // `$service` and words in capitals stand for something, as `{orderId}` does in a route.
  const known = routes.map(
    (route) => new RegExp(`^${route.replaceAll(/\{\w+\}/g, '(?:\\{\\w+\\}|[A-Z]+)')}$`),
  );
  const isKnown = (asked: string): boolean =>
    known.some((pattern) => pattern.test(asked)) || asked === '/$service/health';
  return [
    ...all(/npm run (?:--silent )?([\w:-]+)/g)
      .filter((script) => !scripts.includes(script))
      .map((script) => `no npm run ${script}`),
    ...[...all(/\$API_URL(\/[^\s"?`]*)/g), ...all(/`(?:GET|POST|PUT|DELETE) (\/[^\s`?]+)/g)]
      .filter((asked) => !isKnown(asked))
      .map((asked) => `no route ${asked}`),
    ...all(/\]\(([^)#:]+)(?:#[\w-]+)?\)/g)
      .filter((link) => !existsSync(path.join(from, link)))
      .map((link) => `no page ${link}`),
    ...all(/((?:infra|\.github|services|shared)\/[\w./-]+\.\w+)/g)
      .filter((file) => !existsSync(path.join(root, file)))
      .map((file) => `no file ${file}`),
  ];
}

describe('the pages of operations', () => {
  it.each(pages)('%s leads to commands, routes and files that are there', (page) => {
    expect(faultsOf(read(page))).toEqual([]);
  });

  it('docs/README.md leads to pages that are there', () => {
    const docs = path.join(root, 'docs');
    expect(faultsOf(readFileSync(path.join(docs, 'README.md'), 'utf8'), docs)).toEqual([]);
  });

  it.each(runbooks)('%s ends with how to know that it worked', (page) => {
    expect(
      read(page)
        .match(/^## .*$/gm)
        ?.at(-1),
    ).toBe('## How to know that it worked');
  });

  it.each(runbooks)('%s is found from the operator’s guide', (page) => {
    expect(read('README.md')).toContain(`](${page})`);
  });

  it.each([...metrics, ...queries])(
    'the alert $name has its row, which leads to $runbook',
    ({ name, runbook }) => {
      const row = read('README.md')
        .split('\n')
        .find((line) => line.startsWith('|') && line.includes(`\`${name}\``));
      expect(row).toContain(`](${runbook})`);
      expect(pages).toContain(runbook);
    },
  );

  it.each([
    ['a command', 'npm run dead-leters', 'no npm run dead-leters'],
    ['a route', 'api "$API_URL/sagas/waitng"', 'no route /sagas/waitng'],
    ['a route by its method', '`GET /reconcilation?from=T`', 'no route /reconcilation'],
    ['a page', '[there](nowhere.md)', 'no page nowhere.md'],
    ['a file', 'cat infra/watch/nothing.kql', 'no file infra/watch/nothing.kql'],
  ])('a wrong one is seen: %s', (_what, text, told) => {
    expect(faultsOf(text)).toEqual([told]);
  });
});
