import type { Instant } from '@boxoffice/shared/kernel';
import type { AdmissionRules } from '../core/admission-rules';
import type { EventOnSale } from '../core/event-on-sale';
import type { Memory } from '../core/memory';
import type { Segment } from '../core/move';
import type { Note } from '../core/note';
import { holdIdAt } from '../core/places';
import type { Offer, OrderOutcome, Root } from '../core/ports';
import { memoryOf, memoryTuple, type MemoryTuple } from './memory-tuples';
import { moveOf, tupleOf, type MoveTuple } from './move-tuples';
import { TypeList } from './quantities';

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

export interface SnapshotBody {
  readonly type: 'snapshot';
  readonly ticketTypes: readonly string[];
  readonly memories: readonly MemoryTuple[];
}

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
      case 'f':
        return [tuple[5]];
      case 'e':
        return [tuple[2]];
      default:
        return [];
    }
  });

/** What was offered in this segment. */
export function offersIn(eventId: string, body: SegmentBody): readonly Offer[] {
  if (!body.moves.some(([kind]) => kind === 'f')) return [];
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
