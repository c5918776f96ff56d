import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceName } from '@boxoffice/shared/contracts';
import { unzipInto, zipped } from './zip';

const root = path.resolve(__dirname, '../../../..');
const distOf = (service: ServiceName): string => path.join(root, 'services', service, 'dist/functions');

export interface Bundle {
  /** Where the zip was unpacked. */
  readonly folder: string;
  readonly file: string;
  readonly kilobytes: number;
  /** Whose code is in the bundle itself. */
  readonly packages: readonly string[];
  /** In files of their own beside it, as `azure-cosmos.js`. */
  readonly lazy: readonly string[];
}

/** Every file in the folder, with its content's digest. */
export const digestsIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .map((file) => [
        path.relative(folder, file),
        createHash('sha256').update(readFileSync(file)).digest('hex'),
      ]),
  );

/** Builds one app into a folder of its own, as its `npm run build` does into the service's. */
export function buildInto(folder: string, service: ServiceName): void {
  const build = pathToFileURL(path.join(root, 'shared/tools/build.mjs')).href;
  const script = `import { functionApps, stop } from ${JSON.stringify(build)};
    await functionApps([${JSON.stringify(service)}], () => ${JSON.stringify(folder)}); await stop();`;
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${service} was not built: ${run.stderr}`);
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

/** What azd would deploy, unpacked where no node_modules is near: what is missing in it can't be found by luck. */
export function deploy(service: ServiceName, to: string): Bundle {
  const folder = path.join(to, service);
  unzipInto(folder, zipped(distOf(service)));
  const file = path.join(folder, 'functions.js');
  const { outputs } = JSON.parse(readFileSync(`${distOf(service)}.meta.json`, 'utf8')) as Metafile;
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const used = inputs.flatMap(([input, { bytesInOutput }]) =>
    bytesInOutput > 0 ? (packageOf(input) ?? []) : [],
  );
  return {
    folder,
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
