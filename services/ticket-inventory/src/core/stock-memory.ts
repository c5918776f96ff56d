import type { AdmissionBook } from './admission-book';
import type { Allotment } from './allotment';
import type { BuyerBook } from './buyer-book';
import type { Counts, Pool } from './counts';
import type { Group } from './group';
import type { GroupBook } from './group-book';
import type { Hold } from './hold';
import type { HoldBook } from './hold-book';
import type { Memory } from './memory';
import type { SeatTable } from './seat-table';
import type { TicketBook } from './ticket-book';
import type { Entry } from './waiting-entry';
import type { WaitingList } from './waiting-list';

/** What a stock is made of. */
interface Books {
  readonly counts: Counts;
  readonly holds: HoldBook;
  readonly buyers: BuyerBook;
  readonly seats: SeatTable;
  readonly tickets: TicketBook;
  readonly admissions: AdmissionBook;
  readonly waiting: WaitingList;
  readonly groups: GroupBook;
}

/**
 * All that a snapshot has to have, as it is now; what the holds tell is not said twice. Copied at once, and as little as can be: of holds,
 * which never change themselves, the list. What is made of them is made when it is asked for.
 */
export function rememberedIn(books: Books): Iterable<Memory> {
  const holds = [...books.holds.all()];
  const seats = [...books.seats.all()];
  const others: Memory[] = [
    ...books.counts.list.map((allotment) => ({ kind: 'allotment', allotment }) as const),
    ...books.counts.poolList.map((pool) => ({ kind: 'pool', pool }) as const),
  ];
  for (const bought of books.buyers.allBought()) others.push({ kind: 'bought', ...bought });
  for (const [ticketId, mark] of books.tickets.all()) others.push({ kind: 'ticket', ticketId, mark });
  for (const recorded of books.admissions.all()) others.push({ kind: 'scan', recorded });
  for (const entry of books.waiting.all()) others.push({ kind: 'entry', entry });
  for (const group of books.groups.all()) others.push({ kind: 'group', group });
  return memoriesOf(holds, seats, others);
}

function* memoriesOf(
  holds: readonly Hold[],
  seats: readonly string[],
  others: readonly Memory[],
): Iterable<Memory> {
  yield* others;
  const seatsHeld = new Set<string>();
  for (const hold of holds) {
    yield { kind: 'hold', hold };
    if (hold.status === 'held')
      for (const line of hold.lines) for (const seat of line.seats ?? []) seatsHeld.add(seat);
  }
  for (const seat of seats) if (!seatsHeld.has(seat)) yield { kind: 'seat-sold', seat };
}

/** Into books that are empty yet. */
export function recallInto(books: Books, memories: readonly Memory[]): void {
  const holds: Hold[] = [];
  const allotments: Allotment[] = [];
  const pools: Pool[] = [];
  const entries: Entry[] = [];
  const groups: Group[] = [];
  for (const memory of memories) {
    switch (memory.kind) {
      case 'allotment':
        allotments.push(memory.allotment);
        break;
      case 'pool':
        pools.push(memory.pool);
        break;
      case 'hold':
        holds.push(memory.hold);
        break;
      case 'bought':
        books.buyers.recall(memory.userId, [memory]);
        break;
      case 'seat-sold':
        books.seats.recall(memory.seat);
        break;
      case 'ticket':
        books.tickets.recall(memory.ticketId, memory.mark);
        break;
      case 'scan':
        books.admissions.add(memory.recorded.scan, memory.recorded.sequence);
        break;
      case 'entry':
        entries.push(memory.entry);
        break;
      case 'group':
        groups.push(memory.group);
        break;
    }
  }
  books.counts.stand(allotments, pools);
  for (const { status, userId, lines } of holds) {
    if (status !== 'held') continue;
    books.seats.take(lines);
    books.buyers.take(userId, lines);
  }
  books.holds.recall(holds);
  books.waiting.recall(entries);
  books.groups.recall(groups);
}
