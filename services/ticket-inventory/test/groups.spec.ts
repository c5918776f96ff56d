import { describe, expect, it } from '@jest/globals';
import { Refusal } from '@boxoffice/shared/kernel';
import fc from 'fast-check';
import type { BookedGroup } from '../src/core/book-group';
import type { Hold } from '../src/core/hold';
import { MemoryContainer } from './memory-container';
import { audit, couldHaveBeenServed, historyOf, memoryOf, oneProcess, type OneProcess } from './one-process';
import { balcony, capture, concert, eventId, orderId, seeded, SetClock, stalls } from './season';
import { nowAndThen, skewed, skewsSeconds, unevenly } from './troubled-store';

const does = [
  'book',
  'claim',
  'claim all',
  'pay',
  'pay twice',
  'pay all',
  'release',
  'hold',
  'join',
  'pass',
  'restart',
  'snapshot',
] as const;
const step = fc.record({
  does: fc.constantFrom('book', 'claim all', 'claim all', 'pay', 'pay all', 'pay all', ...does),
  office: fc.nat({ max: 2 }),
  buyer: fc.nat({ max: 4 }),
  group: fc.nat({ max: 3 }),
  part: fc.nat({ max: 2 }),
  sizes: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 2, maxLength: 3 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Each hold has one order, as payment-processing places it: known by a number. */
class Game {
  readonly container = new MemoryContainer('inventory');
  readonly clock = new SetClock();
  readonly booked: BookedGroup[] = [];
  readonly paid = new Map<string, number>();
  readonly offices: OneProcess[];
  private readonly claimed = new Map<string, Pick<Hold, 'holdId' | 'userId' | 'lines'>>();
  private made = 0;

  constructor(private readonly seed: number) {
    this.offices = [0, 1, 2].map((office) => this.open(office));
  }

  async play(rounds: readonly (readonly Step[])[]): Promise<void> {
    await this.offices[0]!.sales.open(concert({}, [8, 3]));
    unevenly(this.container, this.seed);
    this.container.trouble = nowAndThen(seeded(this.seed));
    for (const round of rounds) {
      await refusalsAside(round.map((now) => this.one(now)));
      await audit(this.container);
    }
    this.container.trouble = () => 'none';
    // Everybody's time is up; late writes have arrived by then, or never will.
    await new Promise((resolve) => setTimeout(resolve, 6));
    this.clock.pass(3 * 60);
    for (let more = true; more;)
      more = await this.offices[1]!.doors.ask(eventId, (draft) => draft.hasMoreDue);
    for (const office of this.offices) await office.doors.ask(eventId, () => undefined);
    await audit(this.container);
  }

  /** All of it bought, with tickets for each order; or none, and whoever has paid refused. */
  async endOf({ parts }: BookedGroup): Promise<'complete' | 'ended'> {
    const stock = this.offices[0]!.doors.open.get(eventId)!.copy.stock;
    const holds = parts.map(({ hold }) => stock.holds.hold(hold.holdId)!);
    const complete = holds[0]?.status === 'confirmed';
    for (const { status, holdId } of holds) {
      expect(status === 'confirmed').toBe(complete);
      const number = this.paid.get(holdId);
      const order =
        number === undefined ? undefined : await this.offices[0]!.records.order(eventId, orderId(number));
      if (number !== undefined)
        expect(order).toMatchObject(complete ? { status: 'issued', holdId } : { reason: 'group-incomplete' });
      if (complete) expect(order).toBeDefined();
      expect(status).not.toBe('held');
    }
    return complete ? 'complete' : 'ended';
  }

  private open = (office: number): OneProcess =>
    oneProcess(this.container, skewed(this.clock, skewsSeconds[office] ?? 0), this.seed * 100 + this.made++, {
      liveHoldsPerBuyer: 3,
    });

  private async one({ does: deed, office, buyer, group, part, sizes }: Step): Promise<void> {
    const at = this.offices[office]!;
    const userId = `buyer-${buyer}`;
    const mark = { key: `key-${this.made++}`, fingerprint: 'f' };
    const line = { ticketTypeId: part === 0 ? balcony : stalls, quantity: 1 };
    const known = this.booked[group % Math.max(1, this.booked.length)];
    const hold = known?.parts[part % known.parts.length]?.hold;
    switch (deed) {
      case 'pass': {
        this.clock.pass(sizes.length * 20);
        return;
      }
      case 'restart':
        this.offices[office] = this.open(office);
        return;
      case 'snapshot':
        return at.takeSnapshot().catch(() => undefined); // nobody waits for one
      case 'book': {
        const parts = sizes.map((quantity) => ({ lines: [{ ticketTypeId: stalls, quantity }] }));
        this.booked.push(await at.groupBookings.book({ eventId, userId, parts, mark }));
        return;
      }
      case 'hold':
        await at.holds.hold({ eventId, userId, lines: [line], mark });
        return;
      case 'join':
        await at.joining.join({
          eventId,
          holder: { userId, name: 'N', email: '' },
          ...line,
          quantity: sizes.length,
          mark,
        });
        return;
      case 'release':
        if (known) await at.groupReleases.release(known.group.groupId, known.group.userId);
        return;
      case 'claim':
        if (known && hold) await this.claim(at, known, hold, userId);
        return;
      case 'claim all': {
        const others = known?.parts.map((each, i) => [each.hold, `buyer-${(buyer + i) % 5}`] as const) ?? [];
        await refusalsAside(others.map(([each, who]) => this.claim(at, known!, each, who)));
        return;
      }
      case 'pay':
        await this.pay(hold, [at]);
        return;
      case 'pay twice':
        await this.pay(hold, [at, this.offices[(office + 1) % 3]!]);
        return;
      case 'pay all':
        await Promise.all(
          known?.parts.map((each, i) => this.pay(each.hold, [this.offices[(office + i) % 3]!])) ?? [],
        );
        return;
    }
  }

  private async claim(
    at: OneProcess,
    { group, parts }: BookedGroup,
    hold: Hold,
    userId: string,
  ): Promise<void> {
    const part = hold.part!.number;
    const { invitation } = parts[part - 1]!;
    const sealed = await at.claims.claim({ groupId: group.groupId, part, invitation, userId });
    this.claimed.set(hold.holdId, sealed.hold);
  }

  /** Its message reaches these. */
  private async pay(hold: Hold | undefined, offices: readonly OneProcess[]): Promise<void> {
    const own = this.claimed.get(hold?.holdId ?? '');
    if (!own) return;
    const number = this.paid.get(own.holdId) ?? 100 + this.paid.size;
    this.paid.set(own.holdId, number);
    const captured = capture(number, own.holdId, own.userId, own.lines);
    await Promise.all(offices.map((office) => office.orders.settle(captured)));
  }
}

async function refusalsAside(asked: readonly Promise<unknown>[]): Promise<void> {
  for (const end of await Promise.allSettled(asked))
    if (end.status === 'rejected' && !(end.reason instanceof Refusal)) throw end.reason;
}

describe('groups, in any interleaving of three processes in a troubled store', () => {
  it('end whole: all of their parts are bought or none, and each who paid has tickets or gets the money back', async () => {
    const ends = { complete: 0, ended: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 2, maxLength: 8 }), { minLength: 3, maxLength: 12 }),
        fc.nat(),
        async (rounds, seed) => {
          const game = new Game(seed);
          await game.play(rounds);
          const stocks = game.offices.map((office) => office.doors.open.get(eventId)!.copy.stock);
          for (const group of game.booked) ends[await game.endOf(group)]++;
          for (const stock of stocks) expect(memoryOf(stock)).toEqual(memoryOf(stocks[0]!));
          expect(couldHaveBeenServed(stocks[0]!)).toEqual([]);
        },
      ),
      { numRuns: 120 },
    );
    expect(ends.complete).toBeGreaterThan(5);
    expect(ends.ended).toBeGreaterThan(5);
  });
});

describe('large groups', () => {
  /** Groups of twenty parts, a ticket each, of which all but so many are paid. */
  async function groupsOfTwenty(office: OneProcess, groups: number, unpaid: number): Promise<Hold[]> {
    const open: Hold[] = [];
    for (let group = 0; group < groups; group++) {
      const mark = { key: `group-${group}`, fingerprint: 'f' };
      const parts = Array.from({ length: 20 }, () => ({ lines: [{ ticketTypeId: stalls, quantity: 1 }] }));
      const booked = await office.groupBookings.book({ eventId, userId: `leader-${group}`, parts, mark });
      const { groupId } = booked.group;
      for (const [i, { invitation, hold }] of booked.parts.entries()) {
        const number = group * 20 + i;
        const userId = `buyer-${number}`;
        await office.claims.claim({ groupId, part: i + 1, invitation, userId });
        if (i < unpaid) open.push({ ...hold, userId });
        else await office.orders.settle(capture(number, hold.holdId, userId, hold.lines));
      }
    }
    return open;
  }

  it('that end unpaid take as many commits as their orders need', async () => {
    const container = new MemoryContainer('inventory');
    const clock = new SetClock();
    const office = oneProcess(container, clock);
    await office.sales.open(concert({}, [120, 0]));
    await groupsOfTwenty(office, 6, 1);
    clock.pass(120);
    let asked = 0;
    for (let more = true; more; asked++) more = await office.doors.ask(eventId, (draft) => draft.hasMoreDue);
    expect(asked).toBe(6);
    for (let number = 0; number < 120; number++) {
      const order = await office.records.order(eventId, orderId(number));
      if (number % 20 === 0) expect(order).toBeUndefined();
      else expect(order).toMatchObject({ status: 'refused', reason: 'group-incomplete' });
    }
    await audit(container);
  });

  it('are completed beside as many other buyers as a batch has room for', async () => {
    const container = new MemoryContainer('inventory');
    const office = oneProcess(container, new SetClock());
    await office.sales.open(concert({}, [200, 0]));
    const [last] = await groupsOfTwenty(office, 1, 1);
    const lines = [{ ticketTypeId: stalls, quantity: 1 }];
    const holds = await Promise.all(
      Array.from({ length: 100 }, (_, i) => {
        const mark = { key: `key-${i}`, fingerprint: 'f' };
        return office.holds.hold({ eventId, userId: `single-${i}`, lines, mark });
      }),
    );
    const singles = holds.map(({ hold }, i) => capture(100 + i, hold.holdId, hold.userId, lines));
    // The first is alone; of those who share the next commit, the group's last comes when there is just room for one more.
    singles.splice(75, 0, capture(0, last!.holdId, last!.userId, lines));
    const settled = await Promise.all(singles.map((each) => office.orders.settle(each)));
    expect(settled.every(({ order }) => order?.status === 'issued')).toBe(true);
    const sold = (await historyOf(container)).map(
      ({ moves }) => moves.filter((move) => move.kind === 'confirmed').length,
    );
    expect(Math.max(...sold)).toBe(94);
    await audit(container);
  });
});
