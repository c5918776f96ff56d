import { createDispatcher, type Principal, type Role } from '@boxoffice/shared/http';
import type { Envelope } from '@boxoffice/shared/contracts';
import { subscriptions } from '@boxoffice/shared/contracts';
import type { Service } from '@boxoffice/shared/platform';
import { simulatedWorld } from '@boxoffice/shared/platform/simulated';
import { compose } from '../src/main';

const person = (userId: string, ...roles: Role[]): Principal => ({
  userId,
  name: userId,
  email: `${userId}@example.org`,
  roles,
});
const people: Readonly<Record<string, Principal>> = {
  olivia: person('olivia', 'organizer'),
  oskar: person('oskar', 'organizer'),
  ada: person('ada', 'admin'),
  ben: person('ben'),
};

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, never> & { readonly [member: string]: unknown };
  readonly text: string;
}

export interface Call {
  readonly as?: string;
  readonly body?: object;
  readonly key?: string;
  readonly ifMatch?: string;
}

/** event-management on a platform without faults, whose bus writes down what ticket-inventory would hear. */
export async function openStage(seed = 1) {
  const world = simulatedWorld({ seed });
  const platform = world.process('events', false);
  const service = compose(platform, { calendarDomain: 'tickets.example' });
  const heard: Envelope[] = [];
  const listener: Service = {
    name: 'ticket-inventory',
    routes: [],
    consumers: subscriptions
      .filter(
        ({ topic, subscription }) => topic === 'event-management' && subscription === 'ticket-inventory',
      )
      .map((subscription) => ({ subscription, handle: async (envelope) => void heard.push(envelope) })),
    timers: [],
    feeds: [],
    migrations: [],
    containers: [],
    problems: {},
    checks: {},
  };
  await world.schedule.until(platform.migrate(service));
  await world.schedule.until(platform.run(service));
  await world.schedule.until(platform.run(listener));
  const dispatch = createDispatcher([service], {
    authenticate: (authorization) =>
      authorization === undefined ? undefined : people[authorization.replace('Bearer ', '')],
    telemetry: platform.telemetry,
    clock: platform.clock,
  });
  let calls = 0;
  const start = (method: string, path: string, { as, body, key, ifMatch }: Call = {}): Promise<Answered> =>
    dispatch({
      method,
      url: `/api/v1${path}`,
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
        ...(method === 'POST' ? { 'idempotency-key': key ?? `key-${++calls}` } : {}),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(body)),
    }).then(({ status, headers, body: answered }) => {
      const text = Buffer.from(answered ?? '').toString();
      const isJson = headers['content-type']?.includes('json') === true;
      return { status, headers, text, body: (isJson ? JSON.parse(text) : {}) as Answered['body'] };
    });
  const call = (method: string, path: string, options?: Call) =>
    world.schedule.until(start(method, path, options));
  return {
    heard,
    start,
    call,
    all: <T>(work: Promise<T>) => world.schedule.until(work),
    pass: (seconds: number) => world.schedule.pass(seconds * 1000),
    now: () => platform.clock.now(),
    close: () => world.close(),
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A venue and a category to begin with. */
export async function furnish(stage: Stage) {
  const venue = await stage.call('POST', '/venues', {
    as: 'olivia',
    body: {
      name: 'Konzerthaus',
      street: 'Lothringerstraße 20',
      postalCode: '1030',
      city: 'Wien',
      country: 'AT',
      timeZone: 'Europe/Vienna',
    },
  });
  const category = await stage.call('POST', '/categories', { as: 'ada', body: { name: 'Classical music' } });
  return { venueId: String(venue.body['venueId']), categoryId: String(category.body['categoryId']) };
}

/** What an organiser writes of an event in February 2027. */
export const draft = (where: { venueId: string; categoryId: string }, change: object = {}) => ({
  title: 'Winterreise by candlelight',
  summary: 'Schubert, as it was meant to be heard.',
  description: 'A baritone, a piano, a hundred candles.\n\nNo interval.',
  startsAt: '2027-02-12T19:30:00+01:00',
  endsAt: '2027-02-12T21:15:00+01:00',
  currency: 'EUR',
  ...where,
  ...change,
});

export const stalls = { name: 'Stalls', priceMinor: 4800, capacity: 240 };
