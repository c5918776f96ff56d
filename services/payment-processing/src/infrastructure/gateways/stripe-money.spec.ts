import { describe, expect, it } from '@jest/globals';
import { money } from '@boxoffice/shared/kernel';
import { GatewayRefused } from '../../core/gateway';
import { UnreadableAnswer } from './answer';
import { fromStripe, toStripe } from './stripe-money';

describe('an amount at Stripe', () => {
  it.each([
    ['EUR', 9600, 9600], // 96.00
    ['JPY', 9600, 9600], // no decimals, here and there
    ['KWD', 9600, 9600], // 9.600
    ['ISK', 5, 500], // no decimals here; hundredths there
    ['UGX', 5, 500],
    ['HUF', 1045, 104_500], // none here; two there
    ['TWD', 104_500, 104_500],
  ])('in %s: %i of ours are %i of theirs', (currency, ours, theirs) => {
    expect(toStripe(money(ours, currency))).toEqual({ amount: theirs, currency: currency.toLowerCase() });
    expect(fromStripe(theirs, currency.toLowerCase())).toEqual(money(ours, currency));
  });

  it('of three decimals ends in 0, or is refused and not rounded', () => {
    expect(() => toStripe(money(5124, 'KWD'))).toThrow(GatewayRefused);
  });

  it('of a part of what we count in is not read', () => {
    expect(() => fromStripe(550, 'isk')).toThrow(UnreadableAnswer);
    expect(() => fromStripe(1.5, 'eur')).toThrow(UnreadableAnswer);
    expect(() => fromStripe(100, 'xxz')).toThrow(UnreadableAnswer);
    expect(() => fromStripe('100', 'eur')).toThrow(UnreadableAnswer);
  });
});
