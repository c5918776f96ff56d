import { describe, expect, it } from '@jest/globals';
import { instant, type Instant } from '../kernel';
import {
  encodeTicketCode,
  publicKeyFrom,
  signHoldToken,
  signingKeyFrom,
  verifyHoldToken,
  verifyTicketCode,
  type FindKey,
} from '.';

const holdKey = signingKeyFrom('hold', new Uint8Array(32).fill(7));
const ticketKey = signingKeyFrom('ticket', new Uint8Array(32).fill(9));
const published = new Map([holdKey, ticketKey].map((key) => [key.keyId, publicKeyFrom(key.publicKey)]));
const findKey: FindKey = (keyId) => published.get(keyId);

const eventId = '01jv0h5c9n3yq8t6w2b4d7f1ga';
const claims = {
  holdId: `${eventId}-10000012003`,
  eventId,
  userId: '5f1d8c3a-7b2e-4d6f-8a90-1c2b3d4e5f60',
  lines: [{ ticketTypeId: '01jv0h5c9n8m1s4k7p0r3v6x9z', quantity: 2 }],
  expiresAt: instant('2027-01-05T10:30:00Z'),
};
const early = instant('2027-01-05T10:29:59.999Z');
const ticket = { ticketId: `${eventId}-10000012003-2`, ticketTypeId: '01jv0h5c9n8m1s4k7p0r3v6x9z', issue: 1 };

/** Every text that differs from this one in one character, by one of a few others. */
function* mutants(text: string): Generator<string> {
  for (let place = 0; place < text.length; place++) {
    for (const other of 'AQgw09-_.=~')
      if (other !== text[place]) yield text.slice(0, place) + other + text.slice(place + 1);
    yield text.slice(0, place) + text.slice(place + 1);
  }
  for (const more of ['=', '.', 'A', ' ']) yield text + more;
}

describe('a hold token', () => {
  const token = signHoldToken(claims, holdKey);

  it('gives back what was signed, to whoever has the public key', () => {
    expect(verifyHoldToken(token, findKey, early)).toEqual({ valid: true, claims, keyId: holdKey.keyId });
  });

  it('has expired at the moment of its expiry', () => {
    expect(verifyHoldToken(token, findKey, claims.expiresAt)).toEqual({ valid: false, fault: 'expired' });
  });

  it('is refused after any change of one character', () => {
    let tried = 0;
    for (const mutant of mutants(token)) {
      expect(verifyHoldToken(mutant, findKey, early).valid).toBe(false);
      tried++;
    }
    expect(tried).toBeGreaterThan(3000);
  });

  it('by a key that nobody published is told apart from a forged one', () => {
    const foreign = signingKeyFrom('hold', new Uint8Array(32).fill(8));
    expect(verifyHoldToken(signHoldToken(claims, foreign), findKey, early)).toEqual({
      valid: false,
      fault: 'unknown-key',
    });
    const forged = signHoldToken(claims, { ...foreign, keyId: holdKey.keyId });
    expect(verifyHoldToken(forged, findKey, early)).toEqual({ valid: false, fault: 'forged' });
  });

  it('is not vouched for by the key of tickets', () => {
    expect(verifyHoldToken(signHoldToken(claims, ticketKey), findKey, early)).toEqual({
      valid: false,
      fault: 'unknown-key',
    });
  });

  it('with claims of another shape is malformed, though signed', () => {
    const shapes = [
      { ...claims, lines: [] },
      { ...claims, holdId: 'x' },
      { ...claims, expiresAt: 'never' as Instant },
    ];
    const broken = [...shapes, { ...claims, lines: [{ ticketTypeId: 'a', quantity: 0 }] }];
    for (const shape of broken)
      expect(verifyHoldToken(signHoldToken(shape, holdKey), findKey, early)).toEqual({
        valid: false,
        fault: 'malformed',
      });
  });
});

describe('a ticket code', () => {
  const code = encodeTicketCode(ticket, ticketKey);

  it('gives back what was signed, without a network', () => {
    expect(verifyTicketCode(code, findKey)).toEqual({
      valid: true,
      ticket: { ...ticket, eventId },
      keyId: ticketKey.keyId,
    });
  });

  it('fits a QR code of version 9 at level M', () => {
    expect(code.length).toBeLessThanOrEqual(180);
  });

  it('carries any ticket id of its grammar', () => {
    for (const ticketId of [
      `${eventId}-0-1`,
      `${eventId}-000-65535`,
      `7zzzzzzzzzzzzzzzzzzzzzzzzz-zzzzzzzzzzzz-1`,
    ]) {
      expect(verifyTicketCode(encodeTicketCode({ ...ticket, ticketId }, ticketKey), findKey)).toMatchObject({
        ticket: { ticketId },
      });
    }
    for (const ticketId of [
      eventId,
      `${eventId}-0-0`,
      `${eventId}-0-65536`,
      `${eventId}-u-1`,
      `8${eventId.slice(1)}-0-1`,
    ]) {
      expect(() => encodeTicketCode({ ...ticket, ticketId }, ticketKey)).toThrow(RangeError);
    }
  });

  it('is refused after any change of one character', () => {
    let tried = 0;
    for (const mutant of mutants(code)) {
      expect(verifyTicketCode(mutant, findKey).valid).toBe(false);
      tried++;
    }
    expect(tried).toBeGreaterThan(1500);
  });

  it('is not vouched for by the key of holds', () => {
    expect(verifyTicketCode(encodeTicketCode(ticket, holdKey), findKey)).toEqual({
      valid: false,
      fault: 'unknown-key',
    });
  });
});

describe('a signing key', () => {
  it('is decided by its seed, and tells its purpose', () => {
    expect(signingKeyFrom('hold', new Uint8Array(32).fill(7))).toMatchObject({
      keyId: holdKey.keyId,
      publicKey: holdKey.publicKey,
    });
    expect(holdKey.keyId).toMatch(/^h-[\w-]{4}$/);
    expect(ticketKey.keyId).toMatch(/^t-[\w-]{4}$/);
    expect(() => signingKeyFrom('hold', new Uint8Array(31))).toThrow(RangeError);
  });
});
