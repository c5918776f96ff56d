import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { services } from '@boxoffice/shared/contracts';
import { after, instant } from '@boxoffice/shared/kernel';
import { parse } from 'yaml';
import { loopback, type Loopback, type Told } from '../../shared/test/doubles/loopback';
import { armClient } from '../hooks/arm';
import { postdeploy, type PostdeployDeps } from '../hooks/postdeploy';
import { afterNoAnswer } from '../hooks/smoke/advice';
import { Stopped } from '../hooks/stopped';
import { ArmDouble } from './doubles/arm';

const sites = '/subscriptions/a-subscription/resourceGroups/rg/providers/Microsoft.Web/sites';
const references = (app: string): string => `${sites}/${app}/config/configreferences/appsettings`;
const healthy: Told = { status: 200, body: { status: 'pass', live: true, ready: true, checks: {} } };
const unwell = (...failing: readonly string[]): Told => ({
  status: 503,
  body: {
    status: 'fail',
    live: true,
    ready: false,
    checks: Object.fromEntries(failing.map((name) => [name, 'fail'])),
  },
});

let arm: Awaited<ReturnType<typeof ArmDouble.start>>;
let gateway: Loopback;
let answers: Record<string, Told>;
let asked: string[];
let said: string[];
/** Runs each time that the hook waits. */
let meanwhile: () => void;
let waited: number;
let environment: Record<string, string>;
let deps: PostdeployDeps;

beforeEach(async () => {
  answers = {
    ...Object.fromEntries(services.map((service) => [`/api/v1/${service}/health`, healthy])),
    ...Object.fromEntries(
      services.map((service) => [
        `/api/v1/${service}/openapi.json`,
        { status: 200, body: { openapi: '3.1.0' } },
      ]),
    ),
    '/api/v1/orders': { status: 401, body: { code: 'unauthenticated' } },
    '/api/v1/events': { status: 200, body: { items: [] } },
  };
  asked = [];
  gateway = await loopback(({ path: at, headers }) => {
    asked.push(at);
    return headers.authorization
      ? { status: 400 }
      : (answers[at] ?? { status: 404, body: '<html>no such API</html>' });
  });
  arm = await ArmDouble.start(
    Object.fromEntries(services.map((service) => [references(`func-${service}`), { value: [] }])),
  );
  environment = {
    AZURE_SUBSCRIPTION_ID: 'a-subscription',
    AZURE_RESOURCE_GROUP: 'rg',
    API_URL: `${gateway.origin}/api/v1`,
    ...Object.fromEntries(
      services.map((service) => [
        `SERVICE_${service.replace('-', '_').toUpperCase()}_NAME`,
        `func-${service}`,
      ]),
    ),
  };
  said = [];
  meanwhile = () => undefined;
  waited = 0;
  let now = instant('2027-01-05T10:00:00Z');
  deps = {
    arm: armClient(async () => 'a token', arm.origin),
    clock: {
      now: () => now,
      sleep: async (milliseconds) => {
        now = after(now, { milliseconds });
        waited += milliseconds / 1000;
        meanwhile();
      },
    },
    say: (line) => said.push(line),
  };
});
afterEach(() => Promise.all([arm.close(), gateway.close()]));

const faults = async (): Promise<readonly string[]> => {
  try {
    await postdeploy(environment, deps);
    return [];
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return error.faults.map(({ what, next }) => `${what} → ${next}`);
  }
};

describe('after deploying', () => {
  it('every service is asked for its health, then for what anybody may see, and for what nobody may without a token', async () => {
    expect(await faults()).toEqual([]);
    expect(asked.sort()).toEqual(Object.keys(answers).sort());
    expect(said.at(-1)).toBe(`Boxoffice is open at ${gateway.origin}/api/v1`);
    expect(waited).toBe(0);
  });

  it('what does not answer yet is asked again, and nothing else is', async () => {
    answers['/api/v1/events'] = { status: 403, body: 'Forbidden' };
    let rounds = 0;
    meanwhile = () => {
      if (++rounds === 3) answers['/api/v1/events'] = { status: 200, body: { items: [] } };
    };
    expect(await faults()).toEqual([]);
    expect(asked.filter((at) => at === '/api/v1/events')).toHaveLength(4);
    expect(asked.filter((at) => at === '/api/v1/orders')).toHaveLength(1);
    expect(said).toContain('  asked again every 15 s, for 15 more minutes at most');
  });

  it('is given up after the minutes that were set, with every fault and what to do', async () => {
    environment['SMOKE_TEST_MINUTES'] = '2';
    answers['/api/v1/event-management/health'] = unwell('database');
    answers['/api/v1/notification/health'] = unwell('documents');
    answers['/api/v1/events'] = { status: 200, body: '<html>a page</html>' };
    expect(await faults()).toEqual([
      expect.stringMatching(
        /health of event-management .*503, because these fail: database → .*`azd hooks run postprovision`/,
      ),
      expect.stringMatching(
        /health of notification .*because these fail: documents → Cosmos DB does not let this app in/,
      ),
      expect.stringMatching(/events, without signing in .*it has no items → Something else answers there/),
    ]);
    expect(waited).toBe(120);
  });

  it.each<readonly [string, Told, RegExp]>([
    [
      'asks for a token',
      { status: 401, body: { code: 'unauthenticated' } },
      /401 unauthenticated → This needs no sign-in/,
    ],
    ['lets nobody in', { status: 403, body: 'Ip Forbidden' }, /403 → .*New roles need some minutes/],
    ['is not there', { status: 404 }, /404 → .*`azd deploy`/],
    ['fails', { status: 500 }, /500 → .*Application Insights/],
    [
      'has not started',
      { status: 503, body: { code: 'starting' } },
      /503 starting → The app has not started/,
    ],
    ['answers strangely', { status: 418 }, /418 → Look at the failed requests/],
  ])('an API that %s is told so', async (_, answer, fault) => {
    environment['SMOKE_TEST_MINUTES'] = '0';
    answers['/api/v1/events'] = answer;
    expect(await faults()).toEqual([expect.stringMatching(fault)]);
  });

  it('an API that shows somebody’s orders to anybody is told so', async () => {
    environment['SMOKE_TEST_MINUTES'] = '0';
    answers['/api/v1/orders'] = { status: 200, body: { items: [] } };
    expect(await faults()).toEqual([
      expect.stringMatching(/orders, without signing in .*200 → .*do not let anybody use it/),
    ]);
  });

  it('an API Management that does not answer, or has no name yet, is still being activated', async () => {
    environment['SMOKE_TEST_MINUTES'] = '0';
    await gateway.close();
    expect((await faults())[0]).toMatch(/ECONNREFUSED.* → API Management does not answer .*45 minutes/);
    expect(afterNoAnswer('ENOTFOUND getaddrinfo apim.example')).toContain('name is not known yet');
    gateway = await loopback(() => ({ status: 404 }));
  });

  it('a setting that did not come from Key Vault is named, where something fails', async () => {
    environment['SMOKE_TEST_MINUTES'] = '0';
    const reference = (name: string, status: string) => ({
      name,
      properties: { status, secretName: 'stripe-key', vaultName: 'kv-boxoffice' },
    });
    arm.put(references('func-payment-processing'), {
      value: [reference('STRIPE_API_KEY', 'SecretNotFound'), reference('FRAUD_HASH_KEY', 'Resolved')],
    });
    expect(await faults()).toEqual([]);
    answers['/api/v1/payment-processing/health'] = { status: 503, body: { code: 'starting' } };
    expect(await faults()).toEqual([
      expect.stringContaining('health of payment-processing'),
      'func-payment-processing: the setting STRIPE_API_KEY should be stripe-key of kv-boxoffice, but is not: SecretNotFound → ' +
        'Set it (`az keyvault secret set --vault-name kv-boxoffice --name stripe-key --value …`), then restart the app.',
    ]);
    arm.put(references('func-payment-processing'), {
      value: [reference('STRIPE_API_KEY', 'AccessToKeyVaultDenied')],
    });
    expect((await faults())[1]).toContain('Key Vault Secrets User');
  });

  it('an app whose settings cannot be seen does not hide what fails', async () => {
    environment['SMOKE_TEST_MINUTES'] = '0';
    environment['SERVICE_NOTIFICATION_NAME'] = 'func-elsewhere';
    answers['/api/v1/events'] = { status: 500 };
    expect(await faults()).toEqual([expect.stringContaining('events, without signing in')]);
    expect(said.at(-1)).toMatch(/could not be seen: .*404 ResourceNotFound/);
  });
});

describe('the command that azure.yaml names', () => {
  const root = path.resolve(__dirname, '../..');
  const { hooks } = parse(readFileSync(path.join(root, 'azure.yaml'), 'utf8')) as {
    hooks: { postdeploy: { posix: { shell: string; run: string } } };
  };
  const run = async (): Promise<{ readonly code: number | null; readonly out: string }> => {
    const { shell, run: line } = hooks.postdeploy.posix;
    const child = spawn(shell, ['-c', line], {
      cwd: root,
      env: { ...process.env, ...environment, SMOKE_TEST_MINUTES: '0' },
    });
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, out };
  };

  it('ends well where all answers, and fails, saying what to do, where something does not', async () => {
    expect(await run()).toMatchObject({
      code: 0,
      out: expect.stringContaining('Boxoffice is open at') as unknown,
    });
    answers['/api/v1/events'] = { status: 404 };
    const failed = await run();
    expect(failed.code).toBe(1);
    expect(failed.out).toMatch(
      /postdeploy stopped:\nevents, without signing in .*answers 404\n {2}→ Nothing is there/,
    );
  }, 60_000);
});
