import type { Instant } from '@boxoffice/shared/kernel';
import type { Allotment } from '../core/allotment';
import type { Pool } from '../core/counts';
import type { GroupStanding } from '../core/group';
import type { Extension, Hold } from '../core/hold';
import type { Memory } from '../core/memory';
import type { TicketMark } from '../core/ticket-book';
import { entryOf, entryTuple, type EntryTuple } from './entry-tuples';
import { forOf, paymentOf, paymentTuple, whoseIn, type For, type PaymentTuple } from './for-tuples';
import { linesOf, suffixIn, type Quantities, type TypeList } from './quantities';
import { scanOf, scanTuple, type ScanTuple } from './scan-tuples';

export type MemoryTuple =
  | readonly ['allotment', Allotment]
  | readonly ['pool', Pool]
  | HoldTuple
  | readonly ['bought', userId: string, ticketType: number, quantity: number]
  | readonly ['seat', seat: string]
  | readonly ['ticket', ticketId: string, TicketMark]
  | readonly ['scan', sequence: number, ...ScanTuple]
  | readonly ['entry', suffix: string, ...EntryTuple]
  | readonly [
      'group',
      suffix: string,
      userId: string,
      key: string,
      fingerprint: string,
      GroupStanding,
      ...partSuffixes: readonly string[],
    ];

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

/** Extended so often; paid for, and waiting for its group. */
interface Besides extends For {
  readonly e?: ExtensionTuple;
  readonly y?: PaymentTuple;
}

type EndTuple = readonly [] | readonly ['r' | 'x', Instant] | readonly ['c', Instant, orderId: string];

export function memoryTuple(memory: Memory, types: TypeList): MemoryTuple {
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
    case 'group': {
      const { groupId, userId, request, standing, holdIds } = memory.group;
      const parts = holdIds.map(suffixIn);
      return ['group', suffixIn(groupId), userId, request.key, request.fingerprint, standing, ...parts];
    }
  }
}

export function memoryOf(tuple: MemoryTuple, eventId: string, ticketTypes: readonly string[]): Memory {
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
    case 'group': {
      const [kind, suffix, userId, key, fingerprint, standing, ...parts] = tuple;
      const holdIds = parts.map((part) => `${eventId}-${part}`);
      const terms = { groupId: `${eventId}-${suffix}`, userId, request: { key, fingerprint } };
      return { kind, group: { ...terms, holdIds, standing } };
    }
  }
}

const besidesOf = (hold: Hold): Besides => ({
  ...forOf(hold),
  ...(hold.extension ? { e: extensionTuple(hold.extension) } : {}),
  ...(hold.paid ? { y: paymentTuple(hold.paid) } : {}),
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
    ...(besides.y ? { paid: paymentOf(besides.y) } : {}),
    ...whoseIn(besides, eventId),
  };
  if (how === undefined) return { ...terms, status: 'held' };
  if (how === 'c') return { ...terms, status: 'confirmed', endedAt, orderId };
  return { ...terms, status: how === 'r' ? 'released' : 'expired', endedAt };
}

const extensionTuple = ({ count, key, insteadOf }: Extension): ExtensionTuple => [count, key, insteadOf];
const extensionOf = ([count, key, insteadOf]: ExtensionTuple) => ({ count, key, insteadOf });

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
