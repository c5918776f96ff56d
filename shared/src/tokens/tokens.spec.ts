import { describe, expect, it } from '@jest/globals';
import { mutants } from '../../test/mutants';
import { encodeTicketCode, publicKeyFrom, signingKeyFrom, verifyTicketCode, type FindKey } from '.';

const holdKey = signingKeyFrom('hold', new Uint8Array(32).fill(7));
const ticketKey = signingKeyFrom('ticket', new Uint8Array(32).fill(9));
const published = new Map([holdKey, ticketKey].map((key) => [key.keyId, publicKeyFrom(key.publicKey)]));
const findKey: FindKey = (keyId) => published.get(keyId);

const eventId = '01jv0h5c9n3yq8t6w2b4d7f1ga';
const ticket = { ticketId: `${eventId}-10000012003-2`, ticketTypeId: '01jv0h5c9n8m1s4k7p0r3v6x9z', issue: 1 };

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
