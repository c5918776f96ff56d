import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UnreadableAnswer } from './answer';
import { fromDecimal, toDecimal } from './decimal';

describe('an amount with a decimal point', () => {
  it.each([
    ['96.00', 9600, 'EUR'],
    ['0.05', 5, 'EUR'],
    ['0.00', 0, 'EUR'],
    ['9600', 9600, 'JPY'],
    ['0.005', 5, 'KWD'],
    ['9.600', 9600, 'KWD'],
  ])('%s stands for %d of %s', (decimal, amountMinor, currency) => {
    expect(toDecimal({ amountMinor, currency })).toBe(decimal);
    expect(fromDecimal(decimal, currency)).toEqual({ amountMinor, currency });
  });

  it.each<[unknown, number]>([
    [96, 9600],
    [96.1, 9610],
    [0.07, 7],
    ['96.1000', 9610],
    ['-96.10', -9610],
  ])('may be written otherwise: %s', (decimal, amountMinor) => {
    expect(fromDecimal(decimal, 'EUR')).toEqual({ amountMinor, currency: 'EUR' });
  });

  it.each<[unknown, unknown]>([
    ['96.001', 'EUR'],
    ['96.5', 'JPY'],
    ['1e3', 'EUR'],
    ['', 'EUR'],
    [undefined, 'EUR'],
    [Number.NaN, 'EUR'],
    ['96', 'XXZ'],
    ['99999999999999999', 'EUR'],
  ])('is none of ours: %s %s', (decimal, currency) => {
    expect(() => fromDecimal(decimal, currency)).toThrow(UnreadableAnswer);
  });

  it('comes back as it was, in any currency', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.constantFrom('EUR', 'JPY', 'KWD', 'CLP', 'BRL'),
        (amountMinor, currency) => {
          const money = { amountMinor, currency };
          expect(fromDecimal(toDecimal(money), currency)).toEqual(money);
          expect(fromDecimal(Number(toDecimal(money)), currency)).toEqual(money);
        },
      ),
    );
  });
});
