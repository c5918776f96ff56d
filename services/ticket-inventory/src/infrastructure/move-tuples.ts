import type { Instant } from '@boxoffice/shared/kernel';
import type { HoldTerms } from '../core/hold';
import type { Move } from '../core/move';
import { termsOf, termsTuple, type TermsTuple } from './entry-tuples';
import { forOf, paymentOf, paymentTuple, whoseIn, type For, type PaymentTuple } from './for-tuples';
import { linesOf, suffixIn, type Quantities, type TypeList } from './quantities';
import { scanOf, scanTuple, type ScanTuple } from './scan-tuples';

export type MoveTuple =
  | readonly ['h', userId: string, key: string, fingerprint: string, expiresAt: Instant, ...Quantities]
  /** For somebody or something in particular. */
  | readonly ['f', For, userId: string, key: string, fingerprint: string, expiresAt: Instant, ...Quantities]
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
  | readonly ['j', ...TermsTuple]
  | readonly ['g', userId: string, key: string, fingerprint: string]
  | readonly ['k', suffix: string, userId: string]
  | readonly ['y', suffix: string, ...PaymentTuple];

export function tupleOf(move: Move, types: TypeList): MoveTuple {
  switch (move.kind) {
    case 'held': {
      const { userId, request, expiresAt, lines, entryId, part } = move.terms;
      const terms = [
        userId,
        request.key,
        request.fingerprint,
        expiresAt,
        ...types.quantities(lines),
      ] as const;
      return entryId === undefined && !part ? ['h', ...terms] : ['f', forOf(move.terms), ...terms];
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
    case 'grouped': {
      const { userId, request } = move.group;
      return ['g', userId, request.key, request.fingerprint];
    }
    case 'claimed':
      return ['k', suffixIn(move.holdId), move.userId];
    case 'paid':
      return ['y', suffixIn(move.holdId), ...paymentTuple(move.payment)];
  }
}

/** `ownId` is that of the move's place: what it makes has it. */
export function moveOf(
  tuple: MoveTuple,
  eventId: string,
  ticketTypes: readonly string[],
  ownId: string,
): Move {
  switch (tuple[0]) {
    case 'h': {
      const [, ...terms] = tuple;
      return { kind: 'held', terms: heldTerms(terms, ownId, ticketTypes) };
    }
    case 'f': {
      const [, whose, ...terms] = tuple;
      return { kind: 'held', terms: { ...heldTerms(terms, ownId, ticketTypes), ...whoseIn(whose, eventId) } };
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
    case 'g': {
      const [, userId, key, fingerprint] = tuple;
      return { kind: 'grouped', group: { groupId: ownId, userId, request: { key, fingerprint } } };
    }
    case 'k':
      return { kind: 'claimed', holdId: `${eventId}-${tuple[1]}`, userId: tuple[2] };
    case 'y': {
      const [, suffix, ...payment] = tuple;
      return { kind: 'paid', holdId: `${eventId}-${suffix}`, payment: paymentOf(payment) };
    }
  }
}

function heldTerms(
  [userId, key, fingerprint, expiresAt, ...quantities]: readonly [
    string,
    string,
    string,
    Instant,
    ...Quantities,
  ],
  holdId: string,
  ticketTypes: readonly string[],
): HoldTerms {
  const lines = linesOf(quantities, ticketTypes);
  return { holdId, userId, lines, expiresAt, request: { key, fingerprint } };
}
