import { instant } from '../../src/kernel';
import type { EventAtTheGate, ScanBundle } from '../../src/scanning';
import { neverIn } from '../../src/scanning';
import { encodeTicketCode, signingKeyFrom, type SigningKey } from '../../src/tokens';

export const eventId = '01jv0h5c9n3yq8t6w2b4d7f1ga';
export const stalls = '01jv0h5c9n8m1s4k7p0r3v6x9z';
export const balcony = '01jv0h5c9nbbbbbbbbbbbbbbbb';
export const opensAt = instant('2027-02-12T17:30:00Z');
export const closesAt = instant('2027-02-12T20:15:00Z');
export const evening = instant('2027-02-12T18:00:00Z');

export const keyOf = (seed: number): SigningKey => signingKeyFrom('ticket', new Uint8Array(32).fill(seed));
export const key = keyOf(9);

export const ticketId = (number: number, of = eventId): string => `${of}-010000012003-${number}`;
export const codeOf = (id: string, issue = 1, ticketTypeId = stalls, by = key): string =>
  encodeTicketCode({ ticketId: id, ticketTypeId, issue }, by);

export const bundle = (changes: Partial<ScanBundle> = {}): ScanBundle => ({
  eventId,
  cursor: '0',
  isComplete: true,
  event: {
    title: 'Winterreise by candlelight',
    startsAt: instant('2027-02-12T18:30:00Z'),
    endsAt: closesAt,
    timeZone: 'Europe/Vienna',
    isCancelled: false,
    ticketTypes: [
      { ticketTypeId: stalls, name: 'Stalls' },
      { ticketTypeId: balcony, name: 'Balcony' },
    ],
  },
  rules: {
    reEntry: false,
    opensAt,
    closesAt,
    gates: [
      { gateId: 'main', name: 'Main entrance' },
      { gateId: 'stairs', name: 'Stairs', ticketTypeIds: [balcony] },
    ],
  },
  keys: [{ kid: key.keyId, x: key.publicKey }],
  tickets: [],
  admissions: [],
  ...changes,
});

/** Everybody has a valid ticket, and nobody has come yet. */
export const quietGate = (changes: Partial<EventAtTheGate> = {}): EventAtTheGate => ({
  eventId,
  isCancelled: false,
  rules: bundle().rules,
  statusOf: () => ({ issue: 1, state: 'valid' }),
  presenceOf: () => neverIn,
  ...changes,
});
