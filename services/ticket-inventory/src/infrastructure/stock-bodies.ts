import type { Instant } from '@boxoffice/shared/kernel';
import type { AdmissionRules } from '../core/admission-rules';
import type { EventOnSale } from '../core/event-on-sale';
import type { Allotment } from '../core/allotment';
import type { Pool } from '../core/counts';
import type { Hold, Line } from '../core/hold';
import type { Memory } from '../core/memory';
import type { Move, Segment } from '../core/move';
import type { Note } from '../core/note';
import { holdIdAt } from '../core/places';
import type { TicketMark } from '../core/ticket-book';
import type { Offer, OrderOutcome, Root } from '../core/ports';
import { entryOf, entryTuple, termsOf, termsTuple, type EntryTuple, type TermsTuple } from './entry-tuples';
import { scanOf, scanTuple, type ScanTuple } from './scan-tuples';

// The documents of an event's partition. Moves and holds are many and small, so they are tuples, and ticket types in them
// are numbers: places in the list that the document carries.

export type RootBody = { readonly type: 'stock'; readonly commitId: string } & Omit<Root, 'fence'>;
export type EventBody = { readonly type: 'event'; readonly event: EventOnSale };
export type RulesBody = { readonly type: 'rules'; readonly rules: AdmissionRules };
export type NoteBody = { readonly type: 'note'; readonly note: Note };
export type OrderBody = { readonly type: 'order'; readonly order: OrderOutcome };

export interface SegmentBody extends Omit<Segment, 'moves'> {
  readonly type: 'segment';
  readonly ticketTypes: readonly string[];
  readonly moves: readonly MoveTuple[];
}

/** Ticket type, quantity and, where they are numbered, the seats; ticket type … */
type Quantities = readonly (number | readonly string[])[];
type MoveTuple =
  | readonly ['h', userId: string, key: string, fingerprint: string, expiresAt: Instant, ...Quantities]
  | readonly [
      'o',
      entrySuffix: string,
      userId: string,
      key: string,
      fingerprint: string,
      expiresAt: Instant,
      ...Quantities,
    ]
  | readonly ['r' | 'x' | 'w', suffix: string]
  | readonly ['c', suffix: string, orderId: string]
  | readonly ['s', orderId: string, userId: string, ...Quantities]
  | readonly ['n', orderId: string]
  | readonly ['z', ticketType: number, capacity: number, poolId?: string]
  | readonly ['p', poolId: string, capacity: number]
  | readonly ['t', ticketId: string, issue: number, key: string, fingerprint: string]
  | readonly ['e', suffix: string, expiresAt: Instant, key: string]
  | readonly ['v', orderId: string, userId: string, ticketIds: readonly string[], ...Quantities]
  | readonly ['b' | 'u', suffix: string]
  | readonly ['a', ...ScanTuple]
  | readonly ['j', ...TermsTuple];

export interface SnapshotBody {
  readonly type: 'snapshot';
  readonly ticketTypes: readonly string[];
  readonly memories: readonly MemoryTuple[];
}

type MemoryTuple =
  | readonly ['allotment', Allotment]
  | readonly ['pool', Pool]
  | HoldTuple
  | readonly ['bought', userId: string, ticketType: number, quantity: number]
  | readonly ['seat', seat: string]
  | readonly ['ticket', ticketId: string, TicketMark]
  | readonly ['scan', sequence: number, ...ScanTuple]
  | readonly ['entry', suffix: string, ...EntryTuple];

type HoldTuple = readonly [
  kind: 'hold',
  suffix: string,
  userId: string,
  key: string,
  fingerprint: string,
  expiresAt: Instant,
  ended: EndTuple,
  besides: Besides,
  ...quantities: Quantities,
];

type ExtensionTuple = readonly [count: number, key: string, insteadOf: Instant];

/** Extended so often; offered to an entry. */
interface Besides {
  readonly e?: ExtensionTuple;
  readonly o?: string;
}

type EndTuple = readonly [] | readonly ['r' | 'x', Instant] | readonly ['c', Instant, orderId: string];

export function segmentBody({ moves, ...rest }: Segment): SegmentBody {
  const types = new TypeList();
  return {
    type: 'segment',
    ...rest,
    moves: moves.map((move) => tupleOf(move, types)),
    ticketTypes: types.list,
  };
}

export function readSegment(
  eventId: string,
  { epoch, sequence, commitId, at, chain, moves, ticketTypes }: SegmentBody,
): Segment {
  const read = moves.map((tuple, index) =>
    moveOf(tuple, eventId, ticketTypes, holdIdAt(eventId, { epoch, sequence, index })),
  );
  return { epoch, sequence, commitId, at, chain, moves: read };
}

/** When the holds that were made or extended in this segment expire. */
export const expiriesIn = (body: SegmentBody): readonly Instant[] =>
  body.moves.flatMap((tuple) => {
    switch (tuple[0]) {
      case 'h':
        return [tuple[4]];
      case 'o':
        return [tuple[5]];
      case 'e':
        return [tuple[2]];
      default:
        return [];
    }
  });

/** What was offered in this segment. */
export function offersIn(eventId: string, body: SegmentBody): readonly Offer[] {
  if (!body.moves.some(([kind]) => kind === 'o')) return [];
  const offeredAt = body.at;
  return readSegment(eventId, body).moves.flatMap((move) => {
    if (move.kind !== 'held' || move.terms.entryId === undefined) return [];
    const { entryId, holdId, userId, lines, expiresAt } = move.terms;
    return lines.map(({ ticketTypeId, quantity }) => {
      const what = { ticketTypeId, quantity, expiresAt, offeredAt };
      return { eventId, entryId, holdId, userId, ...what };
    });
  });
}

export function snapshotBody(memories: readonly Memory[]): SnapshotBody {
  const types = new TypeList();
  const tuples = memories.map((memory) => memoryTuple(memory, types));
  return { type: 'snapshot', memories: tuples, ticketTypes: types.list };
}

export const readSnapshot = (eventId: string, { memories, ticketTypes }: SnapshotBody): readonly Memory[] =>
  memories.map((tuple) => memoryOf(tuple, eventId, ticketTypes));

function memoryTuple(memory: Memory, types: TypeList): MemoryTuple {
  switch (memory.kind) {
    case 'allotment':
      return ['allotment', memory.allotment];
    case 'pool':
      return ['pool', memory.pool];
    case 'hold': {
      const { holdId, userId, request, expiresAt, lines } = memory.hold;
      return [
        'hold',
        suffixIn(holdId),
        userId,
        request.key,
        request.fingerprint,
        expiresAt,
        endOf(memory.hold),
        besidesOf(memory.hold),
        ...types.quantities(lines),
      ];
    }
    case 'bought':
      return ['bought', memory.userId, types.numberOf(memory.ticketTypeId), memory.quantity];
    case 'seat-sold':
      return ['seat', memory.seat];
    case 'ticket':
      return ['ticket', memory.ticketId, memory.mark];
    case 'scan': {
      const { sequence, scan } = memory.recorded;
      return ['scan', sequence, ...scanTuple(scan, types.numberOf)];
    }
    case 'entry':
      return ['entry', suffixIn(memory.entry.entryId), ...entryTuple(memory.entry, types.numberOf)];
  }
}

function memoryOf(tuple: MemoryTuple, eventId: string, ticketTypes: readonly string[]): Memory {
  switch (tuple[0]) {
    case 'allotment':
      return { kind: 'allotment', allotment: tuple[1] };
    case 'pool':
      return { kind: 'pool', pool: tuple[1] };
    case 'hold':
      return { kind: 'hold', hold: holdOf(tuple, eventId, ticketTypes) };
    case 'bought': {
      const [kind, userId, ticketType, quantity] = tuple;
      return { kind, userId, ticketTypeId: ticketTypes[ticketType] ?? '', quantity };
    }
    case 'seat':
      return { kind: 'seat-sold', seat: tuple[1] };
    case 'ticket':
      return { kind: 'ticket', ticketId: tuple[1], mark: tuple[2] };
    case 'scan': {
      const [kind, sequence, ...scan] = tuple;
      return { kind, recorded: { sequence, scan: scanOf(scan, eventId, ticketTypes) } };
    }
    case 'entry': {
      const [kind, suffix, ...entry] = tuple;
      return { kind, entry: entryOf(entry, `${eventId}-${suffix}`, ticketTypes) };
    }
  }
}

const besidesOf = ({ extension, entryId }: Hold): Besides => ({
  ...(extension ? { e: [extension.count, extension.key, extension.insteadOf] } : {}),
  ...(entryId === undefined ? {} : { o: suffixIn(entryId) }),
});

function holdOf(tuple: HoldTuple, eventId: string, ticketTypes: readonly string[]): Hold {
  const [, suffix, userId, key, fingerprint, expiresAt, [how, endedAt, orderId], besides, ...quantities] =
    tuple;
  const lines = linesOf(quantities, ticketTypes);
  const terms = {
    holdId: `${eventId}-${suffix}`,
    userId,
    lines,
    expiresAt,
    request: { key, fingerprint },
    ...(besides.e ? { extension: extensionOf(besides.e) } : {}),
    ...(besides.o === undefined ? {} : { entryId: `${eventId}-${besides.o}` }),
  };
  if (how === undefined) return { ...terms, status: 'held' };
  if (how === 'c') return { ...terms, status: 'confirmed', endedAt, orderId };
  return { ...terms, status: how === 'r' ? 'released' : 'expired', endedAt };
}

const extensionOf = ([count, key, insteadOf]: ExtensionTuple) => ({ count, key, insteadOf });

class TypeList {
  readonly list: string[] = [];

  numberOf = (ticketTypeId: string): number => {
    const at = this.list.indexOf(ticketTypeId);
    return at >= 0 ? at : this.list.push(ticketTypeId) - 1;
  };

  quantities = (lines: readonly Line[]): Quantities =>
    lines.flatMap(({ ticketTypeId, quantity, seats }) =>
      seats === undefined
        ? [this.numberOf(ticketTypeId), quantity]
        : [this.numberOf(ticketTypeId), quantity, seats],
    );
}

function linesOf(quantities: Quantities, ticketTypes: readonly string[]): readonly Line[] {
  const lines: Line[] = [];
  for (let i = 0; i < quantities.length;) {
    const ticketTypeId = ticketTypes[Number(quantities[i++])] ?? '';
    const quantity = Number(quantities[i++]);
    const seats = quantities[i];
    if (typeof seats !== 'object') lines.push({ ticketTypeId, quantity });
    else {
      lines.push({ ticketTypeId, quantity, seats });
      i++;
    }
  }
  return lines;
}

function tupleOf(move: Move, types: TypeList): MoveTuple {
  switch (move.kind) {
    case 'held': {
      const { userId, request, expiresAt, lines, entryId } = move.terms;
      if (entryId !== undefined)
        return [
          ...(['o', suffixIn(entryId), userId, request.key, request.fingerprint, expiresAt] as const),
          ...types.quantities(lines),
        ];
      return ['h', userId, request.key, request.fingerprint, expiresAt, ...types.quantities(lines)];
    }
    case 'released':
      return ['r', suffixIn(move.holdId)];
    case 'expired':
      return ['x', suffixIn(move.holdId)];
    case 'confirmed':
      return ['c', suffixIn(move.holdId), move.orderId];
    case 'sold':
      return ['s', move.orderId, move.userId, ...types.quantities(move.lines)];
    case 'refused':
      return ['n', move.orderId];
    case 'resized': {
      const { ticketTypeId, capacity, poolId } = move;
      const type = types.numberOf(ticketTypeId);
      return poolId === undefined ? ['z', type, capacity] : ['z', type, capacity, poolId];
    }
    case 'pool-resized':
      return ['p', move.poolId, move.capacity];
    case 'extended':
      return ['e', suffixIn(move.holdId), move.expiresAt, move.key];
    case 'transferred': {
      const { ticketId, issue, request } = move;
      return ['t', ticketId, issue, request.key, request.fingerprint];
    }
    case 'returned':
      return ['v', move.orderId, move.userId, move.ticketIds, ...types.quantities(move.lines)];
    case 'blocked':
      return ['b', suffixIn(move.ticketId)];
    case 'unblocked':
      return ['u', suffixIn(move.ticketId)];
    case 'scanned':
      return ['a', ...scanTuple(move.scan, types.numberOf)];
    case 'joined':
      return ['j', ...termsTuple(move.entry, types.numberOf)];
    case 'withdrawn':
      return ['w', suffixIn(move.entryId)];
  }
}

/** `ownId` is that of the move's place: what it makes has it. */
function moveOf(tuple: MoveTuple, eventId: string, ticketTypes: readonly string[], ownId: string): Move {
  switch (tuple[0]) {
    case 'h': {
      const [, userId, key, fingerprint, expiresAt, ...quantities] = tuple;
      const lines = linesOf(quantities, ticketTypes);
      const request = { key, fingerprint };
      return { kind: 'held', terms: { holdId: ownId, userId, lines, expiresAt, request } };
    }
    case 'o': {
      const [, suffix, userId, key, fingerprint, expiresAt, ...quantities] = tuple;
      const lines = linesOf(quantities, ticketTypes);
      const request = { key, fingerprint };
      const entryId = `${eventId}-${suffix}`;
      return { kind: 'held', terms: { holdId: ownId, userId, lines, expiresAt, request, entryId } };
    }
    case 'r':
      return { kind: 'released', holdId: `${eventId}-${tuple[1]}` };
    case 'x':
      return { kind: 'expired', holdId: `${eventId}-${tuple[1]}` };
    case 'c':
      return { kind: 'confirmed', holdId: `${eventId}-${tuple[1]}`, orderId: tuple[2] };
    case 's': {
      const [, orderId, userId, ...quantities] = tuple;
      return { kind: 'sold', orderId, userId, lines: linesOf(quantities, ticketTypes) };
    }
    case 'n':
      return { kind: 'refused', orderId: tuple[1] };
    case 'z': {
      const [, ticketType, capacity, poolId] = tuple;
      const resized = { kind: 'resized', ticketTypeId: ticketTypes[ticketType] ?? '', capacity } as const;
      return poolId === undefined ? resized : { ...resized, poolId };
    }
    case 'p':
      return { kind: 'pool-resized', poolId: tuple[1], capacity: tuple[2] };
    case 'e': {
      const [, suffix, expiresAt, key] = tuple;
      return { kind: 'extended', holdId: `${eventId}-${suffix}`, expiresAt, key };
    }
    case 't': {
      const [, ticketId, issue, key, fingerprint] = tuple;
      return { kind: 'transferred', ticketId, issue, request: { key, fingerprint } };
    }
    case 'v': {
      const [, orderId, userId, ticketIds, ...quantities] = tuple;
      return { kind: 'returned', orderId, userId, ticketIds, lines: linesOf(quantities, ticketTypes) };
    }
    case 'b':
      return { kind: 'blocked', ticketId: `${eventId}-${tuple[1]}` };
    case 'u':
      return { kind: 'unblocked', ticketId: `${eventId}-${tuple[1]}` };
    case 'a': {
      const [, ...scan] = tuple;
      return { kind: 'scanned', scan: scanOf(scan, eventId, ticketTypes) };
    }
    case 'j': {
      const [, ...terms] = tuple;
      return { kind: 'joined', entry: termsOf(terms, ownId, ticketTypes) };
    }
    case 'w':
      return { kind: 'withdrawn', entryId: `${eventId}-${tuple[1]}` };
  }
}

function endOf(hold: Hold): EndTuple {
  switch (hold.status) {
    case 'held':
      return [];
    case 'released':
      return ['r', hold.endedAt];
    case 'expired':
      return ['x', hold.endedAt];
    case 'confirmed':
      return ['c', hold.endedAt, hold.orderId];
  }
}

const suffixIn = (holdId: string): string => holdId.slice(27);
