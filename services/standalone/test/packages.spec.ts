import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { services, type ServiceName } from '@boxoffice/shared/contracts';
import { FunctionsHost } from '../../../shared/test/doubles/functions-host';
import { composed } from './functions/apps';
import { buildInto, buildWhatIsMissing, digestsIn, type Bundle } from './functions/bundles';
import { openCloud, type Cloud, type Settings } from './functions/cloud';
import { deployAll } from './functions/house';
import { zipped } from './functions/zip';

const folder = mkdtempSync(path.join(tmpdir(), 'packages-'));
let bundles: Readonly<Record<ServiceName, Bundle>>;
let cloud: Cloud;

beforeAll(async () => {
  buildWhatIsMissing(services);
  bundles = deployAll(folder);
  cloud = await openCloud();
}, 120_000);
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true });
});

const settingsOf = (app: ServiceName): Settings => ({
  ...cloud.settings[app],
  OIDC_ISSUER: 'https://issuer.example/',
  OIDC_AUDIENCE: 'boxoffice',
  CHECKOUT_RETURN_URL: 'https://boxoffice.example/orders/{orderId}',
});

async function migrateAs(app: ServiceName): Promise<void> {
  const { platform, service } = composed[app](settingsOf(app));
  await platform.migrate(service);
  await platform.close();
}

/** Each load is a process of its own. What else this machine does only ever adds to a time, so the best of them counts. */
async function bestLoad(file: string, env: Settings, { enough = 0, times = 9 } = {}): Promise<number> {
  let best = Infinity;
  for (let at = 0; at < times && best > enough; at++) {
    const host = await FunctionsHost.load(file, { env });
    best = Math.min(best, host.loadMilliseconds);
    await host.close();
  }
  return best;
}

/** Milliseconds, of a cold start's own code; what a first request then needs comes on top. */
const promised = 120;

describe('what azd deploys', () => {
  it.each(services)(
    'of %s has what the host looks for at its root, and nothing for this machine alone',
    (app) => {
      const files = Object.keys(digestsIn(bundles[app].folder));
      expect(files).toEqual(expect.arrayContaining(['functions.js', 'host.json', 'package.json']));
      expect(files.filter((file) => /\.map$|\.ts$|node_modules|settings\.json$|^\./.test(file))).toEqual([]);
      const read = (file: string) =>
        JSON.parse(readFileSync(path.join(bundles[app].folder, file), 'utf8')) as object;
      expect(read('package.json')).toEqual(expect.objectContaining({ main: 'functions.js' }));
      // Nothing is left to be installed there.
      expect(read('package.json')).not.toHaveProperty('dependencies');
      expect(read('host.json')).toHaveProperty('version', '2.0');
    },
  );

  it.each(services)(
    `of %s starts from a folder with nothing else in it, and loads within ${promised} ms`,
    async (app) => {
      const host = await FunctionsHost.load(bundles[app].file, { env: settingsOf(app) });
      expect(host.functions.length).toBeGreaterThan(0);
      await host.close();
      expect(await bestLoad(bundles[app].file, settingsOf(app), { enough: promised })).toBeLessThanOrEqual(
        promised,
      );
    },
    60_000,
  );

  it('would take longer if it loaded at once what is for later', async () => {
    const eager = path.join(folder, 'eager');
    cpSync(bundles['event-management'].folder, eager, { recursive: true });
    const file = path.join(eager, 'functions.js');
    const atOnce = bundles['event-management'].lazy.map((name) => `require('./lazy/${name}');`).join('');
    writeFileSync(file, `${atOnce}${readFileSync(file, 'utf8')}`);
    expect(await bestLoad(file, settingsOf('event-management'), { times: 3 })).toBeGreaterThan(promised);
  }, 60_000);

  it.each(['event-management', 'payment-processing'] as const)(
    'of %s serves nothing from a database that was not migrated, and its health says so',
    async (app) => {
      const host = await FunctionsHost.load(bundles[app].file, { env: settingsOf(app) });
      const answer = async (url: string) => {
        const { status, json } = await host.http({ method: 'GET', url: `/api/v1/${url}` });
        return [status, json];
      };
      expect(await answer(app === 'event-management' ? 'events' : 'orders')).toMatchObject([
        503,
        { code: 'starting' },
      ]);
      expect(await answer(`${app}/health`)).toMatchObject([503, { checks: { schema: 'fail' } }]);
      await migrateAs(app);
      expect(await answer('events')).toMatchObject(app === 'event-management' ? [200, { items: [] }] : [404]);
      await new Promise((resolve) => setTimeout(resolve, 1100)); // health keeps an answer for a second
      expect(await answer(`${app}/health`)).toMatchObject([200, { checks: { schema: 'pass' } }]);
      await host.close();
    },
    60_000,
  );

  it('is the same to the byte when it is built again', () => {
    const [once, again] = [path.join(folder, 'once'), path.join(folder, 'again')];
    buildInto(once, 'notification');
    buildInto(again, 'notification');
    const first = digestsIn(again);
    buildInto(again, 'notification'); // over what is there, as azd does
    expect(digestsIn(again)).toEqual(first);
    expect(digestsIn(once)).toEqual(first);
  }, 120_000);

  it('leaves out what .funcignore names, and stops at a pattern that this test does not understand', () => {
    const app = path.join(folder, 'ignoring');
    cpSync(bundles.notification.folder, app, { recursive: true });
    writeFileSync(path.join(app, '.funcignore'), '*.txt\n');
    const names = Buffer.from(zipped(app)).toString('latin1');
    expect(names).toContain('functions.js');
    expect(existsSync(path.join(app, 'functions.js.LEGAL.txt'))).toBe(true);
    expect(names).not.toContain('LEGAL.txt');
    writeFileSync(path.join(app, '.funcignore'), 'lazy/\n');
    expect(() => zipped(app)).toThrow('lazy/');
  });
});
