import { describe, expect, it } from '@jest/globals';
import { before } from '../kernel';
import {
  balcony,
  bundle,
  closesAt,
  codeOf,
  evening,
  key,
  keyOf,
  opensAt,
  quietGate,
  stalls,
  ticketId,
} from '../../test/scanning/evening';
import { verifyTicketCode } from '../tokens';
import { reasonAgainst, type EventAtTheGate, type Scanned } from './decide';
import { findKeyAmong } from './keys';

const findKey = findKeyAmong(bundle().keys);
const scanned = (code: string, changes: Partial<Scanned> = {}): Scanned => ({
  verdict: verifyTicketCode(code, findKey),
  gateId: 'main',
  direction: 'in',
  at: evening,
  ...changes,
});
const own = codeOf(ticketId(1));
const admitted = { at: before(evening, { minutes: 5 }), gateId: 'main' };
const is = (state: 'void' | 'blocked') => ({ statusOf: () => ({ issue: 1, state }) });
const inside = { presenceOf: () => ({ isInside: true, admitted }) };
const left = { presenceOf: () => ({ isInside: false, admitted }) };
const reEntry = { rules: { ...bundle().rules, reEntry: true } };
const forged = codeOf(ticketId(1), 1, stalls, { ...keyOf(8), keyId: key.keyId });

type Row = readonly [
  what: string,
  answer: ReturnType<typeof reasonAgainst>,
  code: string,
  asked?: Partial<Scanned>,
  known?: Partial<EventAtTheGate>,
];
const rows: readonly Row[] = [
  ['a ticket that comes in time', undefined, own],
  ['another QR code', 'unknown', 'https://example.org'],
  ['a ticket by a key that nobody published', 'unknown', codeOf(ticketId(1), 1, stalls, keyOf(8))],
  ['a ticket under a seal that is not its own', 'forged', forged],
  ['a ticket of another event', 'other-event', codeOf(ticketId(1, '01jv0h5c9n3yq8t6w2b4d7f1gb'))],
  ['a ticket that was given back', 'void', own, {}, is('void')],
  [
    'the old code of a ticket that was passed on',
    'void',
    own,
    {},
    { statusOf: () => ({ issue: 2, state: 'valid' }) },
  ],
  ['a code that is newer than what was heard of', undefined, codeOf(ticketId(1), 2)],
  ['a ticket of an event that was cancelled', 'void', own, {}, { isCancelled: true }],
  ['a ticket that is blocked', 'blocked', own, {}, is('blocked')],
  ['a ticket of a type that goes in elsewhere', 'other-gate', own, { gateId: 'stairs' }],
  [
    'a ticket of a type that this gate admits',
    undefined,
    codeOf(ticketId(1), 1, balcony),
    { gateId: 'stairs' },
  ],
  ['a gate that is not there', 'other-gate', own, { gateId: 'window' }],
  [
    'a ticket the moment before the doors open',
    'too-early',
    own,
    { at: before(opensAt, { milliseconds: 1 }) },
  ],
  ['a ticket as the doors open', undefined, own, { at: opensAt }],
  ['a ticket as the doors close', 'too-late', own, { at: closesAt }],
  ['a ticket that is in', 'already-in', own, {}, inside],
  ['a ticket that is in, though it could come back', 'already-in', own, {}, { ...inside, ...reEntry }],
  ['a ticket that has left for good', 'already-in', own, {}, left],
  ['a ticket that comes back', undefined, own, {}, { ...left, ...reEntry }],
  [
    'who leaves, whatever has become of the ticket',
    undefined,
    own,
    { direction: 'out', at: closesAt },
    is('void'),
  ],
  ['who leaves with a code that is not one', 'unknown', 'x', { direction: 'out' }],
  [
    'who leaves with the code of who has passed the ticket on',
    'void',
    own,
    { direction: 'out' },
    { statusOf: () => ({ issue: 2, state: 'valid' }) },
  ],
];

describe('the rule of the gates', () => {
  it.each(rows)('of %s: %s', (_, answer, code, asked = {}, known = {}) => {
    expect(reasonAgainst(scanned(code, asked), quietGate(known))).toBe(answer);
  });
});
