import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { instant } from '../kernel';
import { consoleTelemetry } from '../telemetry';
import { createDispatcher } from './dispatcher';
import { serveHttp, type HttpServer, type HttpServerOptions } from './node-server';
import { route } from './route';

const clock = { now: () => instant('2027-01-01T00:00:00Z'), sleep: async () => undefined };
let gate: Promise<void> = Promise.resolve();
const dispatch = createDispatcher(
  [
    {
      name: 'demo',
      problems: {},
      checks: {},
      routes: [
        route({
          method: 'POST',
          path: '/echo',
          summary: 'Echo',
          access: 'anyone',
          rawBody: true,
          bodyLimit: 200_000,
          answers: { status: 200, description: 'The same' },
          handle: async ({ raw }) => ({ status: 200, headers: { 'content-type': 'text/plain' }, bytes: raw }),
        }),
        route({
          method: 'GET',
          path: '/slow',
          summary: 'Slow',
          access: 'anyone',
          answers: { status: 200, description: 'At last' },
          handle: async () => (await gate, { status: 200, body: { text: 'Grüße' } }),
        }),
      ],
    },
  ],
  { clock, telemetry: consoleTelemetry({ clock, write: () => undefined }), authenticate: () => undefined },
);

let running: HttpServer | undefined;
const serve = async (options: Partial<HttpServerOptions> = {}): Promise<string> => {
  running = await serveHttp(dispatch, { port: 0, host: '127.0.0.1', ...options });
  return `http://127.0.0.1:${running.port}`;
};
afterEach(async () => {
  gate = Promise.resolve();
  await running?.stop();
  running = undefined;
});

/** What the server says to bytes that are hardly HTTP. */
async function raw(...sent: readonly string[]): Promise<string> {
  const socket: Socket = connect(running?.port ?? 0, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  socket.on('error', () => undefined);
  for (const text of sent) socket.write(text);
  await once(socket, 'close');
  return heard;
}

describe('the HTTP server', () => {
  it('answers with the length of what it sends', async () => {
    const origin = await serve();
    const reply = await fetch(`${origin}/api/v1/slow`);
    expect(reply.headers.get('content-length')).toBe('18');
    expect(reply.headers.get('transfer-encoding')).toBeNull();
    expect(await reply.json()).toEqual({ text: 'Grüße' });
    const head = await fetch(`${origin}/api/v1/slow`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '18', '']);
  });

  it('reads bodies in pieces, up to what the route takes', async () => {
    const origin = await serve();
    const body = 'x'.repeat(200_000);
    const reply = await fetch(`${origin}/api/v1/echo`, { method: 'POST', body });
    expect([reply.status, await reply.text()]).toEqual([200, body]);
    const pieces = new ReadableStream({
      start(controller) {
        for (const piece of ['a', 'b', 'c']) controller.enqueue(Buffer.from(piece));
        controller.close();
      },
    });
    const chunked = await fetch(`${origin}/api/v1/echo`, {
      method: 'POST',
      body: pieces,
      duplex: 'half',
    });
    expect(await chunked.text()).toBe('abc');
  });

  it('stops reading what is too long, says so, and hangs up', async () => {
    const origin = await serve();
    const reply = await fetch(`${origin}/api/v1/echo`, { method: 'POST', body: 'x'.repeat(200_001) });
    expect(reply.status).toBe(413);
    expect(reply.headers.get('connection')).toBe('close');
    expect(await reply.json()).toMatchObject({ code: 'body-too-large' });
  });

  it('cuts off whoever sends without end', async () => {
    await serve();
    const req = httpRequest({ port: running?.port, host: '127.0.0.1', path: '/api/v1/echo', method: 'POST' });
    req.on('error', () => undefined);
    let sent = 0;
    const piece = Buffer.alloc(64 * 1024);
    const pump = (): void => {
      while (!req.destroyed && req.write(piece)) sent += piece.length;
      sent += piece.length;
      if (!req.destroyed && sent < 500_000_000) req.once('drain', pump);
    };
    pump();
    await new Promise((resolve) => req.on('close', resolve));
    expect(sent).toBeLessThan(50_000_000);
  });

  it('hears out no slow sender', async () => {
    await serve({ headersMilliseconds: 60, requestMilliseconds: 120 });
    expect(await raw('POST /api/v1/echo HTTP/1.1\r\nhost: x\r\n')).toMatch(
      /^HTTP\/1\.1 408 [^]*"code":"request-too-slow"/,
    );
    expect(await raw('POST /api/v1/echo HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc')).toMatch(
      /^HTTP\/1\.1 408 /,
    );
  });

  it('answers what is no HTTP, and headers without end', async () => {
    await serve();
    expect(await raw('HELLO\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 [^]*application\/problem\+json[^]*"code":"malformed-request"/,
    );
    expect(await raw(`GET / HTTP/1.1\r\nhost: x\r\na: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    const smuggled =
      'POST /api/v1/echo HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n';
    expect(await raw(smuggled)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('survives whoever hangs up half way', async () => {
    const origin = await serve();
    const socket = connect(running?.port ?? 0, '127.0.0.1');
    socket.write('POST /api/v1/echo HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.destroy();
    expect((await fetch(`${origin}/api/v1/slow`)).status).toBe(200);
  });

  it('lets pages of the host answer first', async () => {
    const origin = await serve({
      extra: (req, res) => {
        if (req.url !== '/mailbox') return false;
        res.end('letters');
        return true;
      },
    });
    expect(await (await fetch(`${origin}/mailbox`)).text()).toBe('letters');
    expect((await fetch(`${origin}/elsewhere`)).status).toBe(404);
  });

  it('stops once what is under way has been answered', async () => {
    const origin = await serve();
    let open: () => void = () => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const underWay = fetch(`${origin}/api/v1/slow`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    let stopped = false;
    const stopping = running?.stop().then(() => (stopped = true));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(stopped).toBe(false);
    open();
    const reply = await underWay;
    expect([reply.status, reply.headers.get('connection')]).toEqual([200, 'close']);
    await reply.text();
    await stopping;
    await expect(fetch(`${origin}/api/v1/slow`)).rejects.toThrow();
    running = undefined;
  });

  it('waits for no answer without end when it stops', async () => {
    const origin = await serve({ graceMilliseconds: 50 });
    gate = new Promise(() => undefined);
    const lost = expect(fetch(`${origin}/api/v1/slow`)).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 30));
    await running?.stop();
    await lost;
    running = undefined;
  });
});

describe('another origin', () => {
  const cors = { origins: ['https://tickets.example'] };
  const preflight = (origin: string, from: string) =>
    fetch(`${origin}/api/v1/echo`, {
      method: 'OPTIONS',
      headers: { origin: from, 'access-control-request-method': 'POST' },
    });

  it('that is named may call', async () => {
    const origin = await serve({ cors });
    const asked = await preflight(origin, 'https://tickets.example');
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'https://tickets.example',
    ]);
    expect(asked.headers.get('access-control-allow-headers')).toContain('idempotency-key');
    const called = await fetch(`${origin}/api/v1/slow`, { headers: { origin: 'https://tickets.example' } });
    expect(called.headers.get('access-control-allow-origin')).toBe('https://tickets.example');
    expect(called.headers.get('access-control-expose-headers')).toContain('etag');
    expect(called.headers.get('vary')).toBe('origin');
  });

  it.each(['https://evil.example', 'https://tickets.example.evil', 'null'])('%s may not', async (from) => {
    const origin = await serve({ cors });
    expect((await preflight(origin, from)).headers.get('access-control-allow-origin')).toBeNull();
    expect(
      (await fetch(`${origin}/api/v1/slow`, { headers: { origin: from } })).headers.get(
        'access-control-allow-origin',
      ),
    ).toBeNull();
  });

  it('may nothing where none is named', async () => {
    const origin = await serve();
    const reply = await preflight(origin, 'https://tickets.example');
    expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([204, null]);
  });
});
