import { describe, expect, it } from '@jest/globals';
import { money } from '@boxoffice/shared/kernel';
import fc from 'fast-check';
import type { Order } from './order';
import type { PricedLine } from './pricing/price';
import { cardMoneyOf, moneyOfTickets } from './ticket-money';

interface Drawn {
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly size: number | undefined;
  readonly gross: number;
}

const currency = 'EUR';
const lineOf = ({ ticketTypeId, quantity, size, gross }: Drawn): PricedLine => ({
  ticketTypeId,
  name: ticketTypeId,
  quantity,
  unitPrice: money(gross, currency),
  taxCategory: 'standard',
  listTotal: money(gross, currency),
  discount: money(0, currency),
  net: money(gross, currency),
  tax: money(0, currency),
  gross: money(gross, currency),
  ...(size === undefined ? {} : { package: { name: 'four', size } }),
});

function orderOf(lines: readonly Drawn[], feeMinor = 0, giftMinor = 0): Pick<Order, 'tickets' | 'price'> {
  const total = lines.reduce((sum, { gross }) => sum + gross, feeMinor);
  const types = lines.flatMap(({ ticketTypeId, quantity, size = 1 }) =>
    Array.from({ length: quantity * size }, () => ticketTypeId),
  );
  return {
    tickets: types.map((ticketTypeId, i) => ({ ticketId: `t${i}`, ticketTypeId, code: '' })),
    price: {
      lines: lines.map(lineOf),
      fees: [],
      discounts: [],
      taxes: [],
      total: money(total, currency),
      giftCards: [],
      due: money(total - giftMinor, currency),
    },
  };
}

const sharesOf = (order: Pick<Order, 'tickets' | 'price'>): number[] =>
  [...moneyOfTickets(order as Order).values()].map(({ amountMinor }) => amountMinor);
const sum = (shares: readonly number[]): number => shares.reduce((total, share) => total + share, 0);

const drawn: fc.Arbitrary<Drawn> = fc.record({
  ticketTypeId: fc.constantFrom('a', 'b', 'c'),
  quantity: fc.integer({ min: 1, max: 7 }),
  size: fc.constantFrom(undefined, 4),
  gross: fc.nat(1_000_000),
});

describe('what each ticket was paid for with', () => {
  it('adds up to what was asked for the tickets, whatever the discounts, tiers and packages', () => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 5 }), fc.nat(10_000), (lines, fee) => {
        expect(sum(sharesOf(orderOf(lines, fee)))).toBe(lines.reduce((all, { gross }) => all + gross, 0));
      }),
    );
  });

  it('is all that was paid at the gateway, and to the gift card all that it paid, where it paid a part', () => {
    fc.assert(
      fc.property(
        fc.array(drawn, { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lines, part) => {
          const total = lines.reduce((all, { gross }) => all + gross, 0);
          const order = orderOf(lines, 0, Math.floor(total * part));
          expect(sum(sharesOf(order))).toBe(order.price.due.amountMinor);
          const ids = order.tickets.map(({ ticketId }) => ticketId);
          expect(cardMoneyOf(order, ids).amountMinor).toBe(Math.floor(total * part));
        },
      ),
    );
  });

  it('is that of its own tier, and differs within one by a cent at most', () => {
    const line = { ticketTypeId: 'a', size: undefined };
    expect(
      sharesOf(
        orderOf([
          { ...line, quantity: 2, gross: 2000 },
          { ...line, quantity: 1, gross: 1500 },
        ]),
      ),
    ).toEqual([1000, 1000, 1500]);
    expect(sharesOf(orderOf([{ ...line, quantity: 3, gross: 1000 }]))).toEqual([333, 333, 334]);
  });
});
