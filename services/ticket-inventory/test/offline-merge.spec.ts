import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, instant } from '@boxoffice/shared/kernel';
import { mostScansAtOnce } from '@boxoffice/shared/scanning';
import type { Draft } from '../src/core/draft';
import { decideMerge } from '../src/core/merge-scans';
import { decideRules } from '../src/core/set-admission-rules';
import { MemoryContainer, type Trouble } from './memory-container';
import { oneProcess } from './one-process';
import { concert, eventId, orderId, SetClock, seeded, stalls } from './season';

const { organizerId } = concert();
const who = { userId: organizerId, name: 'Olga', email: '' };
const evening = instant('2027-02-12T18:00:00Z');
const ticketId = (number: number): string => `${eventId}-010000001000-${1 + number}`;

/** What one scanner let through, or did not, on an evening without a network. */
interface Own {
  readonly ticket: number;
  readonly minute: number;
  readonly direction: 'in' | 'out';
  readonly refused: boolean;
}
const own: fc.Arbitrary<Own> = fc.record({
  ticket: fc.nat({ max: 3 }),
  minute: fc.nat({ max: 5 }),
  direction: fc.constantFrom('in' as const, 'in' as const, 'out' as const),
  refused: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
});
const scanners = fc.array(fc.array(own, { maxLength: 6 }), { minLength: 2, maxLength: 3 });

/** An upload of all that a scanner has: it may come again, its answer may be lost, and the process may die or copy its memory before. */
interface Upload {
  readonly scanner: number;
  readonly before: 'nothing' | 'restart' | 'snapshot';
}
const upload: fc.Arbitrary<Upload> = fc.record({
  scanner: fc.nat({ max: 2 }),
  before: fc.constantFrom('nothing' as const, 'nothing' as const, 'restart' as const, 'snapshot' as const),
});

const claimsOf = (scans: readonly Own[], scanner: number) =>
  scans.map(({ ticket, minute, direction, refused }, i) => ({
    nonce: `scanner-${scanner}-${i}`,
    gateId: `gate-${scanner}`,
    direction,
    at: after(evening, { minutes: minute }),
    reason: refused ? ('too-early' as const) : undefined,
    verdict: {
      valid: true as const,
      keyId: 't',
      ticket: { ticketId: ticketId(ticket), eventId, ticketTypeId: stalls, issue: 1 },
    },
  }));

const merging = (all: readonly (readonly Own[])[], scanner: number) => (draft: Draft) =>
  decideMerge(draft, {
    eventId,
    who,
    deviceId: orderId(scanner),
    scans: claimsOf(all[scanner] ?? [], scanner),
  });

const by =
  <T>(nameOf: (each: T) => string) =>
  (a: T, b: T): number =>
    nameOf(a) < nameOf(b) ? -1 : 1;

/** Everything that anyone is told of the admissions. */
const told = ({ admissions }: Draft) => {
  const { inside, admitted, refused } = admissions.tally();
  const conflicts = (reEntry: boolean) =>
    admissions.conflicts(reEntry).toSorted(by(({ scan }) => scan.ticket.ticketId + scan.nonce));
  return {
    inside,
    admitted: admitted.toSorted(by(({ gateId }) => gateId)),
    refused,
    conflicts: conflicts(false),
    whereReEntry: conflicts(true),
    tickets: [0, 1, 2, 3].map((each) => admissions.accountOf(ticketId(each))),
  };
};

async function openedIn(container: MemoryContainer, clock: SetClock) {
  const office = oneProcess(container, clock);
  await office.sales.open(concert());
  const gates = [0, 1, 2].map((gate) => ({ gateId: `gate-${gate}`, name: `Gate ${gate}` }));
  const rules = { reEntry: false, gates, stewards: [] };
  await office.doors.ask(eventId, (draft) =>
    decideRules(draft, { eventId, organizerId, seenVersion: '1' }, rules),
  );
  return office;
}

async function played(all: readonly (readonly Own[])[], uploads: readonly Upload[], seed?: number) {
  const container = new MemoryContainer('inventory');
  const clock = new SetClock(evening);
  let office = await openedIn(container, clock);
  if (seed !== undefined) {
    const chance = seeded(seed);
    const troubles: readonly Trouble[] = [
      'none',
      'unknown, written',
      'unknown, not written',
      'unknown, late',
    ];
    container.trouble = () => troubles[chance.below(troubles.length)] ?? 'none';
  }
  let lives = 1;
  for (const { scanner, before } of uploads) {
    if (before === 'restart') office = oneProcess(container, clock, ++lives);
    if (before === 'snapshot') await office.takeSnapshot().catch(() => undefined); // none was made, then
    await office.doors.ask(eventId, merging(all, scanner));
  }
  container.trouble = () => 'none';
  return [office, oneProcess(container, clock, ++lives)].map((each) => each.doors.ask(eventId, told));
}

const everything = [0, 1, 2].map((scanner): Upload => ({ scanner, before: 'nothing' }));

describe('what scanners did without a network', () => {
  it('comes to the same in any order of their uploads, repeated, with answers lost and processes dying between', async () => {
    const orders = fc.tuple(
      fc.array(upload, { maxLength: 6 }),
      fc.shuffledSubarray(everything, { minLength: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(scanners, orders, fc.nat(), async (all, [some, rest], seed) => {
        const [simply] = await played(all, everything);
        const [here, anew] = await played(all, [...some, ...rest], seed);
        expect(await here).toEqual(await simply);
        expect(await anew).toEqual(await simply);
      }),
      { numRuns: 60 },
    );
  });

  it('is one admission for each ticket that anybody let in, and one conflict for each time more', async () => {
    const ins = fc.array(
      own.map((each) => ({ ...each, direction: 'in' as const, refused: false })),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(fc.tuple(ins, ins), async (all) => {
        const passages = all.flat();
        const tickets = new Set(passages.map(({ ticket }) => ticket)).size;
        const [last] = await played(all, everything);
        const { inside, conflicts } = await last!;
        expect([inside, conflicts.length]).toEqual([tickets, passages.length - tickets]);
      }),
      { numRuns: 30 },
    );
  });

  it('fits its documents, when a dozen scanners come at once with all that a request takes', async () => {
    const container = new MemoryContainer('inventory');
    const clock = new SetClock(evening);
    const office = await openedIn(container, clock);
    const scans = Array.from({ length: mostScansAtOnce }, (_, i): Own => {
      return { ticket: i, minute: 0, direction: 'in', refused: false };
    });
    const all = Array.from({ length: 12 }, () => scans);
    const merged = await Promise.all(
      all.map((_, scanner) => office.doors.ask(eventId, merging(all, scanner))),
    );
    expect(merged.map(({ conflicts }) => conflicts.length)).toEqual(all.map((_, i) => i * mostScansAtOnce));
    // 5,000 scans are enough for one commit.
    expect(Math.max(...office.groups)).toBe(10);
    const { inside } = await oneProcess(container, clock, 2).doors.ask(eventId, told);
    expect(inside).toBe(mostScansAtOnce);
  });
});
