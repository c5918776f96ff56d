// Bundles. A Function App is one file plus its SDKs, each in a file of its own that is loaded when it is first needed;
// a program of standalone is one file beside node_modules.
import esbuild from 'esbuild';
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const common = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  keepNames: true,
  sourcemap: true,
  logLevel: 'warning',
  tsconfig: path.join(root, 'tsconfig.json'),
  absWorkingDir: root,
};
// A cold start reads and compiles every byte. Names are kept: logs and OpenAPI show them.
const small = {
  minify: true,
  charset: 'utf8',
  legalComments: 'external',
  mainFields: ['es2015', 'module', 'main'],
  alias: {
    // What these packages name first is a development build, and one with stand-ins for what Node.js has long had.
    '@azure/functions': path.join(root, 'node_modules/@azure/functions/dist/azure-functions.min.js'),
    'reflect-metadata': 'reflect-metadata/lite',
  },
};
const isBare = (specifier) => !/^[./]/.test(specifier) && !path.isAbsolute(specifier);
const isOwn = (specifier) => specifier.startsWith('@boxoffice/');
const isBuiltin = (specifier) => specifier.startsWith('node:') || builtinModules.includes(specifier);

/**
 * A program that runs beside node_modules: `services/standalone/src/main.ts` → `services/standalone/dist/main.js`.
 * `options` are esbuild's.
 */
export async function program(entry, options = {}) {
  const service = path.join(root, entry.split('/').slice(0, 2).join('/'));
  const outfile = path.join(service, 'dist', `${path.basename(entry, '.ts')}.js`);
  const beside = {
    name: 'beside-node-modules',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path: specifier }) =>
        isBare(specifier) && !isOwn(specifier) ? { path: specifier, external: true } : undefined,
      );
    },
  };
  await esbuild.build({ ...common, ...options, entryPoints: [entry], outfile, plugins: [beside] });
  return outfile;
}

const folderOf = (service) => path.join(root, 'services', service);
const distOf = (service) => path.join(folderOf(service), 'dist/functions');

/** The services that have a Function App. */
export const deployables = readdirSync(path.join(root, 'services'))
  .filter((service) => existsSync(path.join(folderOf(service), 'src/functions.ts')))
  .sort();

/** The services' `dist/functions`, or the folders that `to` names; each is the root of the zip that azd deploys. */
export async function functionApps(services = deployables, to = distOf) {
  const built = [];
  for (const service of services) built.push(await functionApp(folderOf(service), to(service)));
  return built;
}

async function functionApp(service, dist) {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const lazy = new Map();
  const result = await esbuild.build({
    ...common,
    entryPoints: [path.join(service, 'src/functions.ts')],
    outfile: path.join(dist, 'functions.js'),
    ...small,
    // `import()` becomes a `require` behind a promise: it sees all names of a CommonJS bundle, and loads it as late.
    supported: { 'dynamic-import': false },
    external: ['@azure/functions-core'],
    metafile: true,
    plugins: [splitOff(lazy)],
  });
  await mkdir(path.join(dist, 'lazy'));
  // What nothing of it asks for any more, once the unused is shaken off, stays out of the zip.
  const code = await readFile(path.join(dist, 'functions.js'), 'utf8');
  for (const [specifier, file] of lazy) if (!code.includes(file)) lazy.delete(specifier);
  // One of our own may ask for packages in its turn: they join the list while it is gone through.
  for (const [specifier, file] of lazy) {
    const { contents, asksFor } = await lazyPackage(specifier);
    for (const [other, beside] of asksFor) lazy.set(other, beside);
    await writeFile(path.join(dist, file), contents);
  }
  if (lazy.has('@boxoffice/shared/printing')) await copyFonts(path.join(dist, 'fonts'));
  await cp(path.join(service, 'host.json'), path.join(dist, 'host.json'));
  // azd leaves out of the zip what this names: maps are for whoever reads a stack here.
  await writeFile(path.join(dist, '.funcignore'), '*.map\n');
  await writeFile(`${dist}.meta.json`, JSON.stringify(result.metafile)); // for esbuild's analyser, and for the tests
  const { name, version } = JSON.parse(await readFile(path.join(service, 'package.json'), 'utf8'));
  await writeFile(
    path.join(dist, 'package.json'),
    `${JSON.stringify({ name, version, private: true, main: 'functions.js' }, null, 2)}\n`,
  );
  const { size } = await stat(path.join(dist, 'functions.js'));
  return {
    service: path.basename(service),
    dist,
    kilobytes: Math.round(size / 1024),
    lazy: [...lazy.keys()],
  };
}

/** What papers are printed in: fonts.ts looks for them beside the bundle. */
async function copyFonts(folder) {
  const fonts = JSON.parse(await readFile(path.join(root, 'shared/src/papers/fonts.json'), 'utf8'));
  for (const name of Object.values(fonts).flat())
    await cp(path.join(root, 'node_modules', name), path.join(folder, path.basename(name)));
}

const lazyPackages = new Map();

/** One package with all that it needs; the same in every app, so made once. */
function lazyPackage(specifier) {
  const made = lazyPackages.get(specifier) ?? makeLazyPackage(specifier);
  lazyPackages.set(specifier, made);
  return made;
}

async function makeLazyPackage(specifier) {
  const asksFor = new Map();
  const { outputFiles } = await esbuild.build({
    ...common,
    stdin: {
      contents: `module.exports = require(${JSON.stringify(specifier)});`,
      resolveDir: path.join(root, 'shared'),
    },
    write: false,
    minify: true,
    keepNames: false,
    sourcemap: false,
    external: ['@azure/functions-core'],
    ...(isOwn(specifier) && {
      supported: { 'dynamic-import': false },
      plugins: [splitOff(asksFor, './')],
    }),
  });
  return { contents: outputFiles[0].contents, asksFor };
}

/** Loaded with `import()` too, but stays in the bundle, for it shares classes with the rest; what it imports is then loaded with it. */
const staysInside = new Set(['@boxoffice/shared/platform/azure/sql']);
const goesWithIt = new Set(['kysely']);

/** What is imported with `import()` from a package, one of our own too, goes into a file of its own. */
function splitOff(lazy, folder = './lazy/') {
  return {
    name: 'split-off-lazy-packages',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path: specifier, kind }) => {
        const late = kind === 'dynamic-import' ? !staysInside.has(specifier) : goesWithIt.has(specifier);
        if (!late || !isBare(specifier) || isBuiltin(specifier)) return undefined;
        const name = `${specifier.replace(/^@/, '').replaceAll('/', '-')}.js`;
        lazy.set(specifier, `./lazy/${name}`);
        return { path: `${folder}${name}`, external: true };
      });
    },
  };
}

export const stop = () => esbuild.stop();
