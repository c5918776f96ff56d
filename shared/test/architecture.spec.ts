import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

interface Report {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

function cruise(folder: string): Report {
  const cruiser = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = path.join(folder, '.dependency-cruiser.cjs');
  const run = spawnSync(
    process.execPath,
    [cruiser, '--config', config, '--output-type', 'json', 'shared', 'services', 'infra'],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  if (!run.stdout.startsWith('{')) throw new Error(`dependency-cruiser did not run: ${run.stderr}`);
  return JSON.parse(run.stdout) as Report;
}

const inventory = 'services/ticket-inventory/src';
/** A file with one forbidden import, the rule that must notice it. */
const planted: readonly { readonly rule: string; readonly file: string; readonly imports: string }[] = [
  { rule: 'no-cycles', file: `${inventory}/core/hen.ts`, imports: './egg' },
  {
    rule: 'core-imports-core-alone',
    file: `${inventory}/core/rule-that-answers.ts`,
    imports: '@boxoffice/shared/http',
  },
  {
    rule: 'core-imports-core-alone',
    file: `${inventory}/core/rule-that-stores.ts`,
    imports: '../infrastructure/store',
  },
  { rule: 'core-imports-core-alone', file: `${inventory}/core/rule-that-reads-files.ts`, imports: 'node:fs' },
  { rule: 'scanning-is-rules-alone', file: 'shared/src/scanning/scanner-that-serves.ts', imports: '../http' },
  {
    rule: 'api-knows-no-infrastructure',
    file: `${inventory}/api/hold.http.ts`,
    imports: '../infrastructure/store',
  },
  {
    rule: 'infrastructure-knows-no-api',
    file: `${inventory}/infrastructure/knows-the-wire.ts`,
    imports: '../api/routes',
  },
  { rule: 'only-main-knows-every-layer', file: `${inventory}/api/self-made.http.ts`, imports: '../main' },
  {
    rule: 'services-are-strangers',
    file: `${inventory}/core/nosy.ts`,
    imports: '../../../notification/src/main',
  },
  {
    rule: 'standalone-enters-by-the-front-door',
    file: 'services/standalone/src/burglar.ts',
    imports: '../../ticket-inventory/src/core/egg',
  },
  {
    rule: 'only-platform-azure-knows-azure',
    file: `${inventory}/infrastructure/cosmos.ts`,
    imports: '@azure/cosmos',
  },
  {
    rule: 'services-stand-on-any-platform',
    file: `${inventory}/main.ts`,
    imports: '@boxoffice/shared/platform/embedded',
  },
  {
    rule: 'shared-knows-no-service',
    file: 'shared/src/kernel/insider.ts',
    imports: '../../../services/notification/src/main',
  },
  { rule: 'platforms-are-strangers', file: 'shared/src/platform/embedded/index.ts', imports: '../azure' },
  { rule: 'tests-stay-out-of-what-ships', file: 'shared/src/kernel/tested.ts', imports: '../../test/double' },
  {
    rule: 'tests-stay-out-of-what-ships',
    file: 'services/standalone/src/measured.ts',
    imports: '../../ticket-inventory/bench/rush',
  },
  {
    rule: 'tests-stay-out-of-what-ships',
    file: 'infra/hooks/tested.ts',
    imports: '../../shared/test/double',
  },
  {
    rule: 'nobody-leans-on-infra',
    file: 'shared/src/kernel/deployed.ts',
    imports: '../../../infra/hooks/hook',
  },
  {
    rule: 'infra-enters-by-the-front-door',
    file: 'infra/hooks/burglar.ts',
    imports: '../../services/ticket-inventory/src/core/egg',
  },
  { rule: 'imports-resolve', file: 'shared/src/kernel/dreamer.ts', imports: './nowhere' },
];

/** What the planted imports point at. */
const innocent = [
  `${inventory}/core/egg.ts`,
  `${inventory}/infrastructure/store.ts`,
  `${inventory}/api/routes.ts`,
  'services/notification/src/main.ts',
  'shared/src/http/index.ts',
  'shared/src/platform/azure/index.ts',
  'shared/test/double.ts',
  'services/ticket-inventory/bench/rush.ts',
  'infra/hooks/hook.ts',
  'node_modules/@azure/cosmos/index.ts',
];

describe('the architecture', () => {
  let folder: string;
  let report: Report;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-house-'));
    const put = (file: string, text: string) => {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    };
    cpSync(path.join(root, '.dependency-cruiser.cjs'), path.join(folder, '.dependency-cruiser.cjs'));
    put('tsconfig.json', '{ "compilerOptions": { "module": "node20", "moduleResolution": "node16" } }');
    put(
      'shared/package.json',
      JSON.stringify({
        name: '@boxoffice/shared',
        exports: { './platform/*': './src/platform/*/index.ts', './*': './src/*/index.ts' },
      }),
    );
    put('package.json', JSON.stringify({ name: 'planted', dependencies: { '@azure/cosmos': '1.0.0' } }));
    put(
      'node_modules/@azure/cosmos/package.json',
      JSON.stringify({ name: '@azure/cosmos', version: '1.0.0', main: 'index.ts' }),
    );
    mkdirSync(path.join(folder, 'node_modules/@boxoffice'), { recursive: true });
    for (const file of innocent) put(file, 'export interface Innocent { readonly name: string }\n');
    put(
      `${inventory}/core/egg.ts`,
      "import type { Planted } from './hen';\nexport type Innocent = Planted;\n",
    );
    for (const { file, imports } of planted)
      put(file, `import type { Innocent } from '${imports}';\nexport type Planted = Innocent;\n`);
    symlinkSync(path.join(folder, 'shared'), path.join(folder, 'node_modules/@boxoffice/shared'), 'junction');
    report = cruise(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(planted)('notices $rule in $file', ({ rule, file }) => {
    // Of a circle only one of the imports is named.
    const here = report.summary.violations.filter(
      (v) => v.from === file || (v.rule.name === 'no-cycles' && v.to === file),
    );
    const alarms = here.map((violation) => violation.rule.name);
    expect(alarms).toContain(rule);
  });

  it('finds nothing else in the planted house', () => {
    const expected = new Set([...planted.map(({ file }) => file), `${inventory}/core/egg.ts`]);
    expect(report.summary.violations.filter(({ from }) => !expected.has(from))).toEqual([]);
  });

  it('is kept by this house', () => {
    const violations = cruise(root).summary.violations.map(
      ({ from, to, rule }) => `${rule.name}: ${from} → ${to}`,
    );
    expect(violations).toEqual([]);
  }, 60_000);
});
