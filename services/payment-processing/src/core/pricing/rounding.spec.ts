import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { apportion, portion, sum } from './rounding';

const weights = fc.array(fc.integer({ min: 0, max: 2 ** 45 }), { minLength: 1, maxLength: 20 });

describe('rounding', () => {
  it('is half up, and exact beyond what a number counts', () => {
    expect([portion(5, 1, 10), portion(4, 1, 10), portion(15, 1, 10)]).toEqual([1, 0, 2]);
    expect(portion(9_007_199_254_740_991, 9_999_999, 10_000_000)).toBe(9_007_198_354_021_066);
  });

  it('gives shares that sum to the whole, each within one of what is exact', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (each, part) => {
        const all = sum(each);
        const total = Math.floor(all * part);
        const shares = apportion(total, each);
        expect(sum(shares)).toBe(total);
        shares.forEach((share, at) => {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(each[at]!);
          if (all > 0) {
            const exact = (BigInt(total) * BigInt(each[at]!)) / BigInt(all);
            expect([exact, exact + 1n]).toContain(BigInt(share));
          }
        });
      }),
    );
  });

  it('favours who lost most, and the first of equals', () => {
    expect(apportion(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(apportion(10, [1, 2, 3])).toEqual([2, 3, 5]);
    expect(apportion(0, [0, 0])).toEqual([0, 0]);
    expect(() => apportion(1, [0, 0])).toThrow('nobody bears');
  });
});
