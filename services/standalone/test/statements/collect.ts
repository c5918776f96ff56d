import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrationStatements } from './migrations';
import { neverRun, type Place } from './places';
import { ownerOf, type Statement } from './statement';

export interface Collection {
  readonly statements: readonly Statement[];
  /** Places that build a query and have never run, so that what they send is not among the statements. */
  readonly unreached: readonly string[];
}

/**
 * All that the services send to a relational database: their own specs are run, and what they have compiled is written down on
 * the way (record.ts). So there is no list to keep, and V8 tells which queries the specs leave out.
 */
export async function collect(root: string): Promise<Collection> {
  const migrations = await migrationStatements();
  const services = [...new Set(migrations.map(({ of }) => of))];
  const folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-statements-'));
  try {
    runSpecs(root, services, folder);
    const files = [...services.map((name) => `services/${name}/src/**/*.ts`), 'shared/src/messaging/*.ts']
      .flatMap((glob) => globSync(glob, { cwd: root }).map((file) => file.replaceAll('\\', '/')))
      .filter((file) => ownerOf(file) !== undefined);
    return {
      statements: [...migrations, ...(read(folder, 'statements') as readonly Statement[])],
      unreached: neverRun(read(folder, 'places') as readonly Place[], files, root),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runSpecs(root: string, services: readonly string[], folder: string): void {
  const jest = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/jest/bin/jest.js'),
      ...['--selectProjects', 'boxoffice', '--silent'],
      `--setupFilesAfterEnv=${path.join(root, 'services/standalone/test/statements/record.ts')}`,
      '--testPathIgnorePatterns=/gateways/', // the longest of all, and they send no SQL
      ...['--testPathPatterns', ...services.map((name) => `services/${name}/(test|src/infrastructure)/`)],
    ],
    { cwd: root, encoding: 'utf8', env: { ...process.env, STATEMENTS_FOLDER: folder }, maxBuffer: 1 << 26 },
  );
  if (jest.status !== 0) throw new Error(`the services' own specs fail:\n${jest.stderr}`);
}

/** Each process of the run has written a file of its own. */
function read(folder: string, kind: 'statements' | 'places'): readonly unknown[] {
  const lines = readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`))
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n'));
  return [...new Set(lines)].map((line) => JSON.parse(line) as unknown);
}
