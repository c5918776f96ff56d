import { beforeEach, describe, expect, it } from '@jest/globals';
import { DocumentFault } from '@boxoffice/shared/documents';
import { Refusal } from '@boxoffice/shared/kernel';
import { doorLimits } from '../src/core/door';
import { concertIn } from './drawn-hall';
import { MemoryContainer, type Trouble } from './memory-container';
import { audit, historyOf, oneProcess, recount, rootOf } from './one-process';
import { capture, concert, eventId, orderId, SetClock, stalls } from './season';

const two = [{ ticketTypeId: stalls, quantity: 2 }];
const request = (number: number, lines = [{ ticketTypeId: stalls, quantity: 1 }]) => ({
  eventId,
  userId: `buyer-${number}`,
  lines,
  mark: { key: `key-${number}`, fingerprint: JSON.stringify(lines) },
});

let container: MemoryContainer;
let clock: SetClock;
beforeEach(() => {
  container = new MemoryContainer('inventory');
  clock = new SetClock();
});

/** The next write has this trouble, those after it none. */
function troubleOnce(trouble: Trouble): void {
  let due = true;
  container.trouble = () => {
    const now = due ? trouble : 'none';
    due = false;
    return now;
  };
}

describe('the door of one process', () => {
  it('lets all who come during a commit share the next one', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert({}, [1000, 0]));
    const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => office.holds.hold(request(i))));
    expect(new Set(answers.map(({ hold }) => hold.holdId)).size).toBe(500);
    expect(office.groups).toEqual([1, 1, 499]);
    expect(await recount(container)).toEqual(new Map([[stalls, { held: 500, sold: 0 }]]));
  });

  it('takes no more into one commit than fits one, where they name many seats', async () => {
    const office = oneProcess(container, clock);
    const rows = Array.from({ length: 8 }, () => '.'.repeat(1000));
    const ticketTypes = concert({}, [8000, 0]).ticketTypes.map((type) => ({ ...type, maxPerOrder: 1000 }));
    await office.sales.open(concertIn(rows, { ticketTypes }));
    const thousand = [{ ticketTypeId: stalls, quantity: 1000 }];
    await Promise.all(Array.from({ length: 8 }, (_, i) => office.holds.hold(request(i, thousand))));
    expect(office.groups).toEqual([1, 1, 5, 2]);
    await office.takeSnapshot();
    // Each weighs as 501 memories: two of them fill a document.
    expect((await rootOf(container)).snapshot?.chunks).toBe(4);
    const late = oneProcess(container, clock, 2);
    await expect(late.holds.hold(request(9))).rejects.toMatchObject({ code: 'sold-out' });
  });

  it('gives one of the last tickets to each until there is none, and tells the others', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert({}, [30, 0]));
    const ends = await Promise.allSettled(
      Array.from({ length: 100 }, (_, i) => office.holds.hold(request(i))),
    );
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(30);
    for (const end of ends)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'sold-out' });
    await audit(container);
  });

  it('answers a repeated request with the same hold and token, also after a restart', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert());
    const first = await office.holds.hold(request(1));
    clock.pass(5);
    expect(await office.holds.hold(request(1))).toEqual(first);
    expect(await oneProcess(container, clock, 2).holds.hold(request(1))).toEqual(first);
    await expect(office.holds.hold({ ...request(1, two) })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
  });

  it('expires what is due before it tells anyone that nothing is left', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert({}, [1, 0]));
    const { hold } = await office.holds.hold(request(1));
    await expect(office.holds.hold(request(2))).rejects.toMatchObject({ code: 'sold-out' });
    clock.pass(15);
    expect((await office.holds.hold(request(2))).hold.holdId).not.toBe(hold.holdId);
    expect(await office.found.find(hold.holdId, 'buyer-1')).toMatchObject({ status: 'expired' });
    await audit(container);
  });

  it('forgets an ended hold after a day, and then holds anew under its key', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert());
    const { hold } = await office.holds.hold(request(1));
    await office.releases.release(hold.holdId, 'buyer-1');
    clock.pass(24 * 60 - 1);
    expect((await office.holds.hold(request(1))).hold.holdId).toBe(hold.holdId);
    clock.pass(1);
    await office.holds.hold(request(2)); // history moves on
    await expect(office.found.find(hold.holdId, 'buyer-1')).rejects.toMatchObject({ code: 'hold-unknown' });
    expect((await office.holds.hold(request(1))).hold.holdId).not.toBe(hold.holdId);
    await audit(container);
  });

  it('offers what one gives back to who waits, though another buyer shares the commit', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert({}, [1, 0]));
    const { hold } = await office.holds.hold(request(1));
    const holder = { userId: 'buyer-2', name: 'Two', email: 'two@example.org' };
    const mark = { key: 'wait', fingerprint: 'f' };
    const wish = { eventId, holder, ticketTypeId: stalls, quantity: 1, mark };
    await office.joining.join(wish);
    const first = office.found.find(hold.holdId, 'buyer-1');
    const [, given, late] = await Promise.allSettled([
      first,
      office.releases.release(hold.holdId, 'buyer-1'),
      office.holds.hold(request(3)),
    ]);
    expect(given).toMatchObject({ value: { status: 'released' } });
    expect(late).toMatchObject({ reason: { code: 'sold-out' } });
    expect(office.groups.at(-1)).toBeGreaterThan(1);
    expect(await office.places.of(eventId, 'buyer-2')).toMatchObject([{ state: 'offered' }]);
    await audit(container);
  });

  it('commits once more, though nobody comes, where one commit has no room for all offers', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert({}, [0, 0]));
    const most = doorLimits.offers + 100;
    const waits = Array.from({ length: most }, (_, i) => {
      const holder = { userId: `buyer-${i}`, name: 'N', email: 'n@example.org' };
      const mark = { key: `wait-${i}`, fingerprint: 'f' };
      return office.joining.join({ eventId, holder, ticketTypeId: stalls, quantity: 1, mark });
    });
    await Promise.all(waits);
    await office.sales.open(concert({ version: 2 }, [most + 1, 0]));
    expect((await rootOf(container)).allotments[0]).toMatchObject({ held: doorLimits.offers });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await rootOf(container)).allotments[0]).toMatchObject({ held: most, capacity: most + 1 });
    await audit(container);
  });

  it('keeps nothing of events that do not exist', async () => {
    const office = oneProcess(container, clock);
    await expect(office.holds.hold(request(1))).rejects.toMatchObject({ code: 'event-unknown' });
    expect(container.partitions.size).toBe(0);
    expect(office.doors.open.size).toBe(0);
  });

  it("does not let one visitor's fault spoil the commit of the others", async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert());
    const faulty = office.doors.ask(eventId, (draft) => {
      draft.resize(stalls, 0);
      throw new TypeError('a bug');
    });
    const holds = Promise.all([1, 2, 3].map((i) => office.holds.hold(request(i))));
    await expect(faulty).rejects.toThrow('a bug');
    expect(await holds).toHaveLength(3);
    expect((await rootOf(container)).allotments[0]).toMatchObject({ capacity: 10, held: 3 });
  });
});

describe('the door of a process that is behind', () => {
  it('decides again what looks wrong to it, once it has caught up', async () => {
    const [behind, ahead] = [oneProcess(container, clock, 1), oneProcess(container, clock, 2)];
    await behind.sales.open(concert());
    const { hold } = await ahead.holds.hold(request(1, two));
    const { order } = await ahead.orders.settle(capture(1, hold.holdId, hold.userId, two));
    const ticketIds = order?.status === 'issued' ? order.tickets.map(({ ticketId }) => ticketId) : [];
    // As far as it knows, nothing has been sold that could be given back.
    expect(behind.doors.open.get(eventId)?.copy.stock.counts.list[0]?.sold).toBe(0);
    await behind.voids.void({ refundId: orderId(9), orderId: orderId(1), eventId, ticketIds });
    expect((await rootOf(container)).allotments[0]).toMatchObject({ held: 0, sold: 0 });
  });
});

describe('the door, when the store is in trouble', () => {
  it.each<[Trouble]>([
    ['unknown, written'],
    ['unknown, not written'],
    ['unknown, late'],
    ['TooManyRequests'],
    ['PreconditionFailed'],
  ])('does each thing once and answers truly: %s', async (trouble) => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert());
    troubleOnce(trouble);
    const [held, other] = await Promise.all([
      office.holds.hold(request(1, two)),
      office.holds.hold(request(2)),
    ]);
    troubleOnce(trouble);
    const { order } = await office.orders.settle(capture(1, held.hold.holdId, 'buyer-1', two));
    expect(order?.status).toBe('issued');
    troubleOnce(trouble);
    await office.releases.release(other.hold.holdId, 'buyer-2');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await recount(container)).toEqual(new Map([[stalls, { held: 0, sold: 2 }]]));
    await audit(container);
    // Whose answer was lost is told of as well.
    expect(office.told).toEqual((await historyOf(container)).flatMap(({ moves }) => moves));
    // What a new process reads is what was answered.
    const cold = oneProcess(container, clock, 2);
    expect(await cold.found.find(held.hold.holdId, 'buyer-1')).toMatchObject({ status: 'confirmed' });
    expect(await cold.holds.hold(request(1, two))).toEqual(held);
    expect((await cold.orders.settle(capture(1, held.hold.holdId, 'buyer-1', two))).order).toEqual(order);
  });

  it.each<[Trouble]>([['unknown, written'], ['unknown, late']])(
    'does not decide again what has gone through: %s',
    async (trouble) => {
      const office = oneProcess(container, clock);
      await office.sales.open(concert());
      troubleOnce(trouble);
      // Decided twice, this would hold twice: nothing in it would know the other.
      const once = await office.doors.ask(eventId, (draft) =>
        draft.setAside('ada', two, clock.time, { key: draft.nextSuffix(), fingerprint: 'f' }),
      );
      await new Promise((resolve) => setTimeout(resolve, 10));
      const made = (await historyOf(container))
        .flatMap(({ moves }) => moves)
        .filter((move) => move.kind === 'held');
      expect(made.map(({ terms }) => terms.holdId)).toEqual([once.holdId]);
    },
  );

  it('says that the outcome is unknown where it stays so, and the repeated request finds what became of it', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert());
    container.trouble = () => 'unknown, not written';
    await expect(office.holds.hold(request(1))).rejects.toMatchObject({ reason: 'OutcomeUnknown' });
    container.trouble = () => 'none';
    await office.holds.hold(request(1));
    expect(await recount(container)).toEqual(new Map([[stalls, { held: 1, sold: 0 }]]));
  });

  it('tells that nothing was held where the store could not even be read', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert());
    const cold = oneProcess(container, clock, 2);
    container.wait = () => Promise.reject(new DocumentFault('TooManyRequests', 'no room', 5));
    await expect(cold.holds.hold(request(1))).rejects.toMatchObject({ reason: 'TooManyRequests' });
  });

  it('gives up, and says so, where others are always faster', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert());
    container.trouble = () => 'PreconditionFailed';
    const lost = await office.holds.hold(request(1)).catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(Refusal);
    expect(lost).toMatchObject({ code: 'too-busy' });
  });
});

describe('a paid order', () => {
  it('has one outcome, though many processes hear of it at once', async () => {
    const offices = [1, 2, 3, 4].map((seed) => oneProcess(container, clock, seed));
    await offices[0]!.sales.open(concert());
    const { hold } = await offices[0]!.holds.hold(request(1, two));
    const captured = capture(1, hold.holdId, 'buyer-1', two);
    const settled = await Promise.all(
      [...offices, ...offices].map((office) => office.orders.settle(captured)),
    );
    expect(new Set(settled.map(({ order }) => JSON.stringify(order))).size).toBe(1);
    expect(settled.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await recount(container)).toEqual(new Map([[stalls, { held: 0, sold: 2 }]]));
  });

  it('has the same outcome long after it is forgotten in memory', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert());
    const { hold } = await office.holds.hold(request(1, two));
    const { order } = await office.orders.settle(capture(1, hold.holdId, 'buyer-1', two));
    clock.pass(3 * 24 * 60);
    await office.holds.hold(request(2));
    await office.holds.hold(request(3));
    expect(await office.orders.settle(capture(1, hold.holdId, 'buyer-1', two))).toEqual({
      order,
      repeated: true,
    });
  });

  it('that was settled while it was being looked up takes nobody else down with it', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert());
    const { hold } = await office.holds.hold(request(1, two));
    troubleOnce('Conflict');
    const [{ order }, other] = await Promise.all([
      office.orders.settle(capture(1, hold.holdId, 'buyer-1', two)),
      office.holds.hold(request(2)),
    ]);
    expect([order?.status, other.hold.userId]).toEqual(['issued', 'buyer-2']);
    await audit(container);
  });

  it('travels in groups that a batch can carry', async () => {
    const office = oneProcess(container, clock);
    await office.sales.open(concert({}, [300, 0]));
    const held = await Promise.all(Array.from({ length: 250 }, (_, i) => office.holds.hold(request(i))));
    const settled = await Promise.all(
      held.map(({ hold }, i) => office.orders.settle(capture(i, hold.holdId, hold.userId, hold.lines))),
    );
    expect(settled.every(({ order }) => order?.status === 'issued')).toBe(true);
    expect(await recount(container)).toEqual(new Map([[stalls, { held: 0, sold: 250 }]]));
    const largest = Math.max(
      ...(await historyOf(container)).map(
        ({ moves }) => moves.filter((move) => move.kind === 'confirmed').length,
      ),
    );
    expect(largest).toBe(75);
  });
});
