import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  delivery,
  eventPublished,
  orderFulfilled,
  paymentCaptured,
  paymentRefunded,
  subscriptions,
  UnreadableMessage,
  type Envelope,
  type Fact,
  type ServiceName,
  type Subscription,
} from '../../src/contracts';
import { after, toMilliseconds, type Clock } from '../../src/kernel';
import type { Bus, DeadLetter, Handle } from '../../src/messaging';
import type { Running } from '../../src/platform';

export interface BusUnderTest {
  readonly bus: Bus;
  readonly clock: Clock;
  /** Runs a consumer, as Platform.run does for a service that has this one alone. */
  consume(subscription: Subscription, handle: Handle): Promise<Running>;
  /** Lets this much time pass on the bus's clock, and what falls due in it happen; waits for real where it must. */
  advance(milliseconds: number): Promise<void>;
  /** By that clock, how long ten deliveries with the delays between them take at most. Tune the delays where time is real. */
  readonly patienceMilliseconds: number;
  /** The process ends without a word and begins again over the same store; absent where nothing outlives it. */
  restart?(): Promise<void>;
  close(): Promise<void>;
}

interface Seen {
  readonly id: string;
  readonly envelope: Envelope;
  readonly count: number;
  /** In milliseconds of the bus's clock. */
  readonly at: number;
}

const subscriptionOf = (topic: ServiceName, subscription: ServiceName): Subscription => {
  const found = subscriptions.find((one) => one.topic === topic && one.subscription === subscription);
  if (!found) throw new Error(`no subscription of ${subscription} to ${topic}`);
  return found;
};
const captures = subscriptionOf('payment-processing', 'ticket-inventory');
const mails = subscriptionOf('payment-processing', 'notification');
const eventsForStock = subscriptionOf('event-management', 'ticket-inventory');
const eventsForPrices = subscriptionOf('event-management', 'payment-processing');

/**
 * What every `Bus` keeps to. Each test opens one; it need not be empty, as each looks for messages of its own only. Where
 * messages of other runs may lie about, the opener hands `consume` a subscription that nobody else uses.
 */
export function busContract(name: string, open: () => Promise<BusUnderTest>): void {
  describe(`the bus on ${name}`, () => {
    let under: BusUnderTest;
    let mine: Set<string>;
    let running: Running[];

    beforeEach(async () => {
      under = await open();
      mine = new Set();
      running = [];
    });
    afterEach(async () => {
      await Promise.all(running.map((one) => one.stop()));
      await under.close();
    });

    const say = <Data extends object>(fact: Fact<Data>, data: Data = fact.sample): Envelope<Data> => {
      const id = randomUUID();
      mine.add(id);
      return fact.announce(id, `subject of ${id}`, under.clock.now(), data);
    };
    const captured = (): Envelope => say(paymentCaptured);
    const now = (): number => toMilliseconds(under.clock.now());

    async function consume(
      subscription: Subscription,
      handle: Handle = () => Promise.resolve(),
    ): Promise<Seen[]> {
      const seen: Seen[] = [];
      const one = await under.consume(subscription, async (envelope, { count }) => {
        if (mine.has(envelope.id)) seen.push({ id: envelope.id, envelope, count, at: now() });
        await handle(envelope, { count });
      });
      running.push(one);
      return seen;
    }

    async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
      const steps = 200;
      for (let step = 0; step < steps; step++) {
        if (await holds()) return;
        await under.advance(under.patienceMilliseconds / steps);
      }
      if (!(await holds())) throw new Error(`waited in vain until ${what}`);
    }
    /** Long enough for what ought not to happen to happen. */
    const aWhile = () => under.advance(under.patienceMilliseconds / 10);

    async function deadLettersOf(subscription: Subscription): Promise<DeadLetter[]> {
      const all: DeadLetter[] = [];
      for (;;) {
        const last = all.at(-1)?.position;
        const page = await under.bus.deadLetters.list(
          subscription,
          last === undefined ? {} : { after: last },
        );
        if (page.length === 0) return all.filter(({ envelope }) => mine.has(envelope.id));
        all.push(...page);
      }
    }

    const broken = (): Promise<void> => Promise.reject(new Error('the store did not answer'));

    it('brings each message to every subscription that asks for its type, as it was said', async () => {
      const seen = [await consume(eventsForStock), await consume(eventsForPrices)];
      const traced = {
        ...say(eventPublished),
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      };
      await under.bus.publish([traced]);
      await until('both have it', () => seen.every((one) => one.length > 0));
      for (const one of seen) expect(one[0]).toMatchObject({ envelope: traced, count: 1 });
      expect(seen[0]?.[0]?.envelope).toEqual(traced);
    });

    it('brings it to no other', async () => {
      const forStock = await consume(captures);
      const forMail = await consume(mails);
      const [money, refund, order] = [captured(), say(paymentRefunded), say(orderFulfilled)];
      await under.bus.publish([money, refund, order]);
      await until('all are there', () => forStock.length >= 2 && forMail.length >= 2);
      await aWhile();
      expect(forStock.map(({ id }) => id).sort()).toEqual([money.id, refund.id].sort());
      expect(forMail.map(({ id }) => id).sort()).toEqual([refund.id, order.id].sort());
    });

    it('keeps what was said while nobody listened', async () => {
      const envelope = captured();
      await under.bus.publish([envelope]);
      const seen = await consume(captures);
      await until('it arrives', () => seen.length > 0);
      expect(seen.map(({ id }) => id)).toEqual([envelope.id]);
    });

    it('takes nothing for an answer to nothing', async () => {
      await under.bus.publish([]);
    });

    it('brings many, each of them', async () => {
      const seen = await consume(captures);
      const envelopes = Array.from({ length: 300 }, captured);
      await Promise.all([
        under.bus.publish(envelopes.slice(0, 150)),
        ...envelopes.slice(150).map((one) => under.bus.publish([one])),
      ]);
      await until('all are there', () => new Set(seen.map(({ id }) => id)).size === 300);
    });

    it('carries a message of 200 KB', async () => {
      const seen = await consume(eventsForStock);
      const { sample } = eventPublished;
      const [type] = sample.ticketTypes;
      const large = say(eventPublished, {
        ...sample,
        ticketTypes: Array.from({ length: 600 }, (_, at) => ({ ...type!, name: `Platz ${at} – Größe 座` })),
      });
      await under.bus.publish([large, say(eventPublished)]);
      await until('both are there', () => seen.length >= 2);
      expect(seen.find(({ id }) => id === large.id)?.envelope).toEqual(large);
    });

    describe('after a failure', () => {
      it('tries again and again, counts, and takes its time', async () => {
        const seen = await consume(captures, (_, { count }) => (count < 5 ? broken() : Promise.resolve()));
        const envelope = captured();
        await under.bus.publish([envelope]);
        await until('it was taken', () => seen.length >= 5);
        await aWhile();
        expect(seen.map(({ count }) => count)).toEqual([1, 2, 3, 4, 5]);
        const gaps = seen.slice(1).map(({ at }, before) => at - (seen[before]?.at ?? 0));
        expect(gaps[3]).toBeGreaterThan(gaps[0] ?? 0);
        expect(await deadLettersOf(captures)).toEqual([]);
      });

      it('does not keep other messages waiting', async () => {
        const bad = captured();
        const seen = await consume(captures, (envelope) =>
          envelope.id === bad.id ? broken() : Promise.resolve(),
        );
        await under.bus.publish([bad]);
        await until('it failed', () => seen.length > 0);
        const good = captured();
        await under.bus.publish([good]);
        await until('the good one is there', () => seen.some(({ id }) => id === good.id));
        expect(seen.filter(({ id }) => id === bad.id).length).toBeLessThan(delivery.maxDeliveryCount);
      });

      it('gives up in the end: to the dead letters, with the reason', async () => {
        const seen = await consume(captures, broken);
        const envelope = captured();
        await under.bus.publish([envelope]);
        await until('it is dead', async () => (await deadLettersOf(captures)).length > 0);
        await aWhile();
        expect(seen).toHaveLength(delivery.maxDeliveryCount);
        const [letter] = await deadLettersOf(captures);
        expect(letter?.envelope).toEqual(envelope);
        expect(letter?.reason).toBe('MaxDeliveryCountExceeded');
        expect(letter?.deliveryCount).toBe(delivery.maxDeliveryCount);
        expect(Math.abs(toMilliseconds(letter!.deadLetteredAt) - now())).toBeLessThanOrEqual(
          under.patienceMilliseconds + 60_000,
        );
      });

      it('gives up at once on what nobody can read, and says why', async () => {
        const seen = await consume(captures, () =>
          Promise.reject(new UnreadableMessage('data.amount is missing')),
        );
        await under.bus.publish([captured()]);
        await until('it is dead', async () => (await deadLettersOf(captures)).length > 0);
        expect(seen).toHaveLength(1);
        const [letter] = await deadLettersOf(captures);
        expect(letter).toMatchObject({ reason: 'UnreadableMessage', deliveryCount: 1 });
        expect(letter?.description).toContain('data.amount is missing');
      });

      it('takes a handler that throws at once for one that rejects', async () => {
        const seen = await consume(captures, (_, { count }) => {
          if (count === 1) throw new Error('before its first await');
          return Promise.resolve();
        });
        await under.bus.publish([captured()]);
        await until('it was tried again', () => seen.length >= 2);
      });
    });

    describe('dead letters', () => {
      async function bury(...envelopes: readonly Envelope[]): Promise<void> {
        const one = await under.consume(captures, () => Promise.reject(new UnreadableMessage('no')));
        for (const [at, envelope] of envelopes.entries()) {
          await under.bus.publish([envelope]);
          await until('it is dead', async () => (await deadLettersOf(captures)).length === at + 1);
        }
        await one.stop();
      }

      it('belong to one subscription', async () => {
        await bury(captured());
        expect(await deadLettersOf(captures)).toHaveLength(1);
        expect(await deadLettersOf(mails)).toEqual([]);
      });

      it('are listed oldest first, page by page', async () => {
        const envelopes = [captured(), captured(), captured()];
        await bury(...envelopes);
        expect((await deadLettersOf(captures)).map(({ envelope }) => envelope.id)).toEqual(
          envelopes.map(({ id }) => id),
        );
        const [first] = await under.bus.deadLetters.list(captures, { limit: 1 });
        const rest = await under.bus.deadLetters.list(captures, { after: first!.position, limit: 1 });
        expect(rest).toHaveLength(1);
        expect(rest[0]?.position).not.toBe(first?.position);
      });

      it('come again when they are replayed: as new, to that subscription alone, once', async () => {
        const event = say(eventPublished);
        const one = await under.consume(eventsForStock, () => Promise.reject(new UnreadableMessage('no')));
        const others = await consume(eventsForPrices);
        await under.bus.publish([event]);
        await until(
          'it is dead here and seen there',
          async () => (await deadLettersOf(eventsForStock)).length > 0 && others.length > 0,
        );
        await one.stop();
        const [letter] = await deadLettersOf(eventsForStock);

        const seen = await consume(eventsForStock);
        expect(await under.bus.deadLetters.replay(eventsForStock, letter!.position)).toBe(true);
        await until('it comes again', () => seen.length > 0);
        await aWhile();
        expect(seen).toHaveLength(1);
        expect(seen[0]).toMatchObject({ envelope: event, count: 1 });
        expect(others).toHaveLength(1);
        expect(await deadLettersOf(eventsForStock)).toEqual([]);
        expect(await under.bus.deadLetters.replay(eventsForStock, letter!.position)).toBe(false);
      });

      it('that are not there can’t be replayed', async () => {
        await bury(captured());
        const [letter] = await deadLettersOf(captures);
        expect(await under.bus.deadLetters.replay(captures, '999999999')).toBe(false);
        expect(await under.bus.deadLetters.replay(mails, letter!.position)).toBe(false);
        expect(await deadLettersOf(captures)).toHaveLength(1);
      });
    });

    it('holds back what is not to be said before its time', async () => {
      const seen = await consume(captures);
      const wait = under.patienceMilliseconds / 2;
      const start = now();
      const later = captured();
      await under.bus.publish([later], { notBefore: after(under.clock.now(), { milliseconds: wait }) });
      await under.bus.publish([captured()]);
      await until('the other one is there', () => seen.length > 0);
      await aWhile();
      expect(seen.some(({ id }) => id === later.id)).toBe(false);
      await until('it is there', () => seen.some(({ id }) => id === later.id));
      // Half a second for clocks that do not agree.
      expect((seen.find(({ id }) => id === later.id)?.at ?? 0) - start).toBeGreaterThanOrEqual(wait - 500);
    });

    it('says at once what was not to be said before a time that has passed', async () => {
      const seen = await consume(captures);
      await under.bus.publish([captured()], { notBefore: after(under.clock.now(), { hours: -1 }) });
      await until('it is there', () => seen.length > 0);
    });

    it('says once what is published twice under one id', async () => {
      const seen = await consume(captures);
      const envelope = captured();
      await under.bus.publish([envelope]);
      await Promise.all([under.bus.publish([envelope]), under.bus.publish([envelope])]);
      await until('it is there', () => seen.length > 0);
      await under.bus.publish([envelope]);
      await aWhile();
      expect(seen).toHaveLength(1);
    });

    describe('its consumers', () => {
      it('work on several messages at once', async () => {
        let inside = 0;
        let most = 0;
        let open = false;
        await consume(captures, async () => {
          most = Math.max(most, ++inside);
          while (!open) await under.clock.sleep(1);
          inside--;
        });
        await under.bus.publish(Array.from({ length: 4 }, captured));
        await until('all four are under way', () => most === 4).finally(() => (open = true));
        await until('all are done', () => inside === 0);
      });

      it('share the messages of one subscription', async () => {
        const one = await consume(captures);
        const other = await consume(captures);
        const envelopes = Array.from({ length: 40 }, captured);
        await under.bus.publish(envelopes);
        const all = () => [...one, ...other].map(({ id }) => id).sort();
        await until('all are there', () => all().length >= 40);
        await aWhile();
        expect(all()).toEqual(envelopes.map(({ id }) => id).sort());
      });

      it('that stop finish what is under way, and leave the rest to the next', async () => {
        const work = { begun: false, released: false, ended: false, stopped: false };
        const one = await under.consume(captures, async (envelope) => {
          if (!mine.has(envelope.id)) return;
          work.begun = true;
          while (!work.released) await under.clock.sleep(1);
          work.ended = true;
        });
        const first = captured();
        await under.bus.publish([first]);
        await until('it has begun', () => work.begun);
        void one.stop().then(() => (work.stopped = true));
        const second = captured();
        await under.bus.publish([second]);
        await aWhile();
        expect(work).toMatchObject({ ended: false, stopped: false });
        work.released = true;
        await until('it stops', () => work.stopped);
        expect(work.ended).toBe(true);
        const seen = await consume(captures);
        await until('the next has the rest', () => seen.length > 0);
        await aWhile();
        expect(seen.map(({ id }) => id)).toEqual([second.id]);
      });
    });

    it('remembers what it was told when its process ends, where it is durable', async () => {
      if (!under.restart) return;
      const [done, open, later] = [captured(), captured(), captured()];
      const first = await consume(captures, (envelope) =>
        envelope.id === open.id ? new Promise<never>(() => undefined) : Promise.resolve(),
      );
      await under.bus.publish([done, open]);
      await under.bus.publish([later], {
        notBefore: after(under.clock.now(), { milliseconds: under.patienceMilliseconds / 2 }),
      });
      await until('both have begun', () => first.length >= 2);
      await aWhile();
      running = [];
      await under.restart();
      const seen = await consume(captures);
      await until('what was not done comes again', () => seen.length >= 2);
      expect(seen.map(({ id }) => id)).toEqual([open.id, later.id]);
      expect(seen[0]?.count).toBe(2);
      await under.bus.publish([done]);
      await aWhile();
      expect(seen).toHaveLength(2);
    });
  });
}
