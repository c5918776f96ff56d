import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { validate } from 'dockerfile-utils';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { services } from '@boxoffice/shared/contracts';
import { buildWhatIsMissing, root } from './bundles';
import { argumentsOf, copiesOf, isSent, layOut, layOutPackages, readDockerfile, stagesOf } from './images';

const dockerfiles = ['services/standalone/Dockerfile', 'infra/kubernetes/Dockerfile'] as const;
const [standalone, functions] = dockerfiles;
const ignore = readDockerfile('.dockerignore');
const folder = mkdtempSync(path.join(tmpdir(), 'images-'));
beforeAll(buildWhatIsMissing, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const faultsOf = (text: string): readonly string[] =>
  validate(text).map(({ message }) => JSON.stringify(message));
const faultsOfCopies = (text: string, SERVICE: string): readonly string[] =>
  stagesOf(text)
    .flatMap((stage) => copiesOf(stage, { SERVICE }))
    .flatMap(({ from, sources }) =>
      sources.flatMap((source) => {
        const place = from === undefined ? source : source.replace(/^\/src\//, '');
        return [
          ...(existsSync(path.join(root, place)) ? [] : [`${place} is not there`]),
          ...(from !== undefined || isSent(place, ignore) ? [] : [`${place} is kept out of the context`]),
        ];
      }),
    );
const lastStage = (file: string) => stagesOf(readDockerfile(file)).at(-1) ?? [];
const last = (file: string, keyword: string): readonly string[] => {
  const found = lastStage(file).findLast((instruction) => instruction.getKeyword() === keyword);
  if (!found) throw new Error(`no ${keyword} in ${file}`);
  return argumentsOf(found);
};
/** `["node", "-e", …]` */
const command = (file: string, keyword: string): readonly string[] => {
  const text = last(file, keyword).join(' ');
  return JSON.parse(text.slice(text.indexOf('['))) as string[];
};

describe.each(dockerfiles)('%s', (file) => {
  it('has no fault that the linter knows', () => {
    expect(faultsOf(readDockerfile(file))).toEqual([]);
  });

  it('names the version of its base, and does not run as root', () => {
    const [, base = ''] = /^ARG \w+=(\S+)$/m.exec(readDockerfile(file)) ?? [];
    expect(base).toMatch(/\d+[\w.-]*$/);
    expect(base).not.toContain('latest');
    expect(last(file, 'USER')[0]).toMatch(/^(node|[1-9]\d+)$/);
  });

  it.each(services)('copies what is there after a build, and what the context holds: %s', (SERVICE) => {
    expect(faultsOfCopies(readDockerfile(file), SERVICE)).toEqual([]);
  });
});

describe('a COPY', () => {
  it.each([
    [
      'of nothing',
      'FROM node:24\nCOPY services/${SERVICE}/dist/functions /app\n',
      'refunds',
      'services/refunds/dist/functions is not there',
    ],
    [
      'from a stage, of nothing',
      'FROM node:24\nCOPY --from=build /src/nowhere /app\n',
      'notification',
      'nowhere is not there',
    ],
    [
      'of what stays outside',
      'FROM node:24\nCOPY docs /app\n',
      'notification',
      'docs is kept out of the context',
    ],
  ])('%s is noticed', (_, text, service, fault) => {
    expect(faultsOfCopies(text, service)).toContain(fault);
  });
});

describe('the linter', () => {
  it.each([
    ['an instruction that there is not', 'FROM node:24\nCOPPY a b\n', 'Unknown instruction: COPPY'],
    ['a relative WORKDIR', 'FROM node:24\nWORKDIR app\n', 'WORKDIR paths should be absolute'],
    ['a second CMD', 'FROM node:24\nCMD ["a"]\nCMD ["b"]\n', 'There can only be one CMD'],
  ])('knows %s', (_, text, fault) => {
    expect(faultsOf(text).join('\n')).toContain(fault);
  });
});

describe('the context', () => {
  it.each([
    ['.git/config', false],
    ['.data/bus.db', false],
    ['node_modules/yaml/package.json', false],
    ['shared/node_modules/x/package.json', false],
    ['services/standalone/dist/main.js', false],
    ['services/notification/dist/functions/functions.js', true],
    ['services/notification/src/main.ts', true],
    ['infra/main.bicep', false],
    ['infra/package.json', true],
    ['an.env', false],
  ])('with %s: %s', (file, sent) => {
    expect(isSent(file, ignore)).toBe(sent);
  });
});

describe('a Functions image', () => {
  it.each(services)(
    'holds the app of %s where the host looks for it, and listens where pods are called',
    (SERVICE) => {
      const place = path.join(folder, SERVICE);
      layOut(copiesOf(lastStage(functions), { SERVICE }), place);
      for (const file of ['functions.js', 'host.json', 'package.json'])
        expect(existsSync(path.join(place, 'home/site/wwwroot', file))).toBe(true);
      const text = readDockerfile(functions);
      expect(text).toContain('AzureWebJobsScriptRoot=/home/site/wwwroot');
      expect(text).toContain('ASPNETCORE_URLS=http://+:8080');
    },
  );
});

describe('the standalone image', () => {
  const running: ChildProcess[] = [];
  afterAll(async () => {
    for (const child of running) {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    }
  });

  it('bundles from what is copied, starts on the packages that are left, and answers its own health check', async () => {
    const [building = [], final = []] = stagesOf(readDockerfile(standalone));
    const src = path.join(folder, 'src');
    layOut(copiesOf(building), src);
    symlinkSync(path.join(root, 'node_modules'), path.join(src, 'node_modules'));
    const bundled = spawnSync(process.execPath, ['shared/tools/tasks.mjs', 'bundle-standalone'], {
      cwd: src,
      encoding: 'utf8',
    });
    expect([bundled.status, bundled.stderr]).toEqual([0, '']);

    const image = path.join(folder, 'app');
    expect(copiesOf(final).map(({ sources }) => sources)).toEqual([
      ['/src/node_modules'],
      ['/src/services/standalone/dist'],
    ]);
    layOutPackages(image);
    const dist = 'services/standalone/dist';
    cpSync(path.join(src, dist), path.join(image, dist), { recursive: true });

    const port = await freePort();
    const [program = '', ...args] = command(standalone, 'CMD');
    expect(program).toBe('node');
    const env = {
      PATH: process.env['PATH'] ?? '',
      ...{ NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), SEASON: 'none' },
      DATA_DIR: path.join(folder, 'data'),
    };
    const health = (): number | null => {
      const [, ...check] = command(standalone, 'HEALTHCHECK');
      return spawnSync(process.execPath, check, { env }).status;
    };
    // Packages are links here: they are to find each other in the image, not where they are linked to.
    const inImage = ['--preserve-symlinks', '--preserve-symlinks-main', ...args];
    const needed = path.join(image, 'node_modules/kysely');
    renameSync(needed, `${needed}-away`);
    const without = spawnSync(process.execPath, inImage, { cwd: image, env, encoding: 'utf8' });
    expect([without.status, without.stderr]).toEqual([1, expect.stringContaining("'kysely'")]);
    renameSync(`${needed}-away`, needed);

    expect(health()).toBe(1);
    const child = spawn(process.execPath, inImage, { cwd: image, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.push(child);
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    while (!printed.includes('Boxoffice is open') && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(printed).toContain('Boxoffice is open');
    expect(health()).toBe(0);
  }, 90_000);

  it('does not start for everybody without a provider that signs people in', () => {
    const env = { PATH: process.env['PATH'] ?? '', HOST: '0.0.0.0', DATA_DIR: path.join(folder, 'open') };
    const run = spawnSync(process.execPath, [path.join(root, 'services/standalone/dist/main.js')], {
      env,
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('OIDC_ISSUER');
    expect(readDockerfile(standalone)).toContain('HOST=0.0.0.0');
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
