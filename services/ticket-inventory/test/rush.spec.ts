import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verifyStockReport } from '@boxoffice/shared/contracts';
import { Refusal } from '@boxoffice/shared/kernel';
import { MemoryContainer } from './memory-container';
import {
  audit,
  couldHaveBeenServed,
  historyOf,
  memoryOf,
  oneProcess,
  recount,
  reportOf,
  rootOf,
  type OneProcess,
} from './one-process';
import { mapOf } from './drawn-hall';
import { nowAndThen, skewed, skewsSeconds, unevenly } from './troubled-store';
import { balcony, capture, concert, eventId, orderId, SetClock, seeded, stalls } from './season';

const fulfilled = <T>(ends: readonly PromiseSettledResult<T>[]): T[] =>
  ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));

describe('several processes on one event', () => {
  it('sell each ticket once, to the last', async () => {
    const container = new MemoryContainer('inventory');
    const clock = new SetClock();
    const offices = [1, 2, 3, 4].map((seed) => oneProcess(container, clock, seed));
    await offices[0]!.sales.open(concert({}, [700, 100]));
    unevenly(container, 4);
    const chance = seeded(7);
    const asks = Array.from({ length: 1000 }, async (_, i) => {
      for (let turns = chance.below(40); turns > 0; turns--)
        await new Promise((resolve) => setImmediate(resolve));
      const lines = [
        { ticketTypeId: stalls, quantity: 1 },
        ...(i % 7 ? [] : [{ ticketTypeId: balcony, quantity: 1 }]),
      ];
      const mark = { key: `key-${i}`, fingerprint: 'f' };
      return offices[i % 4]!.holds.hold({ eventId, userId: `buyer-${i}`, lines, mark });
    });
    const ends = await Promise.allSettled(asks);
    for (const end of ends)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'sold-out' });
    const held = fulfilled(ends);
    // Stalls are what runs out: none is left over, and none is held twice.
    expect(held).toHaveLength(700);
    expect(new Set(held.map(({ hold }) => hold.holdId)).size).toBe(700);
    const holdsOfBoth = held.filter(({ hold }) => hold.lines.length === 2).length;
    expect(await recount(container)).toEqual(
      new Map([
        [stalls, { held: 700, sold: 0 }],
        [balcony, { held: holdsOfBoth, sold: 0 }],
      ]),
    );
    await audit(container);
  });

  it('lose nothing that was acknowledged when one of them dies, and strand nothing past its expiry', async () => {
    const container = new MemoryContainer('inventory');
    const clock = new SetClock();
    const opener = oneProcess(container, clock);
    await opener.sales.open(concert({}, [400, 0]));
    for (let life = 0; life < 20; life++) {
      const dying = oneProcess(container, clock, life + 10);
      const acknowledged: string[] = [];
      let turns = life;
      container.wait = async () => {
        // From this turn on nothing that this process asked for comes back: its store calls hang for ever.
        if (turns-- < 0) await new Promise(() => undefined);
        await new Promise((resolve) => setImmediate(resolve));
      };
      for (let i = 0; i < 8; i++) {
        const lines = [{ ticketTypeId: stalls, quantity: 1 }];
        const mark = { key: `key-${life}-${i}`, fingerprint: 'f' };
        void dying.holds
          .hold({ eventId, userId: 'ada', lines, mark })
          .then(({ hold }) => acknowledged.push(hold.holdId));
        await new Promise((resolve) => setImmediate(resolve));
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
      container.wait = () => new Promise((resolve) => setImmediate(resolve));
      const next = oneProcess(container, clock, life + 100);
      for (const holdId of acknowledged)
        expect(await next.found.find(holdId, 'ada')).toMatchObject({ status: 'held' });
      await audit(container);
    }
    const { allotments } = await rootOf(container);
    expect(allotments[0]?.held).toBeGreaterThan(20);
    clock.pass(15);
    await oneProcess(container, clock, 1000).doors.ask(eventId, () => undefined);
    expect((await rootOf(container)).allotments[0]).toMatchObject({ held: 0, sold: 0 });
  });
});

type Step =
  | {
      readonly does: 'hold';
      readonly office: number;
      readonly buyer: number;
      readonly stalls: number;
      readonly balcony: number;
      readonly seat: number | null;
    }
  | { readonly does: 'release' | 'capture'; readonly office: number; readonly hold: number }
  | { readonly does: 'repeat' | 'extend' | 'void'; readonly office: number; readonly hold: number }
  /** The message of a payment, delivered to two processes at the same time. */
  | { readonly does: 'capture twice'; readonly office: number; readonly hold: number }
  | { readonly does: 'resize'; readonly office: number; readonly to: number }
  | {
      readonly does: 'join';
      readonly office: number;
      readonly buyer: number;
      readonly quantity: number;
      readonly ticketTypeId: string;
    }
  | { readonly does: 'leave'; readonly office: number; readonly buyer: number }
  | { readonly does: 'buy what is offered'; readonly office: number; readonly buyer: number }
  | { readonly does: 'pass'; readonly minutes: number }
  | { readonly does: 'restart'; readonly office: number }
  | { readonly does: 'snapshot'; readonly office: number };

const office = fc.nat({ max: 2 });
const hold = fc.nat({ max: 30 });
const buyer = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('hold' as const),
      office,
      buyer,
      stalls: fc.nat({ max: 4 }),
      balcony: fc.nat({ max: 2 }),
      seat: fc.option(fc.integer({ min: 1, max: 8 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constantFrom('release' as const, 'capture' as const), office, hold }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('repeat' as const, 'extend' as const, 'void' as const, 'capture twice' as const),
      office,
      hold,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('resize' as const), office, to: fc.nat({ max: 20 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ does: fc.constant('join' as const), office, buyer, quantity: fc.integer({ min: 1, max: 5 }) },
      ticketTypeId: fc.constantFrom(stalls, balcony),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.record({ does: fc.constant('leave' as const), office, buyer }),
      fc.record({ does: fc.constant('buy what is offered' as const), office, buyer }),
    ),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('pass' as const), minutes: fc.nat({ max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('restart' as const), office }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('snapshot' as const), office }) },
);
/** What both may have together is less than what each may. */
const hall = (version = 1, capacities = [10, 4], together = 6) => {
  const pools = [{ poolId: 'hall', name: 'Hall', capacity: together }];
  const ticketTypes = concert({}, capacities).ticketTypes.map((type) => ({ ...type, poolId: 'hall' }));
  return concert({ version, pools, ticketTypes, seatMap: mapOf(['........', '....aa....', '...']) });
};
/** Runs the steps, those of one round at the same time; refusals are answers, and faults would be failures. */
async function play(
  rounds: readonly (readonly Step[])[],
  seed: number,
): Promise<{ container: MemoryContainer; offices: OneProcess[] }> {
  const container = new MemoryContainer('inventory');
  const clock = new SetClock();
  const chance = seeded(seed);
  const open = (office: number, number: number): OneProcess =>
    oneProcess(container, skewed(clock, skewsSeconds[office] ?? 0), number, { liveHoldsPerBuyer: 4 });
  const offices = [0, 1, 2].map((office) => open(office, seed * 10 + office));
  await offices[0]!.sales.open(hall());
  unevenly(container, seed);
  container.trouble = nowAndThen(chance);
  const holds: {
    holdId: string;
    userId: string;
    lines: { ticketTypeId: string; quantity: number }[];
    key: string;
  }[] = [];
  let made = 0;
  let version = 1;
  const one = async (now: Step): Promise<void> => {
    if (now.does === 'pass') {
      clock.pass(now.minutes);
      return;
    }
    if (now.does === 'restart') {
      // What the one before it has asked for may still arrive.
      offices[now.office] = open(now.office, seed * 100 + made++);
      return;
    }
    const at = offices[now.office]!;
    if (now.does === 'snapshot') return at.takeSnapshot().catch(() => undefined); // nobody waits for one
    if (now.does === 'resize') {
      version++;
      await at.sales.open(hall(version, [now.to, 4], 6 + (now.to % 8)));
    } else if (now.does === 'join') {
      const { ticketTypeId, quantity } = now;
      const userId = `buyer-${now.buyer}`;
      const holder = { userId, name: userId, email: `${userId}@example.org` };
      const mark = { key: `key-${made++}`, fingerprint: 'f' };
      await at.joining.join({ eventId, holder, ticketTypeId, quantity, mark });
    } else if (now.does === 'leave' || now.does === 'buy what is offered') {
      const userId = `buyer-${now.buyer}`;
      for (const { entryId, offer } of await at.places.of(eventId, userId)) {
        if (now.does === 'leave') await at.leaving.leave(eventId, entryId, userId);
        else if (offer)
          await at.orders.settle(capture(1000 + made++, offer.hold.holdId, userId, offer.hold.lines));
      }
    } else if (now.does === 'hold') {
      const lines = [
        now.seat === null
          ? { ticketTypeId: stalls, quantity: now.stalls }
          : { ticketTypeId: stalls, quantity: 1, seats: [`Parkett/1/${now.seat}`] },
        { ticketTypeId: balcony, quantity: now.balcony },
      ].filter((line) => line.quantity > 0);
      if (lines.length === 0) return;
      const userId = `buyer-${now.buyer}`;
      const key = `key-${made++}`;
      const { hold } = await at.holds.hold({ eventId, userId, lines, mark: { key, fingerprint: 'f' } });
      holds.push({ holdId: hold.holdId, userId, lines, key });
    } else {
      const known = holds[now.hold % Math.max(1, holds.length)];
      if (!known) return;
      if (now.does === 'release') await at.releases.release(known.holdId, known.userId);
      if (now.does === 'capture')
        await at.orders.settle(capture(now.hold, known.holdId, known.userId, known.lines));
      if (now.does === 'capture twice') {
        const captured = capture(now.hold, known.holdId, known.userId, known.lines);
        const other = offices[(now.office + 1) % 3]!;
        const [one, two] = await Promise.all([at.orders.settle(captured), other.orders.settle(captured)]);
        expect(one.order).toEqual(two.order);
      }
      if (now.does === 'extend')
        await at.extensions.extend({ holdId: known.holdId, userId: known.userId, key: `extend-${made++}` });
      if (now.does === 'void') {
        const order = await at.records.order(eventId, orderId(now.hold));
        if (order?.status !== 'issued') return;
        const ticketIds = order.tickets.slice(0, 2).map(({ ticketId }) => ticketId);
        await at.voids.void({
          refundId: orderId(500 + made++),
          orderId: orderId(now.hold),
          eventId,
          ticketIds,
        });
      }
      if (now.does === 'repeat') {
        const again = await at.holds.hold({
          eventId,
          userId: known.userId,
          lines: known.lines,
          mark: { key: known.key, fingerprint: 'f' },
        });
        expect(again.hold.holdId).toBe(known.holdId);
      }
    }
  };
  for (const round of rounds) {
    const ends = await Promise.allSettled(round.map(one));
    for (const end of ends)
      if (end.status === 'rejected' && !(end.reason instanceof Refusal)) throw end.reason;
    await audit(container);
  }
  container.trouble = () => 'none';
  return { container, offices };
}

describe('any interleaving of three processes in a troubled store', () => {
  it('keeps sold + held + available = capacity at every commit, and every process remembers the same', async () => {
    let offers = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { maxLength: 12 }),
        fc.nat(),
        async (rounds, seed) => {
          const { container, offices } = await play(rounds, seed);
          const cold = oneProcess(container, new SetClock(), 999);
          // Twice: whose clock is ahead ends holds that the others then hear of.
          for (const each of [...offices, cold, ...offices, cold]) {
            await each.doors.ask(eventId, (draft) => draft.counts.availableOf(stalls)).catch(() => undefined);
          }
          // Who was there all along, who was told by others, and who read it all just now.
          const memories = [...offices, cold].map((each) =>
            memoryOf(each.doors.open.get(eventId)!.copy.stock),
          );
          for (const memory of memories) expect(memory).toEqual(memories[0]);
          expect(verifyStockReport(await reportOf(cold)).faults).toEqual([]);
          expect(couldHaveBeenServed(cold.doors.open.get(eventId)!.copy.stock)).toEqual([]);
          const moves = (await historyOf(container)).flatMap((segment) => segment.moves);
          offers += moves.filter((move) => move.kind === 'held' && move.terms.entryId !== undefined).length;
          const orders = moves.filter(
            (move) => move.kind === 'confirmed' || move.kind === 'sold' || move.kind === 'refused',
          );
          expect(new Set(orders.map((move) => move.orderId)).size).toBe(orders.length);
        },
      ),
      { numRuns: 250 },
    );
    expect(offers).toBeGreaterThan(20);
  });
});

describe('a process that starts late', () => {
  it('reads a snapshot and what followed, not the whole history', async () => {
    const container = new MemoryContainer('inventory');
    const clock = new SetClock();
    const office1 = oneProcess(container, clock);
    await office1.sales.open(concert({}, [100_000, 0]));
    for (let round = 0; round < 40; round++) {
      const asks = Array.from({ length: 200 }, (_, i) => {
        const mark = { key: `key-${round}-${i}`, fingerprint: 'f' };
        return office1.holds.hold({
          eventId,
          userId: `buyer-${i}`,
          lines: [{ ticketTypeId: stalls, quantity: 1 }],
          mark,
        });
      });
      await Promise.all(asks);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(office1.faults).toEqual([]);
    const { sequence, snapshot } = await rootOf(container);
    expect(snapshot?.sequence).toBeGreaterThan(sequence / 3);
    const chunks = await container.list(eventId, { from: 'snapshot~', to: 'snapshot~~' });
    expect(chunks).toHaveLength(snapshot!.chunks); // older ones are swept away
    const read: string[] = [];
    const list = container.list.bind(container);
    container.list = (partition, range) => {
      read.push(range?.from ?? '');
      return list(partition, range);
    };
    const late = oneProcess(container, clock, 2);
    const known = await late.doors.ask(eventId, (draft) => draft.madeUnder('key-0-0'));
    expect(known).toMatchObject({ userId: 'buyer-0', status: 'held' });
    const earliest = read.filter((from) => from.startsWith('segment~')).sort()[0];
    expect(Number(earliest?.split('~')[2])).toBe(snapshot!.sequence + 1);
    expect(await recount(container)).toEqual(new Map([[stalls, { held: 8000, sold: 0 }]]));
    const [fresh, seasoned] = [late, office1].map((each) =>
      memoryOf(each.doors.open.get(eventId)!.copy.stock),
    );
    expect(fresh).toEqual(seasoned);
  });

  it('is not led to a snapshot that a newer one has replaced', async () => {
    const container = new MemoryContainer('inventory');
    const [slow, quick] = [1, 2].map((seed) => oneProcess(container, new SetClock(), seed));
    await slow!.sales.open(concert());
    const lines = [{ ticketTypeId: stalls, quantity: 1 }];
    await slow!.holds.hold({ eventId, userId: 'ada', lines, mark: { key: 'a', fingerprint: 'f' } });
    const keep = slow!.records.keepSnapshot.bind(slow!.records);
    slow!.records.keepSnapshot = async (...chunk) => {
      await keep(...chunk);
      await quick!.holds.hold({ eventId, userId: 'ben', lines, mark: { key: 'b', fingerprint: 'f' } });
      await quick!.takeSnapshot();
    };
    await slow!.takeSnapshot();
    expect((await rootOf(container)).snapshot?.sequence).toBe(3);
    const late = oneProcess(container, new SetClock(), 3);
    expect(await late.doors.ask(eventId, (draft) => draft.counts.availableOf(stalls))).toBe(8);
  });

  it('reads the whole history where the snapshot is lost', async () => {
    const container = new MemoryContainer('inventory');
    const office1 = oneProcess(container, new SetClock());
    await office1.sales.open(concert());
    const lines = [{ ticketTypeId: stalls, quantity: 1 }];
    const mark = { key: 'a', fingerprint: 'f' };
    const { hold } = await office1.holds.hold({ eventId, userId: 'ada', lines, mark });
    await office1.takeSnapshot();
    for (const id of container.partitions.get(eventId)!.keys())
      if (id.startsWith('snapshot~')) container.partitions.get(eventId)!.delete(id);
    const late = oneProcess(container, new SetClock(), 3);
    expect(await late.found.find(hold.holdId, 'ada')).toMatchObject({ status: 'held' });
  });
});
