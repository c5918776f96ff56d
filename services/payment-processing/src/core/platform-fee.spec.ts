import { describe, expect, it } from '@jest/globals';
import { feeOn } from './platform-fee';

const fee = { basisPoints: 250, fixed: { EUR: 25 } };

describe('what the platform keeps', () => {
  it.each([
    [9600, 'EUR', 265],
    [20, 'EUR', 20], // never more than was paid
    [0, 'EUR', 0],
    [9600, 'JPY', 240], // no fixed part in that currency
    [60, 'JPY', 2], // 1.5, half up
    [59, 'JPY', 1],
  ])('of %s %s is %s', (amountMinor, currency, kept) => {
    expect(feeOn({ amountMinor, currency }, fee)).toEqual({ amountMinor: kept, currency });
  });
});
