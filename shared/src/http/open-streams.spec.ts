import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type Socket } from 'node:net';
import { instant } from '../kernel';
import { consoleTelemetry } from '../telemetry';
import { createDispatcher } from './dispatcher';
import { serveHttp, type HttpServer } from './node-server';
import { route } from './route';

const clock = { now: () => instant('2027-01-01T00:00:00Z'), sleep: async () => undefined };
let lines: string[];
let running: HttpServer;
let origin: string;
/** Streams that have begun and not ended, and pieces that they were asked for. */
let open = 0;
let taken = 0;
let say: (word: string) => void;

/** Each word that is said, until its reader has gone. */
async function* words(gone: AbortSignal): AsyncGenerator<Uint8Array> {
  const said: string[] = [];
  let wake: () => void = () => undefined;
  say = (word) => {
    said.push(word);
    wake();
  };
  gone.addEventListener('abort', () => wake());
  open++;
  try {
    while (!gone.aborted) {
      const word = said.shift();
      if (word === 'broken') throw new Error('no more words');
      if (word === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else yield Buffer.from(word);
    }
  } finally {
    open--;
  }
}

/** As much as is taken, and 200 MB at most, so that this process survives a test that fails. */
async function* flood(gone: AbortSignal): AsyncGenerator<Uint8Array> {
  const piece = Buffer.alloc(64 * 1024);
  open++;
  while (!gone.aborted && taken < 200_000_000) {
    taken += piece.length;
    yield piece;
    if (taken % (100 * piece.length) === 0) await new Promise(setImmediate);
  }
  open--;
}

const streaming = (path: string, stream: typeof words) =>
  route({
    method: 'GET',
    path,
    summary: 'Streams',
    access: 'anyone',
    answers: { status: 200, description: 'Pieces', contentType: 'text/plain' },
    handle: async () => ({ status: 200, headers: { 'content-type': 'text/plain' }, stream }),
  });

beforeEach(async () => {
  [lines, open, taken] = [[], 0, 0];
  const telemetry = consoleTelemetry({ clock, write: (line) => void lines.push(line) });
  const routes = [streaming('/words', words), streaming('/flood', flood)];
  const dispatch = createDispatcher([{ name: 'demo', problems: {}, checks: {}, routes }], {
    clock,
    telemetry,
    authenticate: () => undefined,
  });
  const cors = { origins: ['https://tickets.example'] };
  running = await serveHttp(dispatch, { port: 0, host: '127.0.0.1', cors });
  origin = `http://127.0.0.1:${running.port}/api/v1`;
});
afterEach(() => running.stop());

async function until(met: () => boolean): Promise<void> {
  for (const end = performance.now() + 5000; !met();) {
    if (performance.now() > end) throw new Error(`${open} are open, ${taken} bytes were taken`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A client that has asked and reads nothing. */
function ask(path: string): Socket {
  const socket = connect(running.port, '127.0.0.1');
  socket.pause();
  socket.on('error', () => undefined);
  socket.write(`GET /api/v1${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
  return socket;
}

/** Resolves once no more is taken: what the sockets hold has been filled. */
async function full(): Promise<number> {
  for (let before = -1; before !== taken;) {
    before = taken;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return taken;
}

describe('a stream', () => {
  it('arrives piece by piece, until it ends', async () => {
    const hearing = fetch(`${origin}/words`, { headers: { origin: 'https://tickets.example' } });
    await until(() => open === 1);
    say('one');
    const reply = await hearing;
    expect(reply.status).toBe(200);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'text/plain',
      'transfer-encoding': 'chunked',
      'access-control-allow-origin': 'https://tickets.example',
    });
    const reader = reply.body!.getReader();
    const next = async () => Buffer.from((await reader.read()).value ?? []).toString();
    expect(await next()).toBe('one');
    say('two');
    expect(await next()).toBe('two');
    await reader.cancel();
  });

  it('ends when its reader leaves', async () => {
    const socket = ask('/words');
    await until(() => open === 1);
    socket.destroy();
    await until(() => open === 0);
  });

  it('does not begin for HEAD, whose answer names no length', async () => {
    const reply = await fetch(`${origin}/words`, { method: 'HEAD' });
    expect([reply.status, reply.headers.get('content-type'), reply.headers.get('content-length')]).toEqual([
      200,
      'text/plain',
      null,
    ]);
    expect(open).toBe(0);
  });

  it('is asked for no more than its reader takes', async () => {
    const socket = ask('/flood');
    await until(() => open === 1);
    const most = await full();
    expect(most).toBeLessThan(30_000_000); // what this machine's sockets hold
    socket.resume();
    await until(() => taken > 2 * most);
    socket.destroy();
    await until(() => open === 0);
  });

  it('ends for a reader who takes nothing for long', async () => {
    expect(running.server.timeout).toBe(120_000);
    running.server.timeout = 200;
    ask('/flood');
    await until(() => open === 1);
    await until(() => open === 0);
  });

  it('that fails cuts the connection, and the log says why', async () => {
    const hearing = fetch(`${origin}/words`);
    await until(() => open === 1);
    say('one');
    const reply = await hearing;
    say('broken');
    await expect(reply.text()).rejects.toThrow();
    expect(lines.join()).toContain('stream failed');
    expect(lines.join()).toContain('no more words');
  });
});

describe('a server that stops', () => {
  const stopsAtOnce = async () => {
    const began = performance.now();
    await running.stop();
    expect(performance.now() - began).toBeLessThan(2000); // others have ten seconds
    expect(open).toBe(0);
  };

  it('ends its streams, as they end by themselves', async () => {
    const hearing = fetch(`${origin}/words`);
    await until(() => open === 1);
    say('one');
    const reply = await hearing;
    await stopsAtOnce();
    expect(await reply.text()).toBe('one');
  });

  it('does not wait for who reads nothing', async () => {
    ask('/flood');
    await until(() => open === 1);
    await full();
    await stopsAtOnce();
  });
});
