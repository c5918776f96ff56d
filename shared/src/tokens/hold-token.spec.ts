import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import crypto from 'node:crypto';
import { mutants } from '../../test/mutants';
import { instant, type Instant } from '../kernel';
import {
  publicKeyFrom,
  sealHolds,
  signingKeyFrom,
  VerifiedRoots,
  verifyHoldToken,
  type FindKey,
  type HoldClaims,
} from '.';

const holdKey = signingKeyFrom('hold', new Uint8Array(32).fill(7));
const ticketKey = signingKeyFrom('ticket', new Uint8Array(32).fill(9));
const published = new Map([holdKey, ticketKey].map((key) => [key.keyId, publicKeyFrom(key.publicKey)]));
const findKey: FindKey = (keyId) => published.get(keyId);

const eventId = '01jv0h5c9n3yq8t6w2b4d7f1ga';
const claims: HoldClaims = {
  holdId: `${eventId}-10000012003`,
  eventId,
  userId: '5f1d8c3a-7b2e-4d6f-8a90-1c2b3d4e5f60',
  lines: [{ ticketTypeId: '01jv0h5c9n8m1s4k7p0r3v6x9z', quantity: 2 }],
  expiresAt: instant('2027-01-05T10:30:00Z'),
};
const early = instant('2027-01-05T10:29:59.999Z');
const together = (count: number): HoldClaims[] =>
  Array.from({ length: count }, (_, i) => ({ ...claims, holdId: `${eventId}-1000001${i}` }));
const alone = (one: HoldClaims, key = holdKey): string => sealHolds([one], key)(0);
const verdictOn = (token: string) => verifyHoldToken(token, findKey, early);
const refused = (fault: string) => ({ valid: false, fault });

describe('a hold token', () => {
  it('gives back what was sealed, to whoever has the public key', () => {
    expect(verdictOn(alone(claims))).toEqual({ valid: true, claims, keyId: holdKey.keyId });
  });

  it('vouches for each of the holds that were made together, however many there are, and is the same each time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (count, any) => {
        const holds = together(count);
        const at = any % count;
        const token = sealHolds(holds, holdKey)(at);
        expect(verdictOn(token)).toEqual({ valid: true, claims: holds[at], keyId: holdKey.keyId });
        expect(sealHolds(holds, holdKey)(at)).toBe(token);
      }),
    );
  });

  it('grows by 44 characters each time that the holds double, and by no more', () => {
    const least = alone(claims).length;
    const longestOf = (count: number) =>
      Math.max(
        ...together(count).map((_, at) => sealHolds(together(count).fill(claims), holdKey)(at).length),
      );
    expect([1, 2, 3, 4, 5, 8, 9].map((count) => (longestOf(count) - least) / 44)).toEqual([
      0, 1, 2, 2, 3, 3, 4,
    ]);
    expect(sealHolds(together(2000), holdKey)(0).length).toBeLessThan(least + 11 * 44 + 10);
  });

  it('has expired at the moment of its expiry', () => {
    expect(verifyHoldToken(alone(claims), findKey, claims.expiresAt)).toEqual(refused('expired'));
  });

  it.each([
    ['of a hold that was alone', 1, 0],
    ['of the first of six', 6, 0],
    ['of the last of five, which has no partner on its way', 5, 4],
  ])('%s is refused after any change of one character', (_, count, at) => {
    const token = sealHolds(together(count), holdKey)(at);
    const passed = [...mutants(token)].filter((mutant) => verdictOn(mutant).valid);
    expect(passed).toEqual([]);
  });

  it('is refused with a path that is not its own: of a neighbour, shorter, longer, turned over, in another order', () => {
    const token = sealHolds(together(8), holdKey);
    const [opening, content, proof] = partsOf(token(2));
    const steps = proof.slice(0, -86).match(/.{44}/g) ?? [];
    const signature = proof.slice(-86);
    expect(verdictOn([opening, content, steps.join('') + signature].join('.')).valid).toBe(true);
    const turned = steps.map((step) => (step.startsWith('l') ? 'r' : 'l') + step.slice(1));
    const wrong = [
      partsOf(token(3))[2].slice(0, -86).match(/.{44}/g) ?? [],
      steps.slice(1),
      steps.slice(0, -1),
      [],
      [...steps, steps[0] ?? ''],
      turned,
      steps.map((step, i) => (i === 1 ? (turned[i] ?? '') : step)),
      [...steps].reverse(),
    ];
    for (const path of wrong)
      expect(verdictOn([opening, content, path.join('') + signature].join('.'))).toEqual(refused('forged'));
  });

  it('is refused for claims that were not among the holds', () => {
    const token = sealHolds(together(4), holdKey)(1);
    const [opening, , proof] = partsOf(token);
    const [, other] = partsOf(alone({ ...claims, userId: 'somebody-else' }));
    expect(verdictOn([opening, other, proof].join('.'))).toEqual(refused('forged'));
  });

  it('is not had for an inner node of the tree: the two hashes below it that pass for claims are forged', () => {
    const token = sealHolds(together(2), holdKey);
    const [opening, , proof] = partsOf(token(0));
    // Each one's path is the other's hash.
    const hashes = partsOf(token(1))[2].slice(1, 44) + proof.slice(1, 44);
    expect(verdictOn([opening, hashes, proof.slice(-86)].join('.'))).toEqual(refused('forged'));
  });

  it('by a key that nobody published is told apart from a forged one', () => {
    const foreign = signingKeyFrom('hold', new Uint8Array(32).fill(8));
    expect(verdictOn(alone(claims, foreign))).toEqual(refused('unknown-key'));
    expect(verdictOn(alone(claims, { ...foreign, keyId: holdKey.keyId }))).toEqual(refused('forged'));
  });

  it('is not vouched for by the key of tickets', () => {
    expect(verdictOn(alone(claims, ticketKey))).toEqual(refused('unknown-key'));
  });

  it('with claims of another shape is malformed, though sealed', () => {
    const shapes: HoldClaims[] = [
      { ...claims, lines: [] },
      { ...claims, holdId: 'x' },
      { ...claims, expiresAt: 'never' as Instant },
      { ...claims, lines: [{ ticketTypeId: 'a', quantity: 0 }] },
    ];
    for (const shape of shapes) expect(verdictOn(alone(shape))).toEqual(refused('malformed'));
  });

  it('longer than any that is made is malformed', () => {
    const lines = Array.from({ length: 90 }, (_, i) => ({
      ticketTypeId: `type-${i}-${'x'.repeat(20)}`,
      quantity: 1,
    }));
    expect(verdictOn(alone({ ...claims, lines }))).toEqual(refused('malformed'));
  });
});

describe('a hold token of version 1', () => {
  // Nobody makes them any more; those that were made stay good.
  const token =
    'BH1.h-gKy7.WyIwMWp2MGg1YzluM3lxOHQ2dzJiNGQ3ZjFnYS0xMDAwMDAxMjAwMyIsIjVmMWQ4YzNhLTdiMmUtNGQ2Zi04YTkwLTFjMmIzZDRlNWY2MCIsW1siMDFqdjBoNWM5bjhtMXM0azdwMHIzdjZ4OXoiLDJdXSwxNzk5MTQ1MDAwMDAwXQ.Rn54O9XLqFt1nY2FhXcmfLOA1vq9CvIIUhJJmlYdOvNwxX4KgS10BfL3Hg4cwym2D5WSJA3BWayoQDgQP8PSAQ';

  it('is read as it was', () => {
    expect(verdictOn(token)).toEqual({ valid: true, claims, keyId: holdKey.keyId });
    expect(verifyHoldToken(token, findKey, claims.expiresAt)).toEqual(refused('expired'));
  });

  it('is refused after any change of one character', () => {
    expect([...mutants(token)].filter((mutant) => verdictOn(mutant).valid)).toEqual([]);
  });

  it('does not become one of version 2, nor the other way about', () => {
    expect(verdictOn(token.replace('BH1', 'BH2'))).toEqual(refused('forged'));
    expect(verdictOn(alone(claims).replace('BH2', 'BH1'))).toEqual(refused('forged'));
  });
});

describe('roots that were verified', () => {
  const count = (roots: VerifiedRoots, tokens: readonly string[], find = findKey) => {
    const asked = jest.spyOn(crypto, 'verify');
    const valid = tokens.filter((token) => verifyHoldToken(token, find, early, roots).valid).length;
    const { length } = asked.mock.calls;
    asked.mockRestore();
    return { valid, checks: length };
  };
  const tokensOf = (holds: HoldClaims[]) => holds.map((_, at) => sealHolds(holds, holdKey)(at));

  it('save the checks of holds that were made together', () => {
    expect(count(new VerifiedRoots(), tokensOf(together(20)))).toEqual({ valid: 20, checks: 1 });
  });

  it('vouch for no token whose path leads elsewhere, no other signature, and under no other key', () => {
    const roots = new VerifiedRoots();
    const [token = ''] = tokensOf(together(3));
    expect(count(roots, [token])).toEqual({ valid: 1, checks: 1 });
    expect(
      [...mutants(token)].filter((mutant) => verifyHoldToken(mutant, findKey, early, roots).valid),
    ).toEqual([]);
    const another = publicKeyFrom(signingKeyFrom('hold', new Uint8Array(32).fill(8)).publicKey);
    expect(count(roots, [token], () => another)).toEqual({ valid: 0, checks: 1 });
  });

  it('are forgotten, the oldest first, when there are too many', () => {
    const roots = new VerifiedRoots(2);
    const [a = '', b = '', c = ''] = together(3).map((hold) => alone(hold));
    expect(count(roots, [a, b, c])).toEqual({ valid: 3, checks: 3 });
    expect(count(roots, [c, b])).toEqual({ valid: 2, checks: 0 });
    expect(count(roots, [a])).toEqual({ valid: 1, checks: 1 });
  });
});

/** `BH2.<key id>`, claims, path and signature. */
function partsOf(token: string): [opening: string, content: string, proof: string] {
  const [version = '', keyId = '', content = '', proof = ''] = token.split('.');
  return [`${version}.${keyId}`, content, proof];
}
