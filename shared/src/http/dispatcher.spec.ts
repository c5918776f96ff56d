import { beforeEach, describe, expect, it } from '@jest/globals';
import { fromMilliseconds } from '../kernel';
import { consoleTelemetry } from '../telemetry';
import { createDispatcher } from './dispatcher';
import type { Principal } from './principal';
import { route, type IdempotentRequest, type RouteRequest } from './route';
import type { WireReply, WireRequest } from './wire';

const ada: Principal = { userId: 'ada', name: 'Ada', email: 'ada@example.org', roles: [] };

let seen: RouteRequest | undefined;
let keys: IdempotentRequest[];
let checks: Record<string, () => Promise<void>>;
let lines: string[];
let now: number;
let timeOut: () => void;

const clock = {
  now: () => fromMilliseconds(now),
  sleep: () => new Promise<void>((resolve) => (timeOut = resolve)),
};
const telemetry = consoleTelemetry({ clock, write: (line) => lines.push(line) });

const look = route({
  method: 'GET',
  path: '/events/{eventId}',
  summary: 'Look',
  access: 'anyone',
  answers: { status: 200, description: 'The event' },
  handle: async (request) => {
    seen = request;
    return {
      status: 200,
      headers: { ETag: '"7"', 'cache-control': 'public, max-age=1' },
      body: { title: 'Grüße' },
    };
  },
});
const publish = route({
  method: 'POST',
  path: '/events/{eventId}/publish',
  summary: 'Publish',
  access: 'signed-in',
  idempotencyKey: 'required',
  answers: { status: 200, description: 'Published' },
  handle: async ({ idempotency }) => (keys.push(idempotency), { status: 204 }),
});
const webhook = route({
  method: 'POST',
  path: '/payments/webhook/{gateway}',
  summary: 'Hear from a gateway',
  access: 'anyone',
  rawBody: true,
  bodyLimit: 300_000,
  answers: { status: 200, description: 'Heard' },
  handle: async (request) => {
    seen = request;
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, bytes: request.raw };
  },
});
const paper = route({
  method: 'GET',
  path: '/events/{eventId}.ics',
  summary: 'Calendar',
  access: 'anyone',
  answers: { status: 200, description: 'iCalendar', contentType: 'text/calendar' },
  handle: async () => ({
    status: 200,
    headers: { 'content-type': 'text/calendar' },
    bytes: Buffer.from('BEGIN:VCALENDAR'),
  }),
});

const build = () =>
  createDispatcher([{ name: 'demo', routes: [look, publish, webhook, paper], problems: {}, checks }], {
    clock,
    telemetry,
    authenticate: (authorization) => (authorization === undefined ? undefined : Promise.resolve(ada)),
    openapi: { title: 'Demo', version: '1' },
  });

beforeEach(() => {
  seen = undefined;
  keys = [];
  checks = {};
  lines = [];
  now = Date.UTC(2027, 0, 1);
});

const ask = (method: string, path: string, headers: WireRequest['headers'] = {}, body = '') =>
  build()({ method, url: `/api/v1${path}`, headers, body: Buffer.from(body) });
const read = (reply: WireReply): unknown =>
  JSON.parse(typeof reply.body === 'string' ? reply.body : Buffer.from(reply.body ?? []).toString());

describe('the dispatcher', () => {
  it('answers JSON that no one keeps unless the handler says so', async () => {
    expect(await ask('GET', '/events/e1')).toEqual({
      status: 200,
      headers: {
        'content-type': 'application/json',
        'x-content-type-options': 'nosniff',
        'cache-control': 'public, max-age=1',
        etag: '"7"',
      },
      body: '{"title":"Grüße"}',
    });
    expect(
      (await ask('POST', '/events/e1/publish', { authorization: 'Bearer x', 'idempotency-key': 'k' }))
        .headers,
    ).toEqual({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it('answers HEAD as GET without the body', async () => {
    const head = await ask('HEAD', '/events/e1');
    expect(head).toMatchObject({
      status: 200,
      body: undefined,
      headers: { 'content-length': '19', etag: '"7"' },
    });
    expect(await ask('HEAD', '/events/')).toMatchObject({ status: 404, body: undefined });
  });

  it('answers OPTIONS with the methods of the path', async () => {
    expect(await ask('OPTIONS', '/events/e1')).toEqual({
      status: 204,
      headers: { allow: 'GET, HEAD, OPTIONS' },
      body: undefined,
    });
    expect((await ask('OPTIONS', '/nowhere')).status).toBe(404);
  });

  it.each([
    ['"7"', 304],
    ['W/"7"', 304],
    ['"6", "7"', 304],
    ['*', 304],
    ['"6"', 200],
    ['7', 200],
  ])('sends nothing again to whoever has it: If-None-Match %s', async (have, status) => {
    const reply = await ask('GET', '/events/e1', { 'if-none-match': have });
    expect(reply.status).toBe(status);
    expect(reply.body === undefined).toBe(status === 304);
    expect(reply.headers['etag']).toBe('"7"');
  });

  it('sends bytes as they are', async () => {
    const reply = await ask('GET', '/events/e1.ics');
    expect(reply.headers['content-type']).toBe('text/calendar');
    expect(Buffer.from(reply.body as Uint8Array).toString()).toBe('BEGIN:VCALENDAR');
  });

  it('hands a webhook its bytes unread, and asks no one who sends them', async () => {
    const reply = await ask(
      'POST',
      '/payments/webhook/sandbox',
      { authorization: 'Basic gateway', 'content-type': 'text/x' },
      '{not json',
    );
    expect(Buffer.from(reply.body as Uint8Array).toString()).toBe('{not json');
    expect(seen?.caller).toBeUndefined();
    expect(seen?.params).toEqual({ gateway: 'sandbox' });
  });

  it('knows a caller where there is one, and throws at whoever needs one where there is none', async () => {
    await ask('GET', '/events/e1', { authorization: 'Bearer x' });
    expect(seen?.principal).toBe(ada);
    await ask('GET', '/events/e1');
    expect(() => seen?.principal).toThrow(expect.objectContaining({ status: 401 }));
    expect(() => seen?.idempotency).toThrow("does not declare idempotencyKey: 'required'");
    expect(() => seen?.ifMatch).toThrow("does not declare ifMatch: 'required'");
  });

  it('tells two requests from one by caller, place, key and body', async () => {
    const send = (path: string, key: string, body = '') =>
      ask(
        'POST',
        path,
        { authorization: 'Bearer x', 'idempotency-key': key, 'content-type': 'application/json' },
        body,
      );
    await send('/events/e1/publish', 'k');
    await send('/events/e1/publish', 'k', ' {} ');
    await send('/events/e2/publish', 'k');
    await send('/events/e1/publish', 'l');
    expect(keys[1]).toEqual(keys[0]);
    expect(new Set(keys.map(({ key }) => key)).size).toBe(3);
    for (const { key, fingerprint } of keys) expect([key.length, fingerprint.length]).toEqual([43, 43]);
  });

  it.each(['/api/v1/events/e1/publish', '/api/v1/nothing'])(
    'gives every refusal a trace: the caller’s where it can be read, or else its own (%s)',
    async (url) => {
      const traceOf = async (traceparent?: string): Promise<unknown> => {
        const { body } = await build()({
          method: 'POST',
          url,
          headers: { traceparent },
          body: Buffer.alloc(0),
        });
        return (JSON.parse(String(body)) as Record<string, unknown>)['traceId'];
      };
      const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
      expect(await traceOf(`00-${traceId}-00f067aa0ba902b7-01`)).toBe(traceId);
      for (const unreadable of [undefined, 'nonsense', `00-<script>${'0'.repeat(60)}`])
        expect(await traceOf(unreadable)).toMatch(/^[0-9a-f]{32}$/);
    },
  );

  it('tells hosts what they may read before they have read it', () => {
    const dispatch = build();
    expect(dispatch.routeOf('GET', '/api/v1/events/e1?x=1')).toBe(look);
    expect(dispatch.routeOf('PUT', '/api/v1/events/e1')).toBeUndefined();
    expect(dispatch.bodyLimitOf('POST', '/api/v1/payments/webhook/sandbox')).toBe(300_000);
    expect(dispatch.bodyLimitOf('POST', '/api/v1/events/e1/publish')).toBe(65_536);
    expect(dispatch.bodyLimitOf('POST', '/api/v1/events/%ff/publish')).toBe(0);
  });

  it('counts each answer by route and status, and times it by route', async () => {
    await ask('GET', '/events/measured');
    const labels = 'http_request_method="GET",http_route="/events/{eventId}"';
    expect(telemetry.metricsText()).toContain(
      `http_server_requests_total{${labels},http_response_status_code="200"}`,
    );
    expect(telemetry.metricsText()).toContain(`http_server_request_duration_count{${labels}}`);
  });

  it('describes itself', async () => {
    const document = read(await ask('GET', '/openapi.json')) as { openapi: string; paths: object };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/events/{eventId}/publish');
  });
});

describe('health', () => {
  it('passes while all that a service needs answers', async () => {
    checks = { database: async () => undefined, bus: async () => undefined };
    const reply = await ask('GET', '/demo/health');
    expect([reply.status, read(reply)]).toEqual([
      200,
      { status: 'pass', live: true, ready: true, checks: { database: 'pass', bus: 'pass' } },
    ]);
  });

  it('fails with what fails, and tells the operator alone why', async () => {
    checks = {
      database: async () => undefined,
      bus: () => Promise.reject(new Error('amqp 10.0.0.7 refused')),
    };
    const reply = await ask('GET', '/demo/health');
    expect([reply.status, read(reply)]).toEqual([
      503,
      { status: 'fail', live: true, ready: false, checks: { database: 'pass', bus: 'fail' } },
    ]);
    expect(lines.join()).toContain('10.0.0.7');
  });

  it('waits for no check without end', async () => {
    checks = { database: () => new Promise(() => undefined) };
    const reply = ask('GET', '/demo/health');
    await new Promise((resolve) => setImmediate(resolve));
    timeOut();
    expect((await reply).status).toBe(503);
  });

  it('is asked by many and asks but once a second', async () => {
    let asked = 0;
    checks = {
      database: async () => {
        asked++;
      },
    };
    const dispatch = build();
    const health = () =>
      dispatch({ method: 'GET', url: '/api/v1/demo/health', headers: {}, body: new Uint8Array() });
    await Promise.all([health(), health()]);
    now += 999;
    await health();
    expect(asked).toBe(1);
    now += 1;
    await health();
    expect(asked).toBe(2);
  });
});
