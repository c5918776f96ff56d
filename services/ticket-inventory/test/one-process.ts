import { ulids, type Clock } from '@boxoffice/shared/kernel';
import { Doors } from '../src/core/doors';
import { BookGroup } from '../src/core/book-group';
import { ClaimPart } from '../src/core/claim-part';
import { ExtendHold } from '../src/core/extend-hold';
import { FindHold } from '../src/core/find-hold';
import type { Line } from '../src/core/hold';
import { HoldTickets } from '../src/core/hold-tickets';
import { HoldTokens } from '../src/core/hold-tokens';
import { OpenSales } from '../src/core/open-sales';
import type { Move } from '../src/core/move';
import type { DoorWatch, Root, Seals } from '../src/core/ports';
import { ReleaseGroup } from '../src/core/release-group';
import { ReleaseHold } from '../src/core/release-hold';
import { SettleOrder } from '../src/core/settle-order';
import { StockReport } from '../src/core/stock-report';
import { SnapshotMaker } from '../src/core/snapshot-maker';
import type { Memory } from '../src/core/memory';
import type { Stock } from '../src/core/stock';
import type { Entry } from '../src/core/waiting-entry';
import { ticketTypeOf } from '../src/core/event-on-sale';
import { JoinWaitingList } from '../src/core/join-waiting-list';
import { LeaveWaitingList } from '../src/core/leave-waiting-list';
import { MyWaitingList } from '../src/core/my-waiting-list';
import { readSegment, type EventBody, type SegmentBody } from '../src/infrastructure/stock-bodies';
import { VoidTickets } from '../src/core/void-tickets';
import { StockDocuments } from '../src/infrastructure/stock-documents';
import type { Container } from '@boxoffice/shared/documents';
import { concert, eventId, seeded } from './season';

const seals: Seals = {
  holdSeal: async () => (holds) => (at) => `token for ${holds[at]?.holdId} until ${holds[at]?.expiresAt}`,
  ticketSeal: async () => (ticket) => `code of ${ticket.ticketId}`,
  publicKeys: async () => [],
};

export const invite = (groupId: string, part: number) => `invitation to ${part} of ${groupId}`;

/** What one process of the service has in memory, over a store that it shares with others. */
export function oneProcess(
  container: Container,
  clock: Clock,
  seed = 1,
  rules = { liveHoldsPerBuyer: 1000 },
) {
  const chance = seeded(seed);
  const groups: number[] = [];
  const told: Move[] = [];
  const faults: unknown[] = [];
  const watch: DoorWatch = {
    committed: (_, { visitors, moves }) => {
      groups.push(visitors);
      told.push(...moves);
    },
    snapshotFailed: (_, cause) => faults.push(cause),
  };
  const records = new StockDocuments(container);
  const ids = ulids(clock, chance);
  const doors = new Doors(records, watch, clock, ids, chance);
  const tokens = new HoldTokens(doors, records);
  const takeSnapshot = async () => {
    await doors.ask(eventId, () => undefined);
    const door = doors.open.get(eventId);
    if (door) await new SnapshotMaker(eventId, door, { records, watch, clock, ids }).make();
  };
  return {
    records,
    doors,
    groups,
    /** All moves that an operator was told of. */
    told,
    faults,
    takeSnapshot,
    sales: new OpenSales(doors),
    holds: new HoldTickets(doors, seals, tokens, rules),
    found: new FindHold(doors),
    releases: new ReleaseHold(doors),
    extensions: new ExtendHold(doors, seals),
    joining: new JoinWaitingList(doors),
    leaving: new LeaveWaitingList(doors),
    places: new MyWaitingList(doors, seals, tokens),
    voids: new VoidTickets(doors, records),
    orders: new SettleOrder(doors, records, seals),
    groupBookings: new BookGroup(doors, { writer: async () => invite }, rules),
    claims: new ClaimPart(doors, seals, tokens, rules),
    groupReleases: new ReleaseGroup(doors),
    report: new StockReport(records, clock),
  };
}
export type OneProcess = ReturnType<typeof oneProcess>;

/** Everything that was ever decided, in order, as the store has it. */
export async function historyOf(container: Container) {
  const stored = await container.list<SegmentBody>(eventId, {
    from: 'segment~',
    to: 'segment~~',
    limit: 1e6,
  });
  return stored.map(({ body }) => readSegment(eventId, body));
}

/** What the counts must be, by adding up the history and nothing else. */
export async function recount(container: Container): Promise<Map<string, { held: number; sold: number }>> {
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
      else if (move.kind === 'returned') change(move.lines, 0, -1);
    }
  }
  return counts;
}

/** The ticket type of each seat that is held or sold, by the history and nothing else; throws where it would be two people's. */
export async function seatsTaken(container: Container): Promise<Map<string, string>> {
  const seats = new Map<string, string>();
  const holds = new Map<string, readonly Line[]>();
  const take = (lines: readonly Line[]) => {
    for (const { ticketTypeId, seats: own = [] } of lines)
      for (const seat of own) {
        if (seats.has(seat)) throw new Error(`${seat} is two people's`);
        seats.set(seat, ticketTypeId);
      }
  };
  const giveBack = (lines: readonly Line[]) => {
    for (const { seats: own = [] } of lines) for (const seat of own) seats.delete(seat);
  };
  for (const { moves } of await historyOf(container))
    for (const move of moves) {
      if (move.kind === 'held') holds.set(move.terms.holdId, move.terms.lines);
      if (move.kind === 'held') take(move.terms.lines);
      if (move.kind === 'released' || move.kind === 'expired') giveBack(holds.get(move.holdId) ?? []);
      if (move.kind === 'sold') take(move.lines);
      if (move.kind === 'returned') giveBack(move.lines);
    }
  return seats;
}

export async function rootOf(container: Container): Promise<Root> {
  const stored = await container.read<Omit<Root, 'fence'>>(eventId, 'stock');
  if (!stored) throw new Error('no root');
  return { ...stored.body, fence: stored.etag };
}

/**
 * Sold + held + available = capacity, never negative, and the same by the root's counts as by the history; and a numbered seat
 * for each that is held or sold.
 */
export async function audit(container: Container): Promise<void> {
  const counted = await recount(container);
  const seats = [...(await seatsTaken(container)).values()];
  const stored = await container.read<EventBody>(eventId, 'event');
  const { allotments, pools = [] } = await rootOf(container);
  for (const { poolId, capacity } of pools) {
    const own = allotments.filter((allotment) => allotment.poolId === poolId);
    const taken = own.reduce((sum, { held, sold }) => sum + held + sold, 0);
    if (taken > capacity) throw new Error(`pool ${poolId}: ${taken} taken of ${capacity}`);
  }
  for (const { ticketTypeId, capacity, held, sold } of allotments) {
    const { held: heldByHistory = 0, sold: soldByHistory = 0 } = counted.get(ticketTypeId) ?? {};
    if (held !== heldByHistory || sold !== soldByHistory)
      throw new Error(
        `${ticketTypeId}: root ${held} held ${sold} sold, history ${heldByHistory} and ${soldByHistory}`,
      );
    if (held < 0 || sold < 0 || held + sold > capacity)
      throw new Error(`${ticketTypeId}: ${held} + ${sold} of ${capacity}`);
    const numbered = stored?.body.event.seatMap?.sections.some(({ rows }) =>
      rows.some((row) => row.ticketTypeId === ticketTypeId),
    );
    const own = seats.filter((type) => type === ticketTypeId).length;
    if (own !== (numbered ? held + sold : 0))
      throw new Error(`${ticketTypeId}: ${own} seats for ${held} held and ${sold} sold`);
  }
}

/** What a process remembers of an event, in a form that compares. */
export const memoryOf = (stock: Stock): readonly Memory[] =>
  [...stock.remembered()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));

function nameOf(memory: Memory): string {
  switch (memory.kind) {
    case 'hold':
      return `hold ${memory.hold.holdId}`;
    case 'allotment':
      return `allotment ${memory.allotment.ticketTypeId}`;
    case 'pool':
      return `pool ${memory.pool.poolId}`;
    case 'bought':
      return `bought ${memory.userId} ${memory.ticketTypeId}`;
    case 'seat-sold':
      return `seat ${memory.seat}`;
    case 'ticket':
      return `ticket ${memory.ticketId}`;
    case 'scan':
      return `scan ${memory.recorded.scan.ticket?.ticketId ?? ''} ${memory.recorded.scan.nonce}`;
    case 'entry':
      return `entry ${memory.entry.entryId}`;
    case 'group':
      return `group ${memory.group.groupId}`;
  }
}

/** Who has waited longest, over all ticket types, though what they wait for is there. */
export function couldHaveBeenServed(stock: Stock): readonly Entry[] {
  const { counts, waiting, seats, event } = stock;
  const entries = [...waiting.all()].filter(({ standing }) => standing.state === 'waiting');
  const [oldest] = entries.sort((a, b) => (a.entryId < b.entryId ? -1 : 1));
  if (!oldest) return [];
  const { userId, ticketTypeId, quantity } = oldest;
  const plan = event?.seatMap && seats.planOf(event.seatMap);
  const chairs = plan?.isNumbered(ticketTypeId) ? plan.left(ticketTypeId, false) : Infinity;
  const { maxPerBuyer = Infinity } = ticketTypeOf(event ?? concert(), ticketTypeId) ?? {};
  const mayHave = stock.buyers.takenBy(userId, ticketTypeId) + quantity <= maxPerBuyer;
  const free = Math.min(counts.availableOf(ticketTypeId) ?? 0, chairs);
  return mayHave && quantity <= free ? [oldest] : [];
}

/** The report as its organiser would download it. */
export async function reportOf(office: OneProcess): Promise<string> {
  let text = '';
  for await (const line of office.report.of(eventId, concert().organizerId)) text += line;
  return text;
}
