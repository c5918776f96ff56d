import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { priceOrder } from './price-order';

describe('the price of an order', () => {
  it('is the sum of its lines to the minor unit, in currencies of 0, 2 and 3 decimals', () => {
    const line = fc.record({
      quantity: fc.integer({ min: 1, max: 100 }),
      unit: fc.integer({ min: 0, max: 10_000_000 }),
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('JPY', 'EUR', 'KWD'),
        (lines, currency) => {
          const held = lines.map(({ quantity }, i) => ({ ticketTypeId: `t${i}`, quantity }));
          const prices = lines.map(({ unit }, i) => ({
            ticketTypeId: `t${i}`,
            name: `T${i}`,
            price: { amountMinor: unit, currency },
          }));
          const quote = priceOrder(held, prices);
          expect(quote.total).toEqual({
            amountMinor: lines.reduce((sum, { quantity, unit }) => sum + quantity * unit, 0),
            currency,
          });
          quote.lines.forEach((one, i) =>
            expect(one.gross.amountMinor).toBe(one.quantity * (lines[i]?.unit ?? -1)),
          );
        },
      ),
    );
  });

  it('is not known where a ticket type has none, nor for nothing', () => {
    const price = { ticketTypeId: 'a', name: 'A', price: { amountMinor: 1, currency: 'EUR' } };
    expect(() => priceOrder([{ ticketTypeId: 'b', quantity: 1 }], [price])).toThrow(/price/);
    expect(() => priceOrder([], [price])).toThrow(/price/);
  });
});
