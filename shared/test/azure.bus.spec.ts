import { afterEach, describe, expect, it, jest } from '@jest/globals';
import {
  eventPublished,
  subscriptions,
  UnreadableMessage,
  type Envelope,
  type Subscription,
} from '../src/contracts';
import { fromMilliseconds, instant } from '../src/kernel';
import type { Handle } from '../src/messaging';
import type { Running, Service } from '../src/platform';
import { azurePlatform, readAzureSettings } from '../src/platform/azure';
import { machineClock } from '../src/platform/machine';
import { serviceBus } from '../src/platform/azure/service-bus/bus';
import { Connection } from '../src/platform/azure/service-bus/connection';
import { runConsumer } from '../src/platform/azure/service-bus/processor';
import { busContract } from './contract';
import { RecordingTelemetry } from './doubles/recording-telemetry';
import { ServiceBusDouble } from './doubles/service-bus';

const published = (id: string): Envelope =>
  eventPublished.announce(id, 'an-event', instant('2027-01-05T10:00:00Z'), eventPublished.sample);
const listens = (topic: string, subscription: string): Subscription => {
  const found = subscriptions.find((s) => s.topic === topic && s.subscription === subscription);
  if (found === undefined) throw new Error(`${subscription} does not listen to ${topic}`);
  return found;
};
const toInventory = listens('event-management', 'ticket-inventory');
const toPayment = listens('event-management', 'payment-processing');

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await holds()) return;
    await machineClock.sleep(10);
  }
  throw new Error('waited 5 seconds in vain');
}

/** Delays between deliveries as a test can wait for them. */
const redelivery = { firstDelayMs: 10, longestDelayMs: 60 };
const consumeOver =
  (connection: () => Connection) =>
  (subscription: Subscription, handle: Handle): Promise<Running> => {
    const telemetry = new RecordingTelemetry();
    return runConsumer(
      { subscription, handle },
      { connection: connection(), clock: machineClock, telemetry, redelivery },
    );
  };

busContract('Service Bus (loopback)', async () => {
  const double = await ServiceBusDouble.start({ subscriptions, lockMs: 600 });
  const connect = () =>
    new Connection({ connectionString: double.connectionString, retryDelayMs: 50, tryMs: 1000 });
  let connection = connect();
  return {
    get bus() {
      return serviceBus(connection);
    },
    clock: machineClock,
    consume: consumeOver(() => connection),
    advance: (milliseconds) => machineClock.sleep(milliseconds),
    patienceMilliseconds: 2400,
    async restart() {
      await connection.close();
      connection = connect();
    },
    async close() {
      await connection.close();
      await double.close();
    },
  };
});

describe('Service Bus as it is named by the environment', () => {
  const {
    SERVICE_BUS_CONNECTION_STRING: connectionString,
    SERVICE_BUS_NAMESPACE: namespace,
    AZURE_CLIENT_ID: clientId,
  } = process.env;
  if (connectionString === undefined && namespace === undefined) {
    it.skip('skipped: no Service Bus named by SERVICE_BUS_CONNECTION_STRING or SERVICE_BUS_NAMESPACE', () =>
      undefined);
    return;
  }
  jest.setTimeout(300_000);
  // Its topics and subscriptions are those of contracts/topology.ts, and nobody else listens to them.
  busContract('Service Bus', () => {
    const named =
      connectionString === undefined
        ? { namespace: namespace ?? '', ...(clientId ? { clientId } : {}) }
        : { connectionString };
    const connection = new Connection(named);
    return Promise.resolve({
      bus: serviceBus(connection),
      clock: machineClock,
      consume: consumeOver(() => connection),
      advance: (milliseconds) => machineClock.sleep(milliseconds),
      patienceMilliseconds: 20_000,
      close: () => connection.close(),
    });
  });
});

describe('Service Bus', () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
  });

  async function start(options: Partial<Parameters<typeof ServiceBusDouble.start>[0]> = {}) {
    const double = await ServiceBusDouble.start({ subscriptions, ...options });
    const connection = new Connection({
      connectionString: double.connectionString,
      retryDelayMs: 50,
      tryMs: 1000,
    });
    const telemetry = new RecordingTelemetry();
    open.push(double, connection);
    const consume = async (subscription: Subscription, handle: Handle): Promise<Running> => {
      const deps = {
        connection,
        clock: machineClock,
        telemetry,
        redelivery: { firstDelayMs: 5, longestDelayMs: 20 },
      };
      const running = await runConsumer({ subscription, handle }, deps);
      open.push({ close: () => running.stop() });
      return running;
    };
    return { double, bus: serviceBus(connection), consume, telemetry };
  }

  it('brings a message to every subscription whose rules name its type, with its trace', async () => {
    const { bus, consume, telemetry } = await start();
    const seen: string[] = [];
    await consume(toInventory, async ({ id }, { count }) => void seen.push(`inventory ${id} ${count}`));
    await consume(toPayment, async ({ id }, { count }) => void seen.push(`payment ${id} ${count}`));
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await bus.publish([{ ...published('one'), traceparent }]);
    await until(() => seen.length === 2);
    expect(seen.sort()).toEqual(['inventory one 1', 'payment one 1']);
    expect(telemetry.spans.map((span) => span.traceparent)).toEqual([traceparent, traceparent]);
    expect(Object.keys(telemetry.measures)).toEqual([
      expect.stringMatching(/^messages\.age type=boxoffice\./),
    ]);
  });

  it('splits what is published at once into batches that the topic takes', async () => {
    const { bus, consume } = await start();
    const seen = new Set<string>();
    await consume(toInventory, async ({ id }) => void seen.add(id));
    const padded = { ...eventPublished.sample, title: 'x'.repeat(10_000) };
    const envelopes = Array.from({ length: 100 }, (_, i) =>
      eventPublished.announce(`id-${i}`, 'an-event', instant('2027-01-05T10:00:00Z'), padded),
    );
    await bus.publish(envelopes);
    await until(() => seen.size === 100);
  });

  it('says so when one message alone is too large', async () => {
    const { bus } = await start();
    const huge = { ...eventPublished.sample, title: 'x'.repeat(300_000) };
    const envelope = eventPublished.announce('huge', 'an-event', instant('2027-01-05T10:00:00Z'), huge);
    await expect(bus.publish([envelope])).rejects.toThrow('message huge is larger than');
  });

  it('publishes all the same when the service is busy for a moment', async () => {
    const { bus, consume, double } = await start();
    const seen: string[] = [];
    await consume(toInventory, async ({ id }) => void seen.push(id));
    double.beBusy(2);
    await bus.publish([published('one')]);
    await until(() => seen.length === 1);
  });

  it('goes on publishing and consuming after the connection broke', async () => {
    const { bus, consume, double } = await start();
    const seen: string[] = [];
    await consume(toInventory, async ({ id }) => void seen.push(id));
    await bus.publish([published('before')]);
    await until(() => seen.length === 1);
    await machineClock.sleep(100); // for the settlement of the first
    double.dropConnections();
    await bus.publish([published('after')]);
    await until(() => seen.includes('after'));
  });

  it('brings a message again when its consumer held it longer than the lock', async () => {
    const { bus, consume, double } = await start();
    const counts: number[] = [];
    await consume(toInventory, async (_envelope, { count }) => {
      counts.push(count);
      if (count === 1) double.advance(61_000);
    });
    await bus.publish([published('slow')]);
    await until(() => counts.length === 2);
    expect(counts).toEqual([1, 2]);
  });

  it('sets aside at once what no consumer can read, and shows it', async () => {
    const { bus, consume } = await start();
    await consume(toInventory, async () => {
      throw new UnreadableMessage('data.title is missing, not string');
    });
    await bus.publish([published('strange')]);
    await until(async () => (await bus.deadLetters.list(toInventory)).length === 1);
    expect(await bus.deadLetters.list(toInventory)).toMatchObject([
      {
        envelope: { id: 'strange' },
        reason: 'UnreadableMessage',
        description: 'data.title is missing, not string',
        deliveryCount: 1,
      },
    ]);
  });

  it('hands a replayed dead letter to its own subscription alone, even within the duplicate window', async () => {
    const { bus, consume } = await start();
    let broken = true;
    const seen: string[] = [];
    await consume(toInventory, async ({ id }) => {
      if (broken) throw new Error('the store is down');
      seen.push(`inventory ${id}`);
    });
    await consume(toPayment, async ({ id }) => void seen.push(`payment ${id}`));
    await bus.publish([published('first'), published('second'), published('third')]);
    await until(async () => (await bus.deadLetters.list(toInventory)).length === 3);
    broken = false;
    const letters = await bus.deadLetters.list(toInventory);
    const second = letters.find(({ envelope }) => envelope.id === 'second');
    expect(await bus.deadLetters.replay(toInventory, second!.position)).toBe(true);
    await until(() => seen.includes('inventory second'));
    expect(await bus.deadLetters.replay(toInventory, second!.position)).toBe(false);
    expect(seen.sort()).toEqual(['inventory second', 'payment first', 'payment second', 'payment third']);
    const left = await bus.deadLetters.list(toInventory);
    expect(left.map(({ envelope }) => envelope.id).sort()).toEqual(['first', 'third']);
    expect(left[0]).toMatchObject({ reason: 'MaxDeliveryCountExceeded', deliveryCount: 10 });
  });

  it('keeps what is not due yet', async () => {
    const { bus, consume, double } = await start();
    const seen: string[] = [];
    await consume(toInventory, async ({ id }) => void seen.push(id));
    await bus.publish([published('later')], { notBefore: fromMilliseconds(Date.now() + 3_600_000) });
    await bus.publish([published('now')]);
    await until(() => seen.length > 0);
    expect(seen).toEqual(['now']);
    double.advance(3_601_000);
    await until(() => seen.includes('later'));
  });

  it('ends what is under way before it stops', async () => {
    const { bus, consume } = await start();
    const ended: string[] = [];
    const begun = Promise.withResolvers<undefined>();
    const running = await consume(toInventory, async ({ id }) => {
      begun.resolve(undefined);
      await machineClock.sleep(100);
      ended.push(id);
    });
    await bus.publish([published('one')]);
    await begun.promise;
    await running.stop();
    expect(ended).toEqual(['one']);
    expect(await bus.deadLetters.list(toInventory)).toEqual([]);
  });

  it('is what the platform runs a service on', async () => {
    const double = await ServiceBusDouble.start({ subscriptions });
    const settings = readAzureSettings({ SERVICE_BUS_CONNECTION_STRING: double.connectionString }, ['bus']);
    const platform = azurePlatform(settings, new RecordingTelemetry());
    open.push(double, platform);
    const seen: string[] = [];
    const service: Service = {
      name: 'ticket-inventory',
      routes: [],
      consumers: [{ subscription: toInventory, handle: async ({ id }) => void seen.push(id) }],
      timers: [{ name: 'hourly', everySeconds: 3600, run: () => Promise.resolve() }],
      feeds: [],
      migrations: [],
      containers: [],
      problems: {},
      checks: {},
      start: async () => void seen.push('started'),
    };
    const running = await platform.run(service);
    const id = platform.ids.next();
    await platform.bus.publish([published(id)]);
    await until(() => seen.includes(id));
    await running.stop();
    expect(seen).toEqual(['started', id]);
    expect(() => platform.mail).toThrow('name no mail');
  });
});
