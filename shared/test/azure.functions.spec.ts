import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { eventPublished } from '../src/contracts';
import { instant } from '../src/kernel';
import { ncrontab, paces } from '../src/platform/azure/ncrontab';
import { FunctionsHost } from './doubles/functions-host';

const root = path.resolve(__dirname, '../..');
let folder: string;
let bundle: string;
let host: FunctionsHost | undefined;

beforeAll(() => {
  const cache = path.join(root, 'node_modules/.cache'); // beneath node_modules, so that the SDKs are found
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(path.join(cache, 'function-app-'));
  bundle = path.join(folder, 'functions.js');
  const options = [
    '--bundle',
    '--platform=node',
    '--format=cjs',
    '--packages=external',
    '--keep-names',
    `--outfile=${bundle}`,
  ];
  const entry = path.join(__dirname, 'doubles/functions-host/demo-app.ts');
  const run = spawnSync(path.join(root, 'node_modules/.bin/esbuild'), [entry, ...options], {
    cwd: root,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = async (env: Record<string, string> = {}) => (host = await FunctionsHost.load(bundle, { env }));
const seenBy = async (app: FunctionsHost) =>
  (await app.http({ method: 'GET', url: '/api/v1/seen' })).json as {
    starts: number;
    seen: unknown[];
    pieces: number;
    metrics: string;
  };
const envelope = (subject: string) => ({
  ...eventPublished.announce('an-id', subject, instant('2027-01-05T10:00:00Z'), eventPublished.sample),
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
});

describe('a Function App', () => {
  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  it('registers each trigger under a name of its own', async () => {
    const { functions } = await start();
    const shown = functions.map(({ name, trigger }) => [name, trigger.type]);
    expect(shown).toEqual([
      ['get-ticket-inventory-health', 'httpTrigger'],
      ['get-ticket-inventory-openapi-json', 'httpTrigger'],
      ['get-seen', 'httpTrigger'],
      ['post-things-by-thing-id', 'httpTrigger'],
      ['get-things-by-thing-id-pdf', 'httpTrigger'],
      ['consume-event-management', 'serviceBusTrigger'],
      ['expire-things', 'timerTrigger'],
      ['look-again', 'timerTrigger'],
      ['announce-changes', 'cosmosDBTrigger'],
    ]);
    const trigger = (name: string) => functions.find((each) => each.name === name)?.trigger;
    expect(trigger('post-things-by-thing-id')).toMatchObject({
      route: 'v1/things/{thingId}',
      methods: ['POST'],
      authLevel: 'anonymous',
    });
    expect(trigger('consume-event-management')).toMatchObject({
      connection: 'ServiceBusConnection',
      topicName: 'event-management',
      subscriptionName: 'ticket-inventory',
    });
    expect(trigger('expire-things')).toMatchObject({ schedule: '0 */2 * * * *' });
    expect(trigger('announce-changes')).toMatchObject({
      connection: 'CosmosDbConnection',
      databaseName: 'ticket-inventory',
      containerName: 'things',
      leaseContainerName: 'leases',
      createLeaseContainerIfNotExists: false,
    });
    expect(functions.find(({ name }) => name === 'announce-changes')?.retry).toMatchObject({
      retryStrategy: 'exponentialBackoff',
      maxRetryCount: -1,
    });
  });

  it.each([
    [{}, '0 */2 * * * *', '*/5 * * * * *'],
    [{ TIMERS_AT_LEAST_SECONDS: '60' }, '0 */2 * * * *', '0 * * * * *'],
    [{ TIMERS_AT_LEAST_SECONDS: '300' }, '0 */5 * * * *', '0 */5 * * * *'],
  ])('is woken by no timer more often than it is told: %j', async (env, everyNinetySeconds, everyFive) => {
    const schedules = (await start(env)).functions.flatMap(({ name, trigger }) =>
      trigger.type === 'timerTrigger' ? [[name, trigger['schedule']]] : [],
    );
    expect(schedules).toEqual([
      ['expire-things', everyNinetySeconds],
      ['look-again', everyFive],
    ]);
  });

  it('does not start with a pace that no schedule has', async () => {
    await expect(start({ TIMERS_AT_LEAST_SECONDS: '45' })).rejects.toThrow('TIMERS_AT_LEAST_SECONDS: 45');
  });

  // What answers with a stream makes the host forward the app's requests as they are.
  const ways = [
    ['in its messages', {}],
    ['as it forwards them', { STREAMS: '1' }],
  ] as const;

  it.each(ways)('answers through the request and response objects of the host, %s', async (_, env) => {
    const app = await start(env);
    const headers = { authorization: 'Bearer any' };
    const taken = await app.http({
      method: 'POST',
      url: '/api/v1/things/A%20b?',
      headers,
      body: { quantity: 3 },
    });
    expect(taken).toMatchObject({
      status: 201,
      headers: { etag: '"1"', 'content-type': 'application/json' },
    });
    expect(taken.json).toMatchObject({ thingId: 'A b', quantity: 3, by: 'zoe' });
    const paper = await app.http({ method: 'GET', url: '/api/v1/things/7.pdf' });
    expect(paper).toMatchObject({
      status: 200,
      text: '%PDF 7',
      headers: { 'content-type': 'application/pdf' },
    });
  });

  it.each(ways)('tells what is wrong with a request as problem+json, %s', async (_, env) => {
    const app = await start(env);
    const body = { quantity: 'three', colour: 'red' };
    const refused = await app.http({
      method: 'POST',
      url: '/api/v1/things/1',
      headers: { authorization: 'Bearer any' },
      body,
    });
    expect(refused).toMatchObject({ status: 400, headers: { 'content-type': 'application/problem+json' } });
    const { errors } = refused.json as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field).sort()).toEqual(['colour', 'quantity']);
    expect(await app.http({ method: 'POST', url: '/api/v1/things/1', body: { quantity: 1 } })).toMatchObject({
      status: 401,
    });
    expect(await app.http({ method: 'DELETE', url: '/api/v1/things/1' })).toMatchObject({ status: 404 });
  });

  it('hands messages, ticks and changed documents to the service', async () => {
    const app = await start();
    await app.serviceBus('consume-event-management', { body: envelope('fine'), deliveryCount: 3 });
    await app.timer('expire-things');
    const document = {
      id: 'd',
      partition: 'p',
      body: { held: 2 },
      _etag: '"e"',
      _ts: 1,
      _rid: 'r',
      _self: 's',
      _lsn: 7,
    };
    await app.cosmos('announce-changes', [document]);
    const { seen, metrics } = await seenBy(app);
    expect(metrics).toMatch(/^messages_age_count\{type="boxoffice\.event-published\.v1"\} 1$/m);
    expect(seen).toEqual([
      { message: 'an-id', count: 3, traced: '0af7651916cd43dd8448eb211c80319c' },
      { timer: 'expired' },
      { documents: [{ id: 'd', partition: 'p', etag: '"e"', body: { held: 2 } }] },
    ]);
  });

  it('gives a message back when its handler fails, after a while that grows', async () => {
    const app = await start();
    const timed = async (subject: string, deliveryCount: number) => {
      const began = performance.now();
      await expect(
        app.serviceBus('consume-event-management', { body: envelope(subject), deliveryCount }),
      ).rejects.toThrow();
      return performance.now() - began;
    };
    expect(await timed('broken', 1)).toBeGreaterThan(450);
    expect(await timed('broken', 2)).toBeGreaterThan(950);
    expect(await timed('broken', 10)).toBeLessThan(400); // the last time: nothing comes after
    expect(await timed('unreadable', 1)).toBeLessThan(400);
  });

  it('tells the host nothing personal of what failed', async () => {
    const app = await start();
    const failed = app.serviceBus('consume-event-management', {
      body: envelope('personal'),
      deliveryCount: 10,
    });
    await expect(failed).rejects.toThrow('Error: cannot mail [e-mail]');
  });

  it.each(['no JSON', '{"id":"1"}', '[]', 'null'])(
    'gives back a message that is no envelope: %s',
    async (body) => {
      const app = await start();
      await expect(app.serviceBus('consume-event-management', { body })).rejects.toThrow('UnreadableMessage');
      expect((await seenBy(app)).seen).toEqual([]);
    },
  );

  it('starts the service once, however many come at once', async () => {
    const app = await start();
    await Promise.all([seenBy(app), seenBy(app), app.timer('expire-things')]);
    expect((await seenBy(app)).starts).toBe(1);
  });

  it('turns requests away until the service has started, and tries again with each', async () => {
    const app = await start({ FAILING_STARTS: '2' });
    const health = await app.http({ method: 'GET', url: '/api/v1/ticket-inventory/health' });
    expect(health.status).toBe(200);
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push((await app.http({ method: 'GET', url: '/api/v1/seen' })).status);
    expect(answers.at(-1)).toBe(200);
    expect(answers.filter((status) => status === 503).length).toBeGreaterThan(0);
    const { starts, metrics } = await seenBy(app);
    expect(starts).toBe(3);
    const turnedAway = answers.filter((status) => status === 503).length;
    expect(metrics).toContain(
      `http_server_requests_total{http_request_method="GET",http_route="/seen",http_response_status_code="503"} ${turnedAway}\n`,
    );
  });
});

describe('a Function App that streams', () => {
  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  const listen = (app: FunctionsHost, size: string) =>
    app.stream({ method: 'GET', url: `/api/v1/pieces/${size}` });

  it('sends what there is while there is more to come', async () => {
    const app = await start({ STREAMS: '1' });
    const { status, headers, body } = await listen(app, 'small');
    expect([status, headers['content-type']]).toEqual([200, 'text/event-stream']);
    for await (const piece of body) {
      expect(String(piece)).toBe('small');
      break;
    }
    expect((await seenBy(app)).seen).toContainEqual({ stream: 'begun' });
  });

  it('hears that the reader has left, and ends the invocation', async () => {
    const app = await start({ STREAMS: '1' });
    const { body, ended } = await listen(app, 'small');
    body.destroy();
    await ended;
    expect((await seenBy(app)).seen).toEqual([{ stream: 'begun' }, { stream: 'ended' }]);
  });

  it('takes no more than its reader does', async () => {
    const app = await start({ STREAMS: '1' });
    const { body, ended } = await listen(app, 'large');
    let before = -1;
    let { pieces } = await seenBy(app);
    for (; pieces !== before; { pieces } = await seenBy(app)) {
      before = pieces;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(pieces).toBeLessThan(50); // MB, which the sockets of this machine hold
    body.destroy();
    await ended;
  });

  it('ends its streams when the host shuts it down', async () => {
    const app = await start({ STREAMS: '1' });
    const { body } = await listen(app, 'small');
    const whole = body.toArray();
    await app.close();
    expect(Buffer.concat((await whole) as Buffer[]).toString()).toBe('small');
  });
});

describe('the schedule of a timer', () => {
  it.each([
    [1, '* * * * * *'],
    [5, '*/5 * * * * *'],
    [7, '*/10 * * * * *'],
    [30, '*/30 * * * * *'],
    [31, '0 * * * * *'],
    [60, '0 * * * * *'],
    [90, '0 */2 * * * *'],
    [3600, '0 0 * * * *'],
    [5 * 3600, '0 0 */6 * * *'],
    [86_400, '0 0 0 * * *'],
    [100_000, '0 0 0 * * *'],
  ])('of %i seconds is %s', (seconds, schedule) => {
    expect(ncrontab(seconds)).toBe(schedule);
  });

  it('keeps a pace exactly, and no other', () => {
    const schedules = paces.map(ncrontab);
    expect(new Set(schedules).size).toBe(paces.length);
    for (const [i, pace] of paces.entries())
      if (pace < 86_400) expect(ncrontab(pace + 1)).toBe(schedules[i + 1]);
  });
});
