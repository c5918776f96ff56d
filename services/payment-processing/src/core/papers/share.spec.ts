import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shareOut } from './share';

describe('sharing an amount out', () => {
  it('gives all of it, and to no part more than it is', () => {
    const parts = fc.array(
      fc.maxSafeNat().map((part) => part % 1_000_000_000_000),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(parts, fc.double({ min: 0, max: 1, noNaN: true }), (all, how) => {
        const sum = all.reduce((total, part) => total + part, 0);
        const amount = Math.floor(sum * how);
        const shares = shareOut(amount, all);
        expect(shares.reduce((total, share) => total + share, 0)).toBe(amount);
        shares.forEach((share, i) => expect(share >= 0 && share <= all[i]!).toBe(true));
      }),
    );
  });

  it('follows the proportion, and the largest remainders beyond it', () => {
    expect(shareOut(100, [5000, 3000, 2000])).toEqual([50, 30, 20]);
    expect(
      shareOut(
        10,
        [1, 1, 1].map((part) => part * 100),
      ),
    ).toEqual([4, 3, 3]);
  });
});
