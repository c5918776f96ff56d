import type { Instant } from '@boxoffice/shared/kernel';
import type { EventOnSale } from '../core/event-on-sale';
import type { Hold, HoldTerms, Line } from '../core/hold';
import type { Move, Segment } from '../core/move';
import { holdIdAt } from '../core/places';
import type { OrderOutcome, Root } from '../core/ports';

// The documents of an event's partition. Moves and holds are many and small, so they are tuples, and ticket types in them
// are numbers: places in the list that the document carries.

export type RootBody = { readonly type: 'stock'; readonly commitId: string } & Omit<Root, 'fence'>;
export type EventBody = { readonly type: 'event'; readonly event: EventOnSale };
export type OrderBody = { readonly type: 'order'; readonly order: OrderOutcome };

export interface SegmentBody extends Omit<Segment, 'moves'> {
  readonly type: 'segment';
  readonly ticketTypes: readonly string[];
  readonly moves: readonly MoveTuple[];
}

type Quantities = readonly number[]; // ticket type, quantity, ticket type, quantity …
type MoveTuple =
  | readonly ['h', userId: string, key: string, fingerprint: string, expiresAt: Instant, ...Quantities]
  | readonly ['r' | 'x', suffix: string]
  | readonly ['c', suffix: string, orderId: string]
  | readonly ['s', orderId: string, userId: string, ...Quantities]
  | readonly ['n', orderId: string]
  | readonly ['z', ticketType: number, capacity: number];

export interface SnapshotBody {
  readonly type: 'snapshot';
  readonly ticketTypes: readonly string[];
  readonly holds: readonly HoldTuple[];
}

type HoldTuple = readonly [
  suffix: string,
  userId: string,
  key: string,
  fingerprint: string,
  expiresAt: Instant,
  ended: readonly [] | readonly ['r' | 'x', Instant] | readonly ['c', Instant, orderId: string],
  ...quantities: Quantities,
];

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
  { epoch, sequence, commitId, at, moves, ticketTypes }: SegmentBody,
): Segment {
  const read = moves.map((tuple, index) =>
    moveOf(tuple, eventId, ticketTypes, holdIdAt(eventId, { epoch, sequence, index })),
  );
  return { epoch, sequence, commitId, at, moves: read };
}

/** When the holds that were made in this segment expire. */
export const expiriesIn = (body: SegmentBody): readonly Instant[] =>
  body.moves.flatMap((tuple) => (tuple[0] === 'h' ? [tuple[4]] : []));

export function snapshotBody(holds: readonly Hold[]): SnapshotBody {
  const types = new TypeList();
  const tuples = holds.map((hold): HoldTuple => {
    const { holdId, userId, request, expiresAt, lines } = hold;
    return [
      suffixIn(holdId),
      userId,
      request.key,
      request.fingerprint,
      expiresAt,
      endOf(hold),
      ...types.quantities(lines),
    ];
  });
  return { type: 'snapshot', holds: tuples, ticketTypes: types.list };
}

export function readSnapshot(eventId: string, { holds, ticketTypes }: SnapshotBody): readonly Hold[] {
  return holds.map(([suffix, userId, key, fingerprint, expiresAt, ended, ...quantities]) => {
    const holdId = `${eventId}-${suffix}`;
    const lines = linesOf(quantities, ticketTypes);
    const terms: HoldTerms = { holdId, userId, lines, expiresAt, request: { key, fingerprint } };
    const [how, endedAt, orderId] = ended;
    if (how === undefined) return { ...terms, status: 'held' };
    if (how === 'c') return { ...terms, status: 'confirmed', endedAt, orderId };
    return { ...terms, status: how === 'r' ? 'released' : 'expired', endedAt };
  });
}

class TypeList {
  readonly list: string[] = [];

  numberOf(ticketTypeId: string): number {
    const at = this.list.indexOf(ticketTypeId);
    return at >= 0 ? at : this.list.push(ticketTypeId) - 1;
  }

  quantities = (lines: readonly Line[]): Quantities =>
    lines.flatMap((line) => [this.numberOf(line.ticketTypeId), line.quantity]);
}

function linesOf(quantities: Quantities, ticketTypes: readonly string[]): readonly Line[] {
  const lines: Line[] = [];
  for (let i = 0; i < quantities.length; i += 2) {
    lines.push({ ticketTypeId: ticketTypes[quantities[i] ?? -1] ?? '', quantity: quantities[i + 1] ?? 0 });
  }
  return lines;
}

function tupleOf(move: Move, types: TypeList): MoveTuple {
  switch (move.kind) {
    case 'held': {
      const { userId, request, expiresAt, lines } = move.terms;
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
    case 'resized':
      return ['z', types.numberOf(move.ticketTypeId), move.capacity];
  }
}

function moveOf(tuple: MoveTuple, eventId: string, ticketTypes: readonly string[], holdId: string): Move {
  switch (tuple[0]) {
    case 'h': {
      const [, userId, key, fingerprint, expiresAt, ...quantities] = tuple;
      const lines = linesOf(quantities, ticketTypes);
      return { kind: 'held', terms: { holdId, userId, lines, expiresAt, request: { key, fingerprint } } };
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
    case 'z':
      return { kind: 'resized', ticketTypeId: ticketTypes[tuple[1]] ?? '', capacity: tuple[2] };
  }
}

function endOf(hold: Hold): HoldTuple[5] {
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
