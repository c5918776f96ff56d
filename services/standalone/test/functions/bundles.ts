import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ServiceName } from '@boxoffice/shared/contracts';

const root = path.resolve(__dirname, '../../../..');
const distOf = (service: ServiceName): string => path.join(root, 'services', service, 'dist/functions');

export interface Bundle {
  readonly file: string;
  readonly kilobytes: number;
  /** Whose code is in the bundle itself. */
  readonly packages: readonly string[];
  /** In files of their own beside it, as `azure-cosmos.js`. */
  readonly lazy: readonly string[];
}

/** Builds where nothing has been built; `npm test` has, just before. */
export function buildWhatIsMissing(services: readonly ServiceName[]): void {
  const isBuilt = (service: ServiceName): boolean => existsSync(path.join(distOf(service), 'package.json'));
  if (services.every(isBuilt)) return;
  const run = spawnSync(process.execPath, [path.join(root, 'shared/tools/tasks.mjs'), 'build'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`the bundles were not built: ${run.stderr}`);
}

/** A copy where no node_modules is near: what is missing in it can't be found by luck. */
export function deploy(service: ServiceName, to: string): Bundle {
  const folder = path.join(to, service);
  cpSync(distOf(service), folder, { recursive: true, filter: (file) => !file.endsWith('.map') });
  const file = path.join(folder, 'functions.js');
  const { outputs } = JSON.parse(readFileSync(`${distOf(service)}.meta.json`, 'utf8')) as Metafile;
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const used = inputs.flatMap(([input, { bytesInOutput }]) =>
    bytesInOutput > 0 ? (packageOf(input) ?? []) : [],
  );
  return {
    file,
    kilobytes: statSync(file).size / 1024,
    packages: [...new Set(used)],
    lazy: readdirSync(path.join(folder, 'lazy')),
  };
}

const packageOf = (input: string): string | undefined =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];

/** What esbuild tells of a build, as far as it is read here. */
interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}
