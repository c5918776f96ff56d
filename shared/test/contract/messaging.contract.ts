import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { paymentCaptured, type Envelope } from '../../src/contracts';
import type { IdempotentRequest, Reply } from '../../src/http';
import { instant, Refusal } from '../../src/kernel';
import {
  announce,
  firstTime,
  messagingMigration,
  once,
  Relay,
  type Bus,
  type MessagingTables,
} from '../../src/messaging';
import { isSqlFault, type Database } from '../../src/sql';
import { untold } from '../untold';
import type { DatabaseUnderTest } from './database.contract';

const now = instant('2027-01-05T10:00:00Z');
const envelope = (id: string): Envelope => paymentCaptured.announce(id, 'order', now, paymentCaptured.sample);

/** A bus that notes what it is told, and fails when it is asked to. */
class Ear implements Pick<Bus, 'publish'> {
  readonly heard: string[] = [];
  fails = 0;
  readonly bus = this as unknown as Bus;

  async publish(envelopes: readonly Envelope[]): Promise<void> {
    await Promise.resolve();
    if (this.fails-- > 0) throw new Error('the bus does not answer');
    this.heard.push(...envelopes.map(({ id }) => id));
  }
}

/** What outbox, inbox and idempotency keep to on every database. */
export function messagingContract(name: string, open: () => Promise<DatabaseUnderTest>): void {
  describe(`outbox, inbox and once on ${name}`, () => {
    let store: DatabaseUnderTest;
    let database: Database<MessagingTables>;
    let ear: Ear;

    beforeEach(async () => {
      store = await open();
      await store.migrate([messagingMigration]);
      database = store.database<MessagingTables>();
      ear = new Ear();
    });
    afterEach(() => store.close());

    const relay = () => new Relay(database, ear.bus, untold);
    const announced = (...ids: readonly string[]) =>
      database.transaction((tx) => announce(tx, ...ids.map(envelope)));
    const waiting = async () =>
      (await database.query.selectFrom('outbox').select('id').orderBy('id').execute()).map(({ id }) => id);

    describe('the outbox', () => {
      it('says what was committed, in the order of ids, and forgets it', async () => {
        await announced('b', 'c');
        await announced('a');
        await relay().drain();
        expect(ear.heard).toEqual(['a', 'b', 'c']);
        expect(await waiting()).toEqual([]);
      });

      it('never says what was rolled back', async () => {
        const failed = database.transaction(async (tx) => {
          await announce(tx, envelope('a'));
          throw new Error('no');
        });
        await expect(failed).rejects.toThrow('no');
        await relay().drain();
        expect(ear.heard).toEqual([]);
      });

      it('keeps what the bus did not take, and says it the next time', async () => {
        await announced('a', 'b');
        ear.fails = 1;
        await expect(relay().drain()).rejects.toThrow('does not answer');
        expect(await waiting()).toEqual(['a', 'b']);
        await relay().drain();
        expect(ear.heard).toEqual(['a', 'b']);
      });

      it('carries more than a page, and what arrives while it carries', async () => {
        const ids = Array.from({ length: 230 }, (_, at) => `m-${String(at).padStart(3, '0')}`);
        for (let at = 0; at < ids.length; at += 50) await announced(...ids.slice(at, at + 50));
        const one = relay();
        const draining = one.drain();
        await announced('z');
        await Promise.all([draining, one.drain(), one.drain()]);
        expect([...new Set(ear.heard)]).toEqual([...ids, 'z']);
        expect(await waiting()).toEqual([]);
      });

      it('refuses one fact under the id of another', async () => {
        await announced('a');
        const again = await announced('a').catch((error: unknown) => error);
        expect(isSqlFault(again, 'UniqueViolation')).toBe(true);
      });
    });

    describe('the inbox', () => {
      it('knows a message from its second delivery on, once its effect is committed', async () => {
        const see = () => database.transaction((tx) => firstTime(tx, envelope('a'), now));
        const failed = database.transaction(async (tx) => {
          expect(await firstTime(tx, envelope('a'), now)).toBe(true);
          throw new Error('the effect failed');
        });
        await expect(failed).rejects.toThrow('the effect failed');
        expect([await see(), await see(), await see()]).toEqual([true, false, false]);
      });

      it('lets one of several deliveries at once have the effect', async () => {
        const deliveries = Array.from({ length: 10 }, () =>
          database.transaction((tx) => firstTime(tx, envelope('a'), now)),
        );
        const outcomes = await Promise.allSettled(deliveries);
        expect(outcomes.filter((one) => one.status === 'fulfilled' && one.value)).toHaveLength(1);
      });
    });

    describe('once', () => {
      const request = (key: string, fingerprint = 'body'): IdempotentRequest => ({ key, fingerprint });
      const reply: Reply = {
        status: 201,
        headers: { location: '/orders/1' },
        body: { id: '1', lines: [1, null, 'ä'] },
      };
      const place = (asked: IdempotentRequest, id: string, answer: Reply = reply) =>
        once(database, asked, now, async (tx) => {
          await announce(tx, envelope(id));
          return answer;
        });

      it('does the work the first time, and gives the same answer each time', async () => {
        expect(await place(request('k'), 'a')).toEqual(reply);
        expect(await place(request('k'), 'b', { status: 500 })).toEqual(reply);
        expect(await waiting()).toEqual(['a']);
      });

      it('does the work of ten at once one time, and answers all of them alike', async () => {
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, at) => place(request('k'), `m-${at}`, { status: 200 + at })),
        );
        expect(new Set(answers.map(({ status }) => status)).size).toBe(1);
        expect(await waiting()).toHaveLength(1);
      });

      it('refuses the same key with another body', async () => {
        await place(request('k'), 'a');
        await expect(place(request('k', 'another body'), 'b')).rejects.toMatchObject({
          code: 'idempotency-key-reused',
        });
        expect(await waiting()).toEqual(['a']);
      });

      it('forgets what was refused: it changed nothing', async () => {
        const refused = once(database, request('k'), now, async (tx) => {
          await announce(tx, envelope('a'));
          throw new Refusal('sold-out', 'No more tickets.');
        });
        await expect(refused).rejects.toMatchObject({ code: 'sold-out' });
        expect(await waiting()).toEqual([]);
        expect(await place(request('k'), 'b')).toEqual(reply);
      });

      it('keeps keys apart', async () => {
        await place(request('k'), 'a');
        await place(request('K'), 'b');
        expect(await waiting()).toEqual(['a', 'b']);
      });
    });
  });
}
