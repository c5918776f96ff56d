import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromMilliseconds } from '@boxoffice/shared/kernel';
import { balcony, eventId, orderId, stalls } from '../../test/season';
import { admissionReasons, directions } from '@boxoffice/shared/scanning';
import type { GroupStanding } from '../core/group';
import type { Hold, Line } from '../core/hold';
import type { Memory } from '../core/memory';
import type { Move } from '../core/move';
import { holdIdAt } from '../core/places';
import type { Scan } from '../core/scan';
import type { Standing } from '../core/waiting-entry';
import { expiriesIn, offersIn, readSegment, readSnapshot, segmentBody, snapshotBody } from './stock-bodies';

const at = fc.nat({ max: 4e12 }).map(fromMilliseconds);
const holdId = fc.nat({ max: 1e9 }).map((sequence) => holdIdAt(eventId, { epoch: 1, sequence, index: 3 }));
const order = fc.nat({ max: 999_999 }).map(orderId);
const ticketTypeId = fc.constantFrom(stalls, balcony);
const quantity = fc.integer({ min: 1, max: 1000 });
const seats = fc.array(fc.string());
const lines = fc.array(
  fc.oneof(fc.record({ ticketTypeId, quantity }), fc.record({ ticketTypeId, quantity, seats })),
  { minLength: 1, maxLength: 3 },
);
const termsOf = {
  holdId,
  userId: fc.string(),
  lines,
  expiresAt: at,
  request: fc.record({ key: fc.string(), fingerprint: fc.string() }),
};
const terms = fc.record(termsOf);
const offered = fc.record({ ...termsOf, entryId: holdId });
const part = fc.record({ groupId: holdId, number: fc.integer({ min: 1, max: 20 }), invitation: fc.string() });
const ofGroup = fc.record({ ...termsOf, part });
const payment = fc.record({ orderId: order, traceparent: fc.string() }, { requiredKeys: ['orderId'] });
const request = fc.record({ key: fc.string(), fingerprint: fc.string() });
const entry = {
  entryId: holdId,
  userId: fc.string(),
  ticketTypeId,
  quantity,
  request,
};
const standing = fc.oneof<fc.Arbitrary<Standing>[]>(
  fc.constant({ state: 'waiting' }),
  fc.record({ state: fc.constant('offered' as const), holdId }),
  fc.record({
    state: fc.constantFrom('taken' as const, 'lapsed' as const, 'withdrawn' as const),
    endedAt: at,
  }),
);
const groupStanding = fc.oneof<fc.Arbitrary<GroupStanding>[]>(
  fc.constant({ state: 'open' }),
  fc.record({
    state: fc.constantFrom('complete' as const, 'released' as const, 'expired' as const),
    endedAt: at,
  }),
);
const entries = fc.oneof(fc.record(entry), fc.record({ ...entry, accessCode: fc.string() }));
const ticketId = holdId.map((prefix) => `${prefix}-1`);
const passage = {
  nonce: fc.string(),
  at,
  direction: fc.constantFrom(...directions),
  gateId: fc.constantFrom('', 'main'),
};
const ticket = fc.record({ ticketId, ticketTypeId });
const reason = fc.constantFrom(...admissionReasons);
const deviceId = order;
const scan: fc.Arbitrary<Scan> = fc.oneof(
  fc.record(
    { ...passage, passed: fc.constant(true as const), ticket, reason, deviceId },
    { requiredKeys: ['nonce', 'at', 'direction', 'gateId', 'passed', 'ticket'] },
  ),
  fc.record(
    { ...passage, passed: fc.constant(false as const), ticket, reason, deviceId },
    { requiredKeys: ['nonce', 'at', 'direction', 'gateId', 'passed', 'reason'] },
  ),
);
const moves = fc.array(
  fc.oneof<fc.Arbitrary<Move>[]>(
    fc.record({ kind: fc.constant('resized' as const), ticketTypeId, capacity: fc.nat() }),
    fc.record({
      kind: fc.constant('resized' as const),
      ticketTypeId,
      capacity: fc.nat(),
      poolId: fc.string(),
    }),
    fc.record({ kind: fc.constant('pool-resized' as const), poolId: fc.string(), capacity: fc.nat() }),
    fc.record({ kind: fc.constant('extended' as const), holdId, expiresAt: at, key: fc.string() }),
    fc.record({
      kind: fc.constant('returned' as const),
      orderId: order,
      userId: fc.string(),
      ticketIds: fc.array(fc.string()),
      lines,
    }),
    fc.record({ kind: fc.constantFrom('blocked' as const, 'unblocked' as const), ticketId }),
    fc.record({ kind: fc.constant('scanned' as const), scan }),
    fc.record({ kind: fc.constant('held' as const), terms: fc.oneof(terms, offered, ofGroup) }),
    fc.record({ kind: fc.constant('joined' as const), entry: entries }),
    fc.record({ kind: fc.constant('withdrawn' as const), entryId: holdId }),
    fc.record({
      kind: fc.constant('grouped' as const),
      group: fc.record({ groupId: holdId, userId: fc.string(), request }),
    }),
    fc.record({ kind: fc.constant('claimed' as const), holdId, userId: fc.string() }),
    fc.record({ kind: fc.constant('paid' as const), holdId, payment }),
    fc.record({ kind: fc.constantFrom('released' as const, 'expired' as const), holdId }),
    fc.record({ kind: fc.constant('confirmed' as const), holdId, orderId: order }),
    fc.record({ kind: fc.constant('sold' as const), orderId: order, userId: fc.string(), lines }),
    fc.record({ kind: fc.constant('refused' as const), orderId: order }),
    fc.record({
      kind: fc.constant('transferred' as const),
      ticketId: fc.string(),
      issue: fc.nat(),
      request: fc.record({ key: fc.string(), fingerprint: fc.string() }),
    }),
  ),
);
const onTheWire = <T>(body: T): T => JSON.parse(JSON.stringify(body)) as T;

describe('the documents of an event', () => {
  it('give back every segment as it was, each hold and entry with the id of its place', () => {
    fc.assert(
      fc.property(moves, at, fc.nat(), (made, when, sequence) => {
        const placed = made.map((move, index) => {
          const own = holdIdAt(eventId, { epoch: 1, sequence, index });
          if (move.kind === 'held') return { ...move, terms: { ...move.terms, holdId: own } };
          if (move.kind === 'grouped') return { ...move, group: { ...move.group, groupId: own } };
          return move.kind === 'joined' ? { ...move, entry: { ...move.entry, entryId: own } } : move;
        });
        const segment = { epoch: 1, sequence, commitId: 'c', at: when, chain: 'h', moves: placed };
        const body = onTheWire(segmentBody(segment));
        expect(readSegment(eventId, body)).toEqual(segment);
        expect(expiriesIn(body)).toEqual(
          placed.flatMap((move) =>
            move.kind === 'held' ? [move.terms.expiresAt] : move.kind === 'extended' ? [move.expiresAt] : [],
          ),
        );
        expect(offersIn(eventId, body)).toEqual(
          placed.flatMap((move) => {
            if (move.kind !== 'held' || move.terms.entryId === undefined) return [];
            const { entryId, holdId, userId, expiresAt } = move.terms;
            const offer = { eventId, entryId, holdId, userId, expiresAt, offeredAt: when };
            return move.terms.lines.map(({ ticketTypeId: type, quantity: size }: Line) => {
              return { ...offer, ticketTypeId: type, quantity: size };
            });
          }),
        );
      }),
    );
  });

  it('give back everything remembered as it was', () => {
    const ends = fc.oneof<fc.Arbitrary<Partial<Hold>>[]>(
      fc.constant({ status: 'held' }),
      fc.record({ status: fc.constantFrom('released' as const, 'expired' as const), endedAt: at }),
      fc.record({ status: fc.constant('confirmed' as const), endedAt: at, orderId: order }),
    );
    const extensions = fc.oneof(
      fc.constant({}),
      fc.record({
        extension: fc.record({ count: fc.constantFrom(1, 2), key: fc.string(), insteadOf: at }),
      }),
    );
    const holds = fc
      .tuple(
        fc.oneof(terms, offered, ofGroup),
        ends,
        extensions,
        fc.oneof(fc.constant({}), fc.record({ paid: payment })),
      )
      .map(([own, end, more, paid]): Memory => ({
        kind: 'hold',
        hold: { ...own, ...end, ...more, ...paid } as Hold,
      }));
    const memories = fc.oneof<fc.Arbitrary<Memory>[]>(
      holds,
      fc.record({ kind: fc.constant('bought' as const), userId: fc.string(), ticketTypeId, quantity }),
      fc.record({ kind: fc.constant('seat-sold' as const), seat: fc.string() }),
      fc.record({
        kind: fc.constant('ticket' as const),
        ticketId: fc.string(),
        mark: fc.record({ issue: fc.nat(), isVoid: fc.boolean(), changedAt: fc.nat() }),
      }),
      fc.record({
        kind: fc.constant('scan' as const),
        recorded: fc.record({ sequence: fc.nat(), scan }),
      }),
      fc
        .tuple(entries, fc.record({ joinedAt: at, passedOver: fc.nat(), standing }))
        .map(([own, more]): Memory => ({ kind: 'entry', entry: { ...own, ...more } })),
      fc.record({
        kind: fc.constant('group' as const),
        group: fc.record({
          groupId: holdId,
          userId: fc.string(),
          request,
          holdIds: fc.array(holdId),
          standing: groupStanding,
        }),
      }),
    );
    fc.assert(
      fc.property(fc.array(memories), (all) =>
        expect(readSnapshot(eventId, onTheWire(snapshotBody(all)))).toEqual(all),
      ),
    );
  });

  it('take some hundred bytes a hold', () => {
    const one = {
      userId: '5f1d8c3a-7b2e-4d6f-8a90-1c2b3d4e5f60',
      lines: [{ ticketTypeId: stalls, quantity: 2 }],
      expiresAt: fromMilliseconds(0),
    };
    const request = { key: 'k'.repeat(22), fingerprint: 'f'.repeat(22) };
    const made = Array.from({ length: 1000 }, (_, index): Move => ({
      kind: 'held',
      terms: { ...one, request, holdId: `${index}` },
    }));
    const body = segmentBody({
      epoch: 1,
      sequence: 1,
      commitId: 'c',
      at: fromMilliseconds(0),
      chain: 'h',
      moves: made,
    });
    expect(JSON.stringify(body).length / 1000).toBeLessThan(150);
  });
});
