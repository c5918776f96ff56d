import { describe, expect, it } from '@jest/globals';
import type { DiscountTerms, FeeTerms, TaxCategory } from '@boxoffice/shared/contracts';
import { money, type Instant } from '@boxoffice/shared/kernel';
import fc from 'fast-check';
import type { TaxOf, TaxVerdict } from '../tax/tax';
import type { Basket, Offer, TicketPrice } from './basket';
import { ticketsOf } from './list-lines';
import type { Price, PricedLine, Taxed } from './price';
import { priceOrder } from './price-order';

const now = '2027-01-05T10:00:00.000Z' as Instant;
const categories = ['standard', 'reduced', 'zero', 'exempt'] as const;
type Verdicts = Partial<Record<TaxCategory, TaxVerdict>>;
interface Sale {
  readonly currency: string;
  readonly basket: Basket;
  readonly offer: Offer;
  readonly verdicts: Verdicts;
}
type Pricing = (sale: Sale) => Price;

const pricing: Pricing = ({ basket, offer, verdicts }) => {
  const taxOf: TaxOf = (_, category) => verdicts[category];
  return priceOrder(basket, offer, taxOf).price;
};

const amount = fc.integer({ min: 0, max: 5_000_000 });
const basisPoints = fc.oneof(
  fc.constantFrom(0, 500, 700, 900, 997.5, 1900, 2000, 2500),
  fc.integer({ min: 0, max: 4000 }),
);
const verdict = fc.record({
  rates: fc.array(fc.record({ name: fc.constantFrom('VAT', 'PST'), basisPoints }), { maxLength: 2 }),
  reverseCharge: fc.boolean(),
});
const taxCategory = fc.constantFrom(...categories);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const typeOf = (i: number, currency: string) =>
  fc
    .record({
      price: amount,
      tier: maybe(fc.record({ price: amount, upTo: fc.integer({ min: 0, max: 12 }) })),
      pack: maybe(fc.record({ price: amount, size: fc.integer({ min: 2, max: 6 }) })),
      taxCategory,
    })
    .map(({ price, tier, pack, ...rest }): TicketPrice => ({
      ticketTypeId: `t${i}`,
      name: `T${i}`,
      price: money(price, currency),
      ...(tier
        ? { tiers: [{ tierId: 'early', name: 'Early', price: money(tier.price, currency), upTo: tier.upTo }] }
        : {}),
      ...(pack
        ? { packages: [{ name: 'Together', size: pack.size, price: money(pack.price, currency) }] }
        : {}),
      ...rest,
    }));
const off: fc.Arbitrary<DiscountTerms['off']> = fc.oneof(
  fc.record({ is: fc.constant('percentage' as const), basisPoints: fc.integer({ min: 0, max: 12_000 }) }),
  fc.record({
    is: fc.constant('amount' as const),
    amountMinor: amount,
    per: fc.constantFrom('ticket' as const, 'order' as const),
  }),
  fc.record({ is: fc.constant('free' as const) }),
);
const discount = fc
  .record({ off, only: maybe(fc.constantFrom('t0', 't1')) })
  .map(({ off: taken, only }) => ({ off: taken, ...(only ? { ticketTypeIds: [only] } : {}) }));
const fee: fc.Arbitrary<Omit<FeeTerms, 'feeId'>> = fc.record({
  name: fc.constant('Fee'),
  per: fc.constantFrom('ticket', 'order'),
  fixedMinor: fc.integer({ min: 0, max: 500 }),
  basisPoints: fc.integer({ min: 0, max: 1500 }),
  taxCategory,
});

const sales: fc.Arbitrary<Sale> = fc.constantFrom('JPY', 'EUR', 'KWD').chain((currency) =>
  fc
    .record({
      types: fc
        .integer({ min: 1, max: 6 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => typeOf(i, currency)))),
      quantities: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 6, maxLength: 6 }),
      taken: fc.integer({ min: 0, max: 12 }),
      discounts: fc.array(discount, { maxLength: 4 }),
      fees: fc.array(fee, { maxLength: 3 }),
      tax: maybe(fc.constantFrom('included' as const, 'added' as const)),
      verdicts: fc.record(
        { standard: verdict, reduced: verdict, zero: verdict },
        { requiredKeys: ['standard'] },
      ),
    })
    .map(({ types, quantities, taken, discounts, fees, tax, verdicts }) => ({
      currency,
      verdicts: verdicts,
      basket: {
        held: types.map(({ ticketTypeId }, i) => ({ ticketTypeId, quantity: quantities[i] ?? 1 })),
        named: [],
        codes: [],
        userId: 'ada',
        taxed: {},
      },
      offer: {
        eventId: 'e',
        prices: types,
        terms: {
          ...(tax ? { tax, taxPlace: { country: 'AT' } } : {}),
          discounts: discounts.map((one, i) => ({ discountId: `d${i}`, name: 'Off', ...one })),
          fees: fees.map((one, i) => ({ feeId: `f${i}`, ...one })),
        },
        now,
        taken: new Map([['tier~t0~early', taken]]),
      },
    })),
);

/** Everything that an accountant would cross off, and that doesn't come out. */
function faultsIn(price: Price, { basket, offer, verdicts, currency }: Sale): readonly string[] {
  const faults: string[] = [];
  const check = (what: string, found: number, due: number): void => {
    if (found !== due) faults.push(`${what} is ${found}, not ${due}`);
  };
  const sum = (amounts: readonly { readonly amountMinor: number }[]): number =>
    amounts.reduce((all, one) => all + one.amountMinor, 0);
  const parts: readonly Taxed[] = [...price.lines, ...price.fees];
  check('the total', sum(parts.map(({ gross }) => gross)), price.total.amountMinor);
  check('the tax of all parts', sum(parts.map(({ tax }) => tax)), sum(price.taxes.map(({ tax }) => tax)));
  check(
    'the discount of all lines',
    sum(price.lines.map((line) => line.discount)),
    sum(price.discounts.map((one) => one.amount)),
  );
  for (const { ticketTypeId, quantity } of basket.held) {
    const lines = price.lines.filter((line) => line.ticketTypeId === ticketTypeId);
    check(
      `tickets of ${ticketTypeId}`,
      lines.reduce((all, line) => all + ticketsOf(line), 0),
      quantity,
    );
  }
  for (const part of parts) {
    check('gross', part.net.amountMinor + part.tax.amountMinor, part.gross.amountMinor);
    if ([part.net, part.tax, part.gross].some((one) => one.amountMinor < 0 || one.currency !== currency))
      faults.push('an amount below zero, or in another currency');
  }
  for (const line of price.lines) {
    check('a line as listed', line.listTotal.amountMinor, line.quantity * line.unitPrice.amountMinor);
    const asked = line.listTotal.amountMinor - line.discount.amountMinor;
    if (asked < 0 || line.discount.amountMinor < 0) faults.push('more off than there is');
    if (offer.terms.tax !== 'included') check('what is asked', line.net.amountMinor, asked);
    else if (!verdicts[line.taxCategory]?.reverseCharge)
      check('what is asked', line.gross.amountMinor, asked);
    const rate = rateOf(line, offer, verdicts);
    const exact = offer.terms.tax === 'added' ? asked * rate : (asked * rate) / (1 + rate);
    // A part of one unit is another line's, and half of one a rate was rounded by, of which there are two at most.
    if (Math.abs(line.tax.amountMinor - exact) > 2)
      faults.push(`a line’s tax of ${line.tax.amountMinor} for ${exact}`);
  }
  return faults;
}

function rateOf({ taxCategory: category }: PricedLine, { terms }: Offer, verdicts: Verdicts): number {
  const found = verdicts[category];
  if (!terms.tax || !found || found.reverseCharge) return 0;
  return found.rates.reduce((all, rate) => all + rate.basisPoints / 10_000, 0);
}

const addsUp = (price: Pricing) =>
  fc.property(sales, (sale) => {
    expect(faultsIn(price(sale), sale)).toEqual([]);
  });

describe('the price of an order', () => {
  it('adds up to the minor unit, whatever is sold, taken off, put on and taxed, in currencies of 0, 2 and 3 decimals', () => {
    fc.assert(addsUp(pricing), { numRuns: 3000 });
  });

  const priced =
    (change: (line: PricedLine, sale: Sale) => PricedLine): Pricing =>
    (sale) => {
      const price = pricing(sale);
      return { ...price, lines: price.lines.map((line) => change(line, sale)) };
    };
  const withTax = (line: PricedLine, taxMinor: number): PricedLine => ({
    ...line,
    tax: money(taxMinor, line.tax.currency),
    gross: money(line.net.amountMinor + taxMinor, line.tax.currency),
  });

  it.each<[string, Pricing]>([
    [
      'each line’s tax is rounded by itself',
      priced((line, { offer, verdicts }) =>
        withTax(line, Math.round(line.net.amountMinor * rateOf(line, offer, verdicts))),
      ),
    ],
    [
      'each ticket’s tax is rounded by itself',
      priced((line, { offer, verdicts }) => {
        const unit = Math.round((line.net.amountMinor / line.quantity) * rateOf(line, offer, verdicts));
        return withTax(line, unit * line.quantity);
      }),
    ],
    [
      'a discount is rounded line by line',
      (sale) => {
        const price = pricing(sale);
        const share = price.discounts.reduce((all, one) => all + one.amount.amountMinor, 0);
        const listed = price.lines.reduce((all, one) => all + one.listTotal.amountMinor, 0);
        const lines = price.lines.map((line) => {
          const discount = Math.round((line.listTotal.amountMinor * share) / (listed || 1));
          return { ...line, discount: money(discount, sale.currency) };
        });
        return { ...price, lines };
      },
    ],
  ])('would not pass if %s', (_, wrong) => {
    expect(fc.check(addsUp(wrong), { numRuns: 3000 }).failed).toBe(true);
  });
});
