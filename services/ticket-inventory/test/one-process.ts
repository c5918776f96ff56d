import { ulids, type Clock } from '@boxoffice/shared/kernel';
import { Doors } from '../src/core/doors';
import { FindHold } from '../src/core/find-hold';
import { HoldTickets } from '../src/core/hold-tickets';
import { HoldTokens } from '../src/core/hold-tokens';
import { OpenSales } from '../src/core/open-sales';
import type { DoorWatch, Root, Seals } from '../src/core/ports';
import { ReleaseHold } from '../src/core/release-hold';
import { SettleOrder } from '../src/core/settle-order';
import { StockReport } from '../src/core/stock-report';
import { SnapshotMaker } from '../src/core/snapshot-maker';
import type { Stock } from '../src/core/stock';
import { readSegment, type SegmentBody } from '../src/infrastructure/stock-bodies';
import { StockDocuments } from '../src/infrastructure/stock-documents';
import type { MemoryContainer } from './memory-container';
import { concert, eventId, seeded } from './season';

const seals: Seals = {
  holdSeal: async () => (holds) => (at) => `token for ${holds[at]?.holdId} until ${holds[at]?.expiresAt}`,
  ticketSeal: async () => (ticket) => `code of ${ticket.ticketId}`,
  publicKeys: async () => [],
};

/** What one process of the service has in memory, over a store that it shares with others. */
export function oneProcess(
  container: MemoryContainer,
  clock: Clock,
  seed = 1,
  rules = { liveHoldsPerBuyer: 1000 },
) {
  const chance = seeded(seed);
  const groups: number[] = [];
  const faults: unknown[] = [];
  const watch: DoorWatch = {
    committed: (_, { visitors }) => groups.push(visitors),
    snapshotFailed: (_, cause) => faults.push(cause),
  };
  const records = new StockDocuments(container);
  const ids = ulids(clock, chance);
  const doors = new Doors(records, watch, clock, ids, chance);
  const takeSnapshot = async () => {
    await doors.ask(eventId, () => undefined);
    const door = doors.open.get(eventId);
    if (door) await new SnapshotMaker(eventId, door, { records, watch, ids }).make();
  };
  return {
    records,
    doors,
    groups,
    faults,
    takeSnapshot,
    sales: new OpenSales(doors),
    holds: new HoldTickets(doors, seals, new HoldTokens(doors, records), rules),
    found: new FindHold(doors),
    releases: new ReleaseHold(doors),
    orders: new SettleOrder(doors, records, seals),
    report: new StockReport(records, clock),
  };
}
export type OneProcess = ReturnType<typeof oneProcess>;

/** Everything that was ever decided, in order, as the store has it. */
export async function historyOf(container: MemoryContainer) {
  const stored = await container.list<SegmentBody>(eventId, {
    from: 'segment~',
    to: 'segment~~',
    limit: 1e6,
  });
  return stored.map(({ body }) => readSegment(eventId, body));
}

/** What the counts must be, by adding up the history and nothing else. */
export async function recount(
  container: MemoryContainer,
): Promise<Map<string, { held: number; sold: number }>> {
  const counts = new Map<string, { held: number; sold: number }>();
  const holds = new Map<string, readonly { ticketTypeId: string; quantity: number }[]>();
  const change = (
    lines: readonly { ticketTypeId: string; quantity: number }[],
    held: number,
    sold: number,
  ) => {
    for (const { ticketTypeId, quantity } of lines) {
      const before = counts.get(ticketTypeId) ?? { held: 0, sold: 0 };
      counts.set(ticketTypeId, { held: before.held + held * quantity, sold: before.sold + sold * quantity });
    }
  };
  const take = (holdId: string) => {
    const lines = holds.get(holdId);
    if (!lines) throw new Error(`${holdId} ended twice, or never began`);
    holds.delete(holdId);
    return lines;
  };
  for (const { moves } of await historyOf(container)) {
    for (const move of moves) {
      if (move.kind === 'held') {
        holds.set(move.terms.holdId, move.terms.lines);
        change(move.terms.lines, 1, 0);
      } else if (move.kind === 'released' || move.kind === 'expired') change(take(move.holdId), -1, 0);
      else if (move.kind === 'confirmed') change(take(move.holdId), -1, 1);
      else if (move.kind === 'sold') change(move.lines, 0, 1);
    }
  }
  return counts;
}

export async function rootOf(container: MemoryContainer): Promise<Root> {
  const stored = await container.read<Omit<Root, 'fence'>>(eventId, 'stock');
  if (!stored) throw new Error('no root');
  return { ...stored.body, fence: stored.etag };
}

/** Sold + held + available = capacity, never negative, and the same by the root's counts as by the history. */
export async function audit(container: MemoryContainer): Promise<void> {
  const counted = await recount(container);
  for (const { ticketTypeId, capacity, held, sold } of (await rootOf(container)).allotments) {
    const { held: heldByHistory = 0, sold: soldByHistory = 0 } = counted.get(ticketTypeId) ?? {};
    if (held !== heldByHistory || sold !== soldByHistory)
      throw new Error(
        `${ticketTypeId}: root ${held} held ${sold} sold, history ${heldByHistory} and ${soldByHistory}`,
      );
    if (held < 0 || sold < 0 || held + sold > capacity)
      throw new Error(`${ticketTypeId}: ${held} + ${sold} of ${capacity}`);
  }
}

/** What a process remembers of an event, in a form that compares. */
export const memoryOf = (stock: Stock) =>
  [...stock.remembered()].map((memory) => [JSON.stringify(memory), memory] as const).sort(byText);

const byText = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

/** The report as its organiser would download it. */
export async function reportOf(office: OneProcess): Promise<string> {
  let text = '';
  for await (const line of office.report.of(eventId, concert().organizerId)) text += line;
  return text;
}
