import { describe, expect, it } from '@jest/globals';
import { money } from '@boxoffice/shared/kernel';
import { GatewayRefused } from '../../core/gateway';
import { UnreadableAnswer } from './answer';
import { fromPayPal, toPayPal } from './paypal-money';

describe('an amount at PayPal', () => {
  it.each([
    ['EUR', 9605, '96.05'],
    ['EUR', 5, '0.05'],
    ['JPY', 9600, '9600'],
    ['HUF', 1045, '1045'],
    ['TWD', 104_500, '1045'],
  ])('in %s: %i of ours are %s of theirs', (currency, ours, theirs) => {
    expect(toPayPal(money(ours, currency))).toEqual({ currencyCode: currency, value: theirs });
    expect(fromPayPal(theirs, currency)).toEqual(money(ours, currency));
  });

  it('is refused, and not rounded, where PayPal counts in less', () => {
    expect(() => toPayPal(money(104_550, 'TWD'))).toThrow(GatewayRefused);
    expect(() => toPayPal(money(0, 'EUR'))).toThrow(GatewayRefused);
  });

  it('is read whichever way it went, and not when it is none', () => {
    expect(fromPayPal('-96.5', 'EUR')).toEqual(money(9650, 'EUR'));
    expect(fromPayPal('5.00', 'JPY')).toEqual(money(5, 'JPY'));
    for (const [value, currency] of [
      ['5.50', 'JPY'],
      ['1e3', 'EUR'],
      ['', 'EUR'],
      [undefined, 'EUR'],
      ['5', 'XXZ'],
      ['5', undefined],
    ])
      expect(() => fromPayPal(value, currency)).toThrow(UnreadableAnswer);
  });
});
