import 'reflect-metadata';
import { IsInt } from 'class-validator';
import { subscriptions, UnreadableMessage } from '../../../src/contracts';
import type { Container } from '../../../src/documents';
import { route } from '../../../src/http';
import { ulids } from '../../../src/kernel';
import type { Platform, Service } from '../../../src/platform';
import { bindToFunctions } from '../../../src/platform/azure/functions';
import { readAzureSettings } from '../../../src/platform/azure/settings';
import { machineChance, machineClock } from '../../../src/platform/machine';
import { consoleTelemetry } from '../../../src/telemetry';

/** A Function App with a trigger of each kind; what its handlers were given, `GET /seen` tells. With `STREAMS`, it streams, too. */
const seen: unknown[] = [];
const see = (what: unknown): Promise<void> => {
  seen.push(what);
  return Promise.resolve();
};

class ThingRequest {
  @IsInt() quantity!: number;
}

const telemetry = consoleTelemetry({ clock: machineClock, write: () => undefined });
const [subscription] = subscriptions.filter(
  ({ topic, subscription: to }) => topic === 'event-management' && to === 'ticket-inventory',
);
if (subscription === undefined) throw new Error('nobody listens to event-management');
let starts = 0;
let pieces = 0;

/** Large pieces, and 200 MB at most, so that this process survives a reader who is not waited for; or one, and then none. */
async function* piecesOf(size: string | undefined, gone: AbortSignal): AsyncGenerator<Uint8Array> {
  await see({ stream: 'begun' });
  const piece = size === 'large' ? Buffer.alloc(1_000_000) : Buffer.from('small');
  const most = size === 'large' ? 200 : 1;
  for (let i = 0; i < most && !gone.aborted; i++) {
    pieces++;
    yield piece;
  }
  if (!gone.aborted) await new Promise((resolve) => gone.addEventListener('abort', resolve));
  await see({ stream: 'ended' });
}

const streaming = route({
  method: 'GET',
  path: '/pieces/{size}',
  summary: 'Pieces, until their reader leaves',
  access: 'anyone',
  answers: { status: 200, description: 'The pieces', contentType: 'text/event-stream' },
  handle: ({ params }) =>
    Promise.resolve({
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      stream: (gone) => piecesOf(params['size'], gone),
    }),
});

const service: Service = {
  name: 'ticket-inventory',
  routes: [
    route({
      method: 'GET',
      path: '/seen',
      summary: 'What the handlers saw',
      access: 'anyone',
      answers: { status: 200, description: 'All of it' },
      handle: () =>
        Promise.resolve({ status: 200, body: { starts, seen, pieces, metrics: telemetry.metricsText() } }),
    }),
    ...(process.env['STREAMS'] === undefined ? [] : [streaming]),
    route({
      method: 'POST',
      path: '/things/{thingId}',
      summary: 'Takes a thing',
      access: 'signed-in',
      body: ThingRequest,
      answers: { status: 201, description: 'Taken' },
      handle: ({ params, body, principal, headers }) =>
        Promise.resolve({
          status: 201,
          headers: { etag: '"1"' },
          body: {
            ...params,
            quantity: body.quantity,
            by: principal.userId,
            spanned: telemetry.traceparent() !== headers['x-caller'],
          },
        }),
    }),
    route({
      method: 'GET',
      path: '/things/{thingId}.pdf',
      summary: 'A thing on paper',
      access: 'anyone',
      answers: { status: 200, description: 'The paper', contentType: 'application/pdf' },
      handle: ({ params }) =>
        Promise.resolve({
          status: 200,
          headers: { 'content-type': 'application/pdf' },
          bytes: new TextEncoder().encode(`%PDF ${params['thingId'] ?? ''}`),
        }),
    }),
  ],
  consumers: [
    {
      subscription,
      handle: async (envelope, { count }) => {
        await see({ message: envelope.id, count, traced: telemetry.traceparent()?.slice(3, 35) });
        if (envelope.subject === 'unreadable') throw new UnreadableMessage('data.title is missing');
        if (envelope.subject === 'personal') throw new Error('cannot mail zoe@example.com');
        if (envelope.subject === 'broken') throw new Error('the store is down');
      },
    },
  ],
  timers: [
    { name: 'expireThings', everySeconds: 90, run: () => see({ timer: 'expired' }) },
    { name: 'lookAgain', everySeconds: 5, run: () => see({ timer: 'looked' }) },
  ],
  feeds: [
    {
      name: 'announce-changes',
      container: { name: 'things' } as Container,
      handle: (documents) => see({ documents }),
    },
  ],
  migrations: [],
  containers: [],
  problems: {},
  checks: { store: () => Promise.resolve() },
  async start() {
    starts++;
    if (starts <= Number(process.env['FAILING_STARTS'] ?? 0))
      throw new Error('the store does not answer yet');
  },
};

bindToFunctions(service, {
  platform: {
    clock: machineClock,
    ids: ulids(machineClock, machineChance),
    chance: machineChance,
    telemetry,
    close: () => machineClock.sleep(100),
  } as Partial<Platform> as Platform,
  authenticate: (authorization) =>
    authorization === undefined
      ? undefined
      : { userId: 'zoe', name: 'Zoë', email: 'zoe@example.com', roles: [] },
  timersAtLeastSeconds: readAzureSettings(process.env, []).timersAtLeastSeconds,
});
