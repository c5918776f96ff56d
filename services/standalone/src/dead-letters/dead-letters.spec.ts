import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  paymentCaptured,
  subscriptions,
  UnreadableMessage,
  type Envelope,
  type Subscription,
} from '@boxoffice/shared/contracts';
import { instant } from '@boxoffice/shared/kernel';
import type { Service } from '@boxoffice/shared/platform';
import { azurePlatform, readAzureSettings } from '@boxoffice/shared/platform/azure';
import { embeddedPlatform, machineClock } from '@boxoffice/shared/platform/embedded';
import { RecordingTelemetry } from '../../../../shared/test/doubles/recording-telemetry';
import { ServiceBusDouble } from '../../../../shared/test/doubles/service-bus';
import { tendDeadLetters } from './tend';

const captures = subscriptions.find(
  ({ topic, subscription }) => topic === 'payment-processing' && subscription === 'ticket-inventory',
) as Subscription;
const captured = (id: string): Envelope =>
  paymentCaptured.announce(id, 'an-order', instant('2027-01-05T10:00:00Z'), paymentCaptured.sample);

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function tend(line: string, environment: Record<string, string>) {
  const said: string[] = [];
  const complaints: string[] = [];
  const code = await tendDeadLetters(line.split(' '), environment, {
    say: (words) => said.push(words),
    complain: (words) => complaints.push(words),
  });
  return { code, said, complaints };
}

/** Two of a kind, run over each bus: who listens is broken at first, and reads all once it is mended. */
async function listen(
  platform: ReturnType<typeof azurePlatform>,
  listener: { broken: boolean; readonly heard: string[] },
) {
  const service: Service = {
    name: 'ticket-inventory',
    routes: [],
    consumers: [
      {
        subscription: captures,
        handle: async ({ id }) => {
          if (listener.broken) throw new UnreadableMessage('data.email ben@example.org is no address');
          listener.heard.push(id);
        },
      },
    ],
    timers: [],
    feeds: [],
    migrations: [],
    containers: [],
    problems: {},
    checks: {},
  };
  const running = await platform.run(service);
  open.push({ close: () => running.stop() });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await holds()) return;
    await machineClock.sleep(10);
  }
  throw new Error('waited 5 seconds in vain');
}

describe('dead letters on Service Bus', () => {
  async function start() {
    const double = await ServiceBusDouble.start({ subscriptions });
    const environment = { SERVICE_BUS_CONNECTION_STRING: double.connectionString };
    const platform = azurePlatform(readAzureSettings(environment, ['bus']), new RecordingTelemetry());
    open.push(double, platform);
    const listener = { broken: true, heard: [] as string[] };
    await listen(platform, listener);
    await platform.bus.publish([captured('one'), captured('two'), captured('three')]);
    await until(async () => (await platform.bus.deadLetters.list(captures)).length === 3);
    listener.broken = false;
    return { environment, listener };
  }

  it('are listed with what they are about and what went wrong, and name nobody', async () => {
    const { environment } = await start();
    const { code, said } = await tend('list', environment);
    expect(code).toBe(0);
    expect(said.at(-1)).toBe('3 dead letters');
    expect(said[1]).toMatch(
      /^payment-processing → ticket-inventory \d+ {2}boxoffice\.payment-captured\.v1 \w+ about an-order, set aside \S+ after \d+ deliveries: UnreadableMessage: data\.email/,
    );
    expect(said.join('\n')).not.toContain('ben@example.org');
    expect((await tend('list --service notification', environment)).said.at(-1)).toBe('no dead letters');
  });

  it('are replayed one by one, or all', async () => {
    const { environment, listener } = await start();
    const [, second] = (await tend('list', environment)).said.slice(1);
    const position = second?.split(' ')[3] ?? '';
    const one = await tend(
      `replay --service ticket-inventory --topic payment-processing --position ${position}`,
      environment,
    );
    expect([one.code, one.said.at(-1)]).toEqual([0, '1 replayed, 0 failed']);
    await until(() => listener.heard.length === 1);
    const rest = await tend('replay --service ticket-inventory --all', environment);
    expect([rest.code, rest.said.at(-1)]).toEqual([0, '2 replayed, 0 failed']);
    await until(() => listener.heard.length === 3);
    expect([...listener.heard].sort()).toEqual(['one', 'three', 'two']);
    expect((await tend('list', environment)).said.at(-1)).toBe('no dead letters');
  });

  it('that are not there (any more) are told so', async () => {
    const { environment } = await start();
    const gone = await tend(
      'replay --service ticket-inventory --topic payment-processing --position 99',
      environment,
    );
    expect([gone.code, gone.complaints]).toEqual([1, ['no dead letter at position 99: list them again']]);
  });

  it('of a bus that does not answer send the operator to what may be wrong', async () => {
    const connection = 'Endpoint=sb://127.0.0.1:1;SharedAccessKeyName=x;SharedAccessKey=y';
    const { code, complaints } = await tend('list', {
      SERVICE_BUS_CONNECTION_STRING: `${connection};UseDevelopmentEmulator=true`,
    });
    expect([code, complaints.at(-1)]).toEqual([1, expect.stringContaining('replay-dead-letters.md')]);
  });
});

describe('dead letters on one machine', () => {
  function folder(): string {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'dead-letters-'));
    open.push({ close: () => rmSync(dataDir, { recursive: true }) });
    return dataDir;
  }
  const boot = (dataDir: string) =>
    embeddedPlatform({
      dataDir,
      telemetry: new RecordingTelemetry(),
      bus: { firstRetryMilliseconds: 1, longestRetryMilliseconds: 2 },
      lockPatienceMilliseconds: 100,
    });

  it('are listed and replayed while it is stopped, and heard once it runs again', async () => {
    const dataDir = folder();
    const listener = { broken: true, heard: [] as string[] };
    const before = boot(dataDir);
    await listen(before, listener);
    await before.bus.publish([captured('one')]);
    await until(async () => (await before.bus.deadLetters.list(captures)).length === 1);
    await open.pop()?.close();
    await before.close();

    expect((await tend('list', { DATA_DIR: dataDir })).said.at(-1)).toBe('1 dead letter');
    expect((await tend('replay --service ticket-inventory --all', { DATA_DIR: dataDir })).code).toBe(0);
    listener.broken = false;
    const after = boot(dataDir);
    open.push(after);
    await listen(after, listener);
    await until(() => listener.heard.length === 1);
  });

  it('are left alone while it runs', async () => {
    const dataDir = folder();
    const running = boot(dataDir);
    open.push(running);
    await running.bus.publish([captured('one')]);
    const { code, complaints } = await tend('list', { DATA_DIR: dataDir });
    expect([code, complaints]).toEqual([1, [expect.stringContaining('Stop that one first')]]);
  });

  it('are looked for nowhere but where a queue is', async () => {
    const dataDir = folder();
    const { code, complaints } = await tend('list', { DATA_DIR: dataDir });
    expect([code, complaints]).toEqual([1, [expect.stringContaining(`no queue in ${dataDir}`)]]);
  });
});

describe('the command', () => {
  it.each([
    ['', 'say either list or replay'],
    ['list --all', '--position and --all are for replay'],
    ['list --service box-office', 'there is no service “box-office”'],
    [
      'list --service ticket-inventory --topic notification',
      'ticket-inventory hears nothing of notification',
    ],
    ['replay --all', 'name the --service that is to hear it again'],
    ['replay --service ticket-inventory', 'say either --position or --all'],
    ['replay --service ticket-inventory --position 3 --all', 'say either --position or --all'],
    ['replay --service ticket-inventory --position -3', '--position'],
    ['replay --service ticket-inventory --topic payment-processing --position x', 'not “x”'],
    ['replay --service ticket-inventory --position 3', 'each topic counts its own positions'],
    ['list --everything', '--everything'],
  ])('“%s” is refused, and the right form shown', async (line, why) => {
    const { code, complaints } = await tend(line, {});
    expect(code).toBe(2);
    expect(complaints[0]).toContain(why);
    expect(complaints[0]).toContain('Usage');
  });
});
