import { describe, expect, it } from '@jest/globals';
import { eventPublished, stockChain, type EventPublished } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import type { Line } from '../../../ticket-inventory/src/core/hold';
import type { Move } from '../../../ticket-inventory/src/core/move';
import type { OrderOutcome, Root } from '../../../ticket-inventory/src/core/ports';
import { stockLinesOf } from '../../../ticket-inventory/src/core/stock-lines';
import { Recount } from './recount';

const { sample } = eventPublished;
const [stall] = sample.ticketTypes;
const event = {
  ...sample,
  ticketTypes: [
    { ...stall, ticketTypeId: 'stalls', capacity: 4, poolId: 'hall', maxPerBuyer: 3 },
    { ...stall, ticketTypeId: 'boxes', capacity: 3, poolId: 'hall' },
  ],
  pools: [{ poolId: 'hall', name: 'Hall', capacity: 5 }],
  seatMap: {
    sections: [{ name: 'Hall', rows: [{ name: 'A', ticketTypeId: 'boxes', first: 1, last: 4, gaps: [2] }] }],
  },
} as EventPublished;

const at = '2027-01-04T10:00:00.000Z' as Instant;
const later = '2027-01-04T10:15:00.000Z' as Instant;
const over = '2027-01-04T10:20:00.000Z' as Instant;
const offered: readonly Move[] = [
  { kind: 'pool-resized', poolId: 'hall', capacity: 5 },
  { kind: 'resized', ticketTypeId: 'stalls', capacity: 4, poolId: 'hall' },
  { kind: 'resized', ticketTypeId: 'boxes', capacity: 3, poolId: 'hall' },
];
const stalls = (quantity: number): Line => ({ ticketTypeId: 'stalls', quantity });
const boxes = (...numbers: number[]): Line => ({
  ticketTypeId: 'boxes',
  quantity: numbers.length,
  seats: numbers.map((number) => `Hall/A/${number}`),
});
const held = (suffix: string, userId: string, ...lines: Line[]): Move => ({
  kind: 'held',
  terms: { holdId: idOf(suffix), userId, lines, expiresAt: later, request: { key: 'k', fingerprint: 'f' } },
});
const idOf = (suffix: string): string => `${sample.eventId}-${suffix}`;
const issued = (orderId: string, ...tickets: { ticketTypeId: string; seat?: string }[]): OrderOutcome =>
  ({
    orderId,
    status: 'issued',
    tickets: tickets.map((ticket, i) => ({ ...ticket, ticketId: `${orderId}-${i}`, code: 'c' })),
  }) as never;

/** What is told of a history of commits, the first of them the offer, and of the root that it ends in. */
function faultsOf(
  commits: readonly (readonly Move[])[],
  orders: readonly OrderOutcome[] = [],
  rootOf: (root: Root) => Root = (root) => root,
  when: Instant = at,
): readonly string[] {
  const faults: string[] = [];
  const recount = new Recount(event, (what) => faults.push(what));
  let chain: string = event.eventId;
  for (const [before, moves] of [offered, ...commits].entries()) {
    const lines = stockLinesOf(moves);
    if (lines.length > 0) chain = stockChain(chain, before + 1, when, lines);
    recount.add({ epoch: 1, sequence: before + 1, commitId: 'c', at: when, moves, chain }, orders);
  }
  recount.compare(rootOf({ ...root, sequence: commits.length + 1, chain }));
  return faults;
}

const root: Root = {
  fence: '',
  epoch: 1,
  sequence: 1,
  eventVersion: event.version,
  chain: '',
  allotments: [
    { ticketTypeId: 'stalls', capacity: 4, held: 0, sold: 0, poolId: 'hall' },
    { ticketTypeId: 'boxes', capacity: 3, held: 0, sold: 0, poolId: 'hall' },
  ],
  pools: [{ poolId: 'hall', capacity: 5 }],
};
const holding =
  (stallsHeld: number, boxesHeld: number, stallsSold = 0) =>
  (before: Root): Root => ({
    ...before,
    nextDue: later,
    allotments: before.allotments.map((one) =>
      one.ticketTypeId === 'stalls'
        ? { ...one, held: stallsHeld, sold: stallsSold }
        : { ...one, held: boxesHeld },
    ),
  });

describe('a recount', () => {
  it('is content with a history that adds up', () => {
    const history = [
      [held('a', 'ada', stalls(2), boxes(1, 3))],
      [{ kind: 'released', holdId: idOf('a') } as const, held('b', 'ben', stalls(3))],
      [{ kind: 'extended', holdId: idOf('b'), expiresAt: over, key: 'e' } as const],
      [{ kind: 'confirmed', holdId: idOf('b'), orderId: 'one' } as const],
      [
        {
          kind: 'transferred',
          ticketId: 'one-0',
          issue: 2,
          request: { key: 'k', fingerprint: 'f' },
        } as const,
      ],
    ];
    const order = issued('one', ...[1, 2, 3].map(() => ({ ticketTypeId: 'stalls' })));
    expect(faultsOf(history, [order], holding(0, 0, 3))).toEqual([]);
  });

  it.each<[string, readonly (readonly Move[])[], RegExp]>([
    ['more held than there is', [[held('a', 'ada', stalls(3)), held('b', 'ben', stalls(2))]], /5 of stalls/],
    ['a pool overdrawn', [[held('a', 'ada', stalls(3), boxes(1, 3, 4))]], /more of pool hall/],
    [
      'a seat held twice',
      [[held('a', 'ada', boxes(1)), held('b', 'ben', boxes(1))]],
      /seat Hall\/A\/1 is taken/,
    ],
    ['a seat that is none', [[held('a', 'ada', boxes(2))]], /are the seats Hall\/A\/2/],
    [
      'a seat without its number',
      [[held('a', 'ada', { ticketTypeId: 'boxes', quantity: 1 })]],
      /are the seats $/,
    ],
    ['a limit passed', [[held('a', 'ada', stalls(2)), held('b', 'ada', stalls(2))]], /more than 3 of stalls/],
    [
      'an end without a beginning',
      [[{ kind: 'released', holdId: idOf('z') }]],
      /ended twice, or never began/,
    ],
    [
      'an expiry too early',
      [[held('a', 'ada', stalls(1)), { kind: 'expired', holdId: idOf('a') }]],
      /too early/,
    ],
    [
      'more time than anyone gets',
      [
        [held('a', 'ada', stalls(1))],
        [1, 2, 3].map(() => ({ kind: 'extended' as const, holdId: idOf('a'), expiresAt: over, key: 'e' })),
      ],
      /was extended/,
    ],
    [
      'an order without its record',
      [[held('a', 'ada', stalls(1)), { kind: 'confirmed', holdId: idOf('a'), orderId: 'none' }]],
      /order none is undefined/,
    ],
    [
      'other tickets than were paid for',
      [[{ kind: 'sold', orderId: 'one', userId: 'ada', lines: [stalls(2)] }]],
      /not what it paid for/,
    ],
    [
      'an order that is settled twice',
      [
        [
          { kind: 'sold', orderId: 'one', userId: 'ada', lines: [stalls(1)] },
          { kind: 'sold', orderId: 'one', userId: 'ada', lines: [stalls(1)] },
        ],
      ],
      /settled twice/,
    ],
    [
      'a ticket passed on out of turn',
      [[{ kind: 'transferred', ticketId: 'one-0', issue: 3, request: { key: 'k', fingerprint: 'f' } }]],
      /as its issue 3/,
    ],
    [
      'a ticket given back that was never had',
      [[{ kind: 'returned', orderId: 'one', userId: 'ada', ticketIds: ['one-9'], lines: [] }]],
      /one-9 was given back/,
    ],
  ])('tells of %s', (_, commits, fault) => {
    const faults = faultsOf(commits, [issued('one', { ticketTypeId: 'stalls' })]);
    expect(faults.some((one) => fault.test(one))).toBe(true);
  });

  it('tells of a sale that came when its hold was over', () => {
    const sold: Move = { kind: 'confirmed', holdId: idOf('a'), orderId: 'one' };
    const order = issued('one', { ticketTypeId: 'stalls' });
    expect(faultsOf([[held('a', 'ada', stalls(1)), sold]], [order], (same) => same, over)).toContain(
      `${idOf('a')} was confirmed when it was over`,
    );
  });

  it.each<[string, (root: Root) => Root, RegExp]>([
    ['other counts', holding(1, 0), /adds up to capacity 4, held 0/],
    ['another place', (before) => ({ ...before, sequence: 7 }), /root stands at 7/],
    ['another chain', (before) => ({ ...before, chain: 'x' }), /chain/],
    ['another pool', (before) => ({ ...before, pools: [{ poolId: 'hall', capacity: 6 }] }), /pool hall/],
    [
      'another offer',
      (before) => ({ ...before, allotments: before.allotments.slice(1) }),
      /4 of stalls are offered/,
    ],
  ])('tells of a root with %s', (_, change, fault) => {
    expect(faultsOf([], [], change).join('\n')).toMatch(fault);
  });

  it('tells of a hold that nobody would end', () => {
    const faults = faultsOf([[held('a', 'ada', stalls(1))]], [], (before) => ({
      ...holding(1, 0)(before),
      nextDue: over,
    }));
    expect(faults.join('\n')).toMatch(/falls due at/);
  });

  it('tells of a commit that is missing', () => {
    const faults: string[] = [];
    const recount = new Recount(event, (what) => faults.push(what));
    recount.add({ epoch: 1, sequence: 2, commitId: 'c', at, moves: [], chain: event.eventId }, []);
    expect(faults).toEqual(['commit 2 follows 0']);
  });
});
