import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { delivery, paymentCaptured, subscriptions, type Envelope } from '../src/contracts';
import { fromMilliseconds, inMilliseconds } from '../src/kernel';
import type { MailMessage, Running, Service } from '../src/platform';
import {
  DataFolderTaken,
  embeddedPlatform,
  type EmbeddedPlatform,
  type EmbeddedSettings,
} from '../src/platform/embedded';
import { RecordingTelemetry } from './doubles/recording-telemetry';
import { untold } from './untold';

const captures = subscriptions.find(
  (one) => one.topic === 'payment-processing' && one.subscription === 'ticket-inventory',
)!;
const bare: Service = {
  name: 'ticket-inventory',
  routes: [],
  consumers: [],
  timers: [],
  feeds: [],
  migrations: [],
  containers: [],
  problems: {},
  checks: {},
};

describe('the embedded platform', () => {
  let dataDir: string;
  let platform: EmbeddedPlatform;
  let ahead: number;
  const running: Running[] = [];

  const open = (more: Partial<EmbeddedSettings> = {}) =>
    embeddedPlatform({
      dataDir,
      telemetry: untold,
      clock: { now: () => fromMilliseconds(Date.now() + ahead), sleep: (milliseconds) => wait(milliseconds) },
      lockPatienceMilliseconds: 0,
      ...more,
    });
  const reopen = async (more: Partial<EmbeddedSettings> = {}) => {
    await platform.close();
    platform = open(more);
  };
  const run = async (service: Partial<Service>) => {
    const one = await platform.run({ ...bare, ...service });
    running.push(one);
    return one;
  };
  async function until(what: string, holds: () => boolean): Promise<void> {
    for (let look = 0; look < 1000; look++) {
      if (holds()) return;
      await wait(2);
    }
    throw new Error(`waited in vain until ${what}`);
  }

  beforeEach(() => {
    ahead = 0;
    dataDir = mkdtempSync(path.join(tmpdir(), 'boxoffice-platform-'));
    platform = open();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()));
    await platform.close();
    rmSync(dataDir, { recursive: true });
  });

  describe('owns its folder', () => {
    it('alone, and says which and what to do', () => {
      expect(() => open()).toThrow(DataFolderTaken);
      expect(() => open()).toThrow(dataDir);
      expect(() => open()).toThrow('DATA_DIR');
    });

    it('until it is closed', async () => {
      await reopen();
      expect(() => open()).toThrow(DataFolderTaken);
    });
  });

  describe('keeps for itself', () => {
    it('its secrets, in files that only their owner may read', async () => {
      await platform.secrets.getOrCreate('signing-key', () => 'secret');
      await reopen();
      expect(await platform.secrets.get('signing-key')).toBe('secret');
      const folder = path.join(dataDir, 'secrets');
      expect(readdirSync(folder)).toEqual(['signing-key']);
      expect(statSync(path.join(folder, 'signing-key')).mode & 0o777).toBe(0o600);
      expect(statSync(folder).mode & 0o777).toBe(0o700);
    });

    it('files and mail over a start', async () => {
      await platform
        .files('event-management', 'media')
        .put('a/poster.png', new Uint8Array([1, 2, 3]), 'image/png');
      const message: MailMessage = {
        id: 'm-1',
        to: { name: 'Zoë', address: 'zoe@example.com' },
        subject: 'Tickets',
        text: 'Here',
        html: '<p>Here</p>',
        attachments: [{ name: 'a.pdf', contentType: 'application/pdf', bytes: new Uint8Array([4, 5]) }],
      };
      await platform.mail.send(message);
      await reopen();
      expect(await platform.files('event-management', 'media').list('')).toEqual(['a/poster.png']);
      expect(await platform.files('notification', 'media').list('')).toEqual([]);
      expect(platform.mailbox.get('m-1')).toMatchObject({
        ...message,
        attachments: [{ name: 'a.pdf', contentType: 'application/pdf' }],
      });
      expect(platform.mailbox.get('m-2')).toBeUndefined();
    });

    it('a mailbox that is read newest first, page by page', async () => {
      const send = (at: number) =>
        platform.mail.send({
          id: `m-${at}`,
          to: { name: '', address: 'a@example.com' },
          subject: `${at}`,
          text: '',
          html: '',
          attachments: [],
        });
      for (let at = 0; at < 5; at++) await send(at);
      const page = platform.mailbox.list({ limit: 2 });
      expect(page.map(({ id }) => id)).toEqual(['m-4', 'm-3']);
      expect(platform.mailbox.list({ limit: 2, before: page.at(-1)!.position }).map(({ id }) => id)).toEqual([
        'm-2',
        'm-1',
      ]);
      expect(page[0]).toMatchObject({ attachments: 0, to: { address: 'a@example.com' } });
    });
  });

  describe('its queue', () => {
    const captured = (id: string): Envelope =>
      paymentCaptured.announce(id, 'order', platform.clock.now(), paymentCaptured.sample);
    const consume = (handle: (envelope: Envelope, delivery: { count: number }) => Promise<void>) =>
      run({ consumers: [{ subscription: captures, handle }] });

    it('hands a message to another when its consumer takes too long, and listens to the last one only', async () => {
      await reopen({ bus: { lockMilliseconds: 60, firstRetryMilliseconds: 5 } });
      const counts: number[] = [];
      let endFirst: () => void = () => undefined;
      await consume((_, { count }) => {
        counts.push(count);
        return count === 1
          ? new Promise((resolve) => (endFirst = resolve))
          : count === 2
            ? Promise.reject(new Error('no'))
            : Promise.resolve();
      });
      await platform.bus.publish([captured('a')]);
      await until('it came again', () => counts.length >= 2);
      endFirst();
      await until('it came a third time, as the first had lost it', () => counts.length >= 3);
      await wait(150);
      expect(counts).toEqual([1, 2, 3]);
    });

    it('measures how old a fact is with each delivery', async () => {
      const telemetry = new RecordingTelemetry();
      await reopen({ telemetry, bus: { firstRetryMilliseconds: 1 } });
      const ages: (number | undefined)[] = [];
      await consume((_, { count }) => {
        ages.push(telemetry.measures[`messages.age type=${paymentCaptured.type}`]);
        ahead += 60_000;
        return count === 1 ? Promise.reject(new Error('no')) : Promise.resolve();
      });
      const fact = captured('a');
      ahead += 3000;
      await platform.bus.publish([fact]);
      await until('it came again', () => ages.length === 2);
      expect(ages.map((age) => Math.floor(age ?? 0))).toEqual([3, 63]);
    });

    it('gives a message up that nobody ever settles', async () => {
      await reopen({ bus: { lockMilliseconds: 5 } });
      let deliveries = 0;
      const consumer = await platform.run({
        ...bare,
        consumers: [{ subscription: captures, handle: () => new Promise(() => deliveries++) }],
      });
      await platform.bus.publish([captured('a')]);
      for (let look = 0; look < 200 && (await platform.bus.deadLetters.list(captures)).length === 0; look++)
        await wait(5);
      expect(await platform.bus.deadLetters.list(captures)).toMatchObject([
        { reason: 'MaxDeliveryCountExceeded', deliveryCount: delivery.maxDeliveryCount },
      ]);
      expect(deliveries).toBe(delivery.maxDeliveryCount);
      void consumer.stop(); // never ends, as its handlers never do
    });

    it('keeps with a dead letter what went wrong at last', async () => {
      await reopen({ bus: { firstRetryMilliseconds: 1, longestRetryMilliseconds: 2 } });
      await consume((_, { count }) => Promise.reject(new RangeError(`failure ${count}`)));
      await platform.bus.publish([captured('a')]);
      for (let look = 0; look < 200 && (await platform.bus.deadLetters.list(captures)).length === 0; look++)
        await wait(5);
      const [letter] = await platform.bus.deadLetters.list(captures);
      expect(letter?.description).toBe(`RangeError: failure ${delivery.maxDeliveryCount}`);
    });

    it('handles as many at once as it is told, and no more', async () => {
      await reopen({ bus: { concurrency: 3 } });
      let inside = 0;
      let most = 0;
      let done = 0;
      await consume(async () => {
        most = Math.max(most, ++inside);
        await wait(3);
        inside--;
        done++;
      });
      await platform.bus.publish(Array.from({ length: 20 }, (_, at) => captured(`m-${at}`)));
      await until('all are done', () => done === 20);
      expect(most).toBe(3);
    });

    it('says again what is published under the same id after the duplicate window', async () => {
      const seen: string[] = [];
      await consume(async ({ id }) => void seen.push(id));
      await platform.bus.publish([captured('a')]);
      ahead = inMilliseconds({ minutes: delivery.duplicateWindowMinutes }) + 1000;
      await platform.bus.publish([captured('a')]);
      await platform.bus.publish([captured('a')]);
      await until('it came twice', () => seen.length >= 2);
      await wait(20);
      expect(seen).toEqual(['a', 'a']);
    });
  });

  describe('a feed', () => {
    const spec = { name: 'allotments', ttl: false };
    const feed = (seen: string[][], fail: () => boolean = () => false) => ({
      feeds: [
        {
          name: 'announce',
          container: platform.container('ticket-inventory', spec),
          async handle(documents: readonly { id: string }[]) {
            seen.push(documents.map(({ id }) => id));
            if (fail()) throw new Error('no');
          },
        },
      ],
    });
    const write = (id: string) =>
      platform.container('ticket-inventory', spec).write('p', [{ kind: 'upsert', id, body: {} }]);

    it('is woken by a write, and goes on where it was after a start', async () => {
      await write('a');
      const seen: string[][] = [];
      const one = await run(feed(seen));
      await until('it has seen what was there', () => seen.length === 1);
      await write('b');
      await until('it has seen what came', () => seen.length === 2);
      await one.stop();
      await write('c');
      running.length = 0;
      await reopen();
      await run(feed(seen));
      await until('it goes on', () => seen.length === 3);
      expect(seen).toEqual([['a'], ['b'], ['c']]);
    });

    it('sees a page again that failed', async () => {
      const seen: string[][] = [];
      await write('a');
      await run(feed(seen, () => seen.length === 1));
      await until('it comes again', () => seen.length >= 2);
      await wait(20);
      expect(seen).toEqual([['a'], ['a']]);
    });
  });

  describe('a timer', () => {
    it('runs at once, goes on after a failure, and is waited for at the end', async () => {
      let runs = 0;
      let ended = 0;
      const tick = {
        name: 'tick',
        everySeconds: 0.01,
        async run() {
          runs++;
          await wait(5);
          ended++;
          if (runs === 1) throw new Error('no');
        },
      };
      const one = await run({ timers: [tick] });
      await until('it ran again', () => runs >= 3);
      await one.stop();
      expect(ended).toBe(runs);
    });
  });
});
