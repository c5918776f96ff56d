import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { add, formatMoney, isCurrency, minorDigits, money, negate, sameMoney, times, zero } from './money';

const amounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

describe('money', () => {
  it('is a whole number of minor units of a currency that there is', () => {
    expect(money(4800, 'EUR')).toEqual({ amountMinor: 4800, currency: 'EUR' });
    expect(() => money(48.5, 'EUR')).toThrow(RangeError);
    expect(() => money(Number.NaN, 'EUR')).toThrow(RangeError);
    expect(() => money(2 ** 53, 'EUR')).toThrow(RangeError);
    expect(() => money(1, 'eur')).toThrow(RangeError);
    expect(() => money(1, 'EURO')).toThrow(RangeError);
    expect([isCurrency('JPY'), isCurrency('XYZ')]).toEqual([true, false]);
  });

  it('adds within one currency only', () => {
    expect(add(money(1, 'EUR'), money(2, 'EUR'), money(3, 'EUR'))).toEqual(money(6, 'EUR'));
    expect(add(money(7, 'EUR'))).toEqual(money(7, 'EUR'));
    expect(() => add(money(1, 'EUR'), money(2, 'USD'))).toThrow('EUR and USD');
  });

  it('loses nothing by adding, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 1, maxLength: 20 }), (minor) => {
        const [first, ...rest] = minor.map((one) => money(one, 'EUR'));
        const sum = minor.reduce((total, one) => total + one, 0);
        return (
          add(first!, ...rest).amountMinor === sum &&
          add(rest[0] ?? zero('EUR'), first!, ...rest.slice(1)).amountMinor === sum
        );
      }),
    );
  });

  it('and its negative are nothing together, and nothing has one spelling', () => {
    fc.assert(
      fc.property(amounts, (minor) =>
        sameMoney(add(money(minor, 'EUR'), negate(money(minor, 'EUR'))), zero('EUR')),
      ),
    );
    expect(Object.is(negate(zero('EUR')).amountMinor, 0)).toBe(true);
  });

  it('times a quantity is that many of it', () => {
    expect(times(money(2500, 'USD'), 2)).toEqual(money(5000, 'USD'));
    expect(() => times(money(2500, 'USD'), 1.3333)).toThrow(RangeError);
  });

  it('is the same when amount and currency are', () => {
    expect([
      sameMoney(money(1, 'EUR'), money(1, 'EUR')),
      sameMoney(money(1, 'EUR'), money(1, 'USD')),
      sameMoney(money(1, 'EUR'), money(2, 'EUR')),
    ]).toEqual([true, false, false]);
  });

  it.each([
    ['EUR', 2, 3050, '€30.50'],
    ['JPY', 0, 3000, '¥3,000'],
    ['KWD', 3, 1250, 'KWD\u00a01.250'],
    ['USD', 2, -5, '-$0.05'],
  ])('of %s has %i digits after the point', (currency, digits, minor, text) => {
    expect(minorDigits(currency)).toBe(digits);
    expect(formatMoney(money(minor, currency))).toBe(text);
  });
});
