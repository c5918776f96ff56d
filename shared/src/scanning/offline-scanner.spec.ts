import { beforeEach, describe, expect, it } from '@jest/globals';
import { after } from '../kernel';
import { bundle, codeOf, evening, keyOf, ticketId } from '../../test/scanning/evening';
import { mostScansAtOnce, OfflineScanner } from './offline-scanner';

const own = codeOf(ticketId(1));
const later = (minutes: number) => after(evening, { minutes });
let nonces: number;
const scannerWith = (taken = bundle()) => new OfflineScanner(taken, () => `nonce-${nonces++}`);

beforeEach(() => {
  nonces = 0;
});

describe('a scanner without a network', () => {
  it('lets a ticket in once, and tells when and where that was', () => {
    const scanner = scannerWith();
    expect(scanner.scan(own, 'main', evening)).toMatchObject({
      result: 'accepted',
      ticket: { ticketId: ticketId(1) },
    });
    expect(scanner.scan(own, 'main', later(1))).toMatchObject({
      result: 'refused',
      reason: 'already-in',
      admittedBefore: { at: evening, gateId: 'main' },
    });
  });

  it('refuses the old code of a ticket that was passed on, once it has heard of that', () => {
    const scanner = scannerWith();
    expect(scanner.scan(own, 'main', evening, 'out').result).toBe('accepted');
    scanner.learn(bundle({ cursor: '1', tickets: [{ ticketId: ticketId(1), issue: 2, state: 'valid' }] }));
    expect(scanner.cursor).toBe('1');
    expect(scanner.scan(own, 'main', later(1))).toMatchObject({ result: 'refused', reason: 'void' });
    expect(scanner.scan(codeOf(ticketId(1), 2), 'main', later(2)).result).toBe('accepted');
    scanner.learn(bundle({ cursor: '2', tickets: [{ ticketId: ticketId(2), issue: 1, state: 'blocked' }] }));
    expect(scanner.scan(own, 'main', later(3)).reason).toBe('void');
    expect(scanner.scan(codeOf(ticketId(2)), 'main', later(3)).reason).toBe('blocked');
  });

  it('knows a key that has begun to sign since, and every one before it', () => {
    const scanner = scannerWith();
    const next = keyOf(10);
    const code = codeOf(ticketId(2), 1, undefined, next);
    expect(scanner.scan(code, 'main', evening).reason).toBe('unknown');
    scanner.learn(bundle({ keys: [...bundle().keys, { kid: next.keyId, x: next.publicKey }] }));
    expect(scanner.scan(code, 'main', evening).result).toBe('accepted');
    expect(scanner.scan(own, 'main', evening).result).toBe('accepted');
  });

  it('goes by what it heard of other gates, and by its own scans after that', () => {
    const heard = {
      ticketId: ticketId(1),
      isInside: true,
      admittedAt: later(1),
      gateId: 'main',
      lastAt: later(1),
    };
    const rules = { ...bundle().rules, reEntry: true };
    const scanner = scannerWith(bundle({ rules, admissions: [heard] }));
    expect(scanner.scan(own, 'main', later(2))).toMatchObject({
      reason: 'already-in',
      admittedBefore: { at: later(1) },
    });
    expect(scanner.scan(own, 'main', later(3), 'out').result).toBe('accepted');
    expect(scanner.scan(own, 'main', later(4)).result).toBe('accepted');
    scanner.learn(bundle({ rules, admissions: [{ ...heard, isInside: false, lastAt: later(5) }] }));
    expect(scanner.scan(own, 'main', later(6)).result).toBe('accepted');
  });

  it('keeps what it scanned, refused too, until that has arrived', () => {
    const scanner = scannerWith();
    for (let i = 1; i <= mostScansAtOnce + 1; i++) scanner.scan(codeOf(ticketId(i)), 'main', evening);
    scanner.scan('x'.repeat(4000), 'main', evening);
    const first = scanner.toUpload();
    expect(first).toHaveLength(mostScansAtOnce);
    expect(first[0]).toEqual({
      nonce: 'nonce-0',
      at: evening,
      direction: 'in',
      gateId: 'main',
      code: own,
      result: 'accepted',
    });
    expect(scanner.toUpload()).toEqual(first);
    scanner.arrived(first.map(({ nonce }) => nonce));
    const [, unknown, ...more] = scanner.toUpload();
    expect(unknown).toMatchObject({ result: 'refused', reason: 'unknown', code: 'x'.repeat(300) });
    expect(more).toEqual([]);
    // What has arrived is not forgotten.
    expect(scanner.scan(own, 'main', later(1)).reason).toBe('already-in');
  });

  it('is for one event', () => {
    const other = bundle({ eventId: '01jv0h5c9n3yq8t6w2b4d7f1gb' });
    expect(() => scannerWith().learn(other)).toThrow('is not');
  });
});
