import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventPublished } from '@boxoffice/shared/contracts';
import {
  createDispatcher,
  serveHttp,
  type Dispatch,
  type HttpServer,
  type Stream,
} from '@boxoffice/shared/http';
import { instant, type Clock } from '@boxoffice/shared/kernel';
import { embeddedPlatform, machineClock, type EmbeddedPlatform } from '@boxoffice/shared/platform/embedded';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compose } from '../src/main';
import { EventSource } from './event-source';
import { concert, eventId, stalls } from './season';
import { silence } from './silence';
import { settled, StepClock } from './step-clock';

let folder: string;
let embedded: EmbeddedPlatform;
let dispatch: Dispatch;
let server: HttpServer | undefined;
let origin: string;
const sources: EventSource[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stream-'));
});
afterEach(async () => {
  for (const source of sources.splice(0)) source.close();
  await server?.stop();
  server = undefined;
  await embedded.close();
  rmSync(folder, { recursive: true });
});

/** The service with a concert on sale, which has always been on sale by the clocks of these tests. */
async function open(clock: Clock): Promise<void> {
  embedded = embeddedPlatform({ dataDir: folder, telemetry: silence, clock });
  const service = compose(embedded, { liveHoldsPerBuyer: 100, mostListeners: 2, passes: {} });
  await embedded.migrate(service);
  await service.start?.();
  const authenticate = (name: string | undefined) =>
    name === undefined ? undefined : { userId: name, name, email: `${name}@example.org`, roles: [] };
  const openapi = { title: 'Boxoffice', version: '1' };
  dispatch = createDispatcher([service], { authenticate, telemetry: silence, clock, openapi });
  const consumer = service.consumers.find(({ subscription }) =>
    subscription.types.includes(eventPublished.type),
  );
  const onSale = concert();
  const window = { salesFrom: instant('2020-01-01T00:00:00Z'), salesUntil: instant('2120-01-01T00:00:00Z') };
  const always = onSale.ticketTypes.map((type) => ({ ...type, ...window }));
  const fact = eventPublished.announce('m', eventId, clock.now(), { ...onSale, ticketTypes: always });
  await consumer?.handle(fact, { count: 1 });
}

async function openOverHttp(): Promise<void> {
  await open(machineClock);
  server = await serveHttp(dispatch, { port: 0, host: '127.0.0.1' });
  origin = `http://127.0.0.1:${server.port}/api/v1`;
}

const place = `/events/${eventId}/availability`;

async function listen(): Promise<EventSource> {
  const source = new EventSource(`${origin}${place}/stream`);
  sources.push(source);
  await source.open();
  return source;
}

let keys = 0;
const hold = () =>
  dispatch({
    method: 'POST',
    url: '/api/v1/holds',
    headers: {
      authorization: 'Ben',
      'content-type': 'application/json',
      'idempotency-key': `key-${++keys}`,
    },
    body: Buffer.from(JSON.stringify({ eventId, lines: [{ ticketTypeId: stalls, quantity: 1 }] })),
  });

describe('the stream of an event’s availability', () => {
  beforeEach(openOverHttp);

  it('begins with what the availability answers, under its ETag', async () => {
    const reply = await fetch(origin + place);
    const source = await listen();
    const { event, id, data } = await source.next(0);
    expect([event, `"${id}"`, data]).toEqual(['availability', reply.headers.get('etag'), await reply.json()]);
    expect(source.retryMilliseconds).toBeGreaterThanOrEqual(1000);
  });

  it('tells of a change within a second', async () => {
    const source = await listen();
    await source.next(0);
    const began = performance.now();
    expect((await hold()).status).toBe(201);
    const { data } = await source.next(1);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(data).toMatchObject({ ticketTypes: [{ held: 1, available: 9 }, { held: 0 }] });
  });

  it('goes on where its listener was: with what was missed, or with nothing', async () => {
    const source = await listen();
    await source.next(0);
    source.close();
    await hold();
    await source.open();
    expect((await source.next(1)).data).toMatchObject({ ticketTypes: [{ held: 1 }, { held: 0 }] });
    source.close();
    await source.open();
    await new Promise((resolve) => setTimeout(resolve, 700)); // a look or two
    expect(source.events).toHaveLength(2);
    await hold();
    expect((await source.next(2)).data).toMatchObject({ ticketTypes: [{ held: 2 }, { held: 0 }] });
  });

  it('is refused as problem+json, before it begins, where nothing is on sale', async () => {
    const reply = await fetch(`${origin}/events/01jv0h5c9n3yq8t6w2b4d7f1gz/availability/stream`);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(await reply.json()).toMatchObject({ code: 'event-unknown' });
  });

  it('is refused to more than the process takes, with a time to come back', async () => {
    const sitting = [await listen(), await listen()];
    await Promise.all(sitting.map((source) => source.next(0)));
    const reply = await fetch(`${origin}${place}/stream`);
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await reply.json()).toMatchObject({ code: 'too-many-listeners' });
    sitting[0]?.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await (await listen()).next(0)).event).toBe('availability');
  });

  it('lets nobody on the way keep it back, and is nothing that a HEAD would begin', async () => {
    for (let i = 0; i < 3; i++) {
      const reply = await fetch(`${origin}${place}/stream`, { method: 'HEAD' });
      expect([reply.status, reply.headers.get('content-type'), reply.headers.get('cache-control')]).toEqual([
        200,
        'text/event-stream',
        'no-store, no-transform',
      ]);
    }
    expect((await (await listen()).next(0)).event).toBe('availability');
  });

  it('stands in the description of the API', async () => {
    const document = (await (await fetch(`${origin}/openapi.json`)).json()) as {
      paths: Record<string, { get: { responses: Record<string, { content: object }> } }>;
    };
    const { responses } = document.paths['/events/{eventId}/availability/stream']!.get;
    expect(responses['200']?.content).toEqual({ 'text/event-stream': {} });
  });
});

describe('a stream that lasts', () => {
  let clock: StepClock;
  beforeEach(async () => {
    clock = new StepClock();
    await open(clock);
  });

  const begin = async (): Promise<Stream> => {
    const url = `/api/v1${place}/stream`;
    const { stream } = await dispatch({ method: 'GET', url, headers: {}, body: new Uint8Array() });
    if (!stream) throw new Error('no stream');
    return stream;
  };

  it('is written out once, however many hear it', async () => {
    const { signal } = new AbortController();
    const readers = [await begin(), await begin()].map((stream) => stream(signal)[Symbol.asyncIterator]());
    await Promise.all(readers.map((reader) => reader.next())); // when to come back
    const [one, other] = await Promise.all(readers.map((reader) => reader.next()));
    expect(Buffer.from(one?.value as Uint8Array).toString()).toMatch(
      /^event: availability\nid: \S+\ndata: \{.*\}\n\n$/,
    );
    expect(one?.value).toBe(other?.value);
  });

  it('breaks a silence with a comment, and ends with a short way back', async () => {
    const stream = await begin();
    const source = new EventSource('');
    const heard = (async () => {
      for await (const piece of stream(new AbortController().signal))
        source.hear(Buffer.from(piece).toString());
    })();
    await settled();
    expect([source.events.length, source.comments]).toEqual([1, 0]);
    await clock.run(31_000);
    expect([source.events.length, source.comments]).toEqual([1, 2]);
    await clock.run(90_000);
    await heard;
    expect([source.events.length, source.retryMilliseconds]).toEqual([1, 50]);
  });
});
