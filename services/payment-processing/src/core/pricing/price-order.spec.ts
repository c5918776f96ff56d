import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { SaleTerms } from '@boxoffice/shared/contracts';
import { money, type Instant, type Money } from '@boxoffice/shared/kernel';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import type { TaxOf, TaxVerdict } from '../tax/tax';
import { allowancesOf, usesOf } from './allowances';
import type { Basket, Offer, TicketPrice } from './basket';
import { priceOrder } from './price-order';

const now = '2027-01-05T10:00:00.000Z' as Instant;
const sooner = '2027-01-01T00:00:00.000Z' as Instant;
const later = '2027-02-01T00:00:00.000Z' as Instant;
const usd = (amountMinor: number) => money(amountMinor, 'USD');
const stalls: TicketPrice = { ticketTypeId: 'stalls', name: 'Stalls', price: usd(2500) };
const hall: TicketPrice = { ticketTypeId: 'hall', name: 'Hall', price: usd(1000) };
const vat = (basisPoints: number, reverseCharge = false): TaxVerdict => ({
  rates: [{ name: 'VAT', basisPoints }],
  reverseCharge,
});

interface Case extends Partial<Omit<Basket, 'held'>> {
  readonly types?: readonly TicketPrice[];
  readonly terms?: SaleTerms;
  readonly taken?: Readonly<Record<string, number>>;
  readonly verdict?: TaxVerdict;
}

function priced(
  quantities: Readonly<Record<string, number>>,
  { types = [stalls, hall], terms = {}, taken = {}, verdict, ...asked }: Case = {},
) {
  const basket: Basket = {
    held: Object.entries(quantities).map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity })),
    named: [],
    codes: [],
    userId: 'ada',
    taxed: {},
    ...asked,
  };
  const offer: Offer = { eventId: 'e', prices: types, terms, now, taken: new Map(Object.entries(taken)) };
  const taxOf: TaxOf = () => verdict;
  return { ...priceOrder(basket, offer, taxOf), basket, offer };
}
const linesOf = (...asked: Parameters<typeof priced>) =>
  priced(...asked).price.lines.map(({ quantity, unitPrice, gross }) => [
    quantity,
    unitPrice.amountMinor,
    gross.amountMinor,
  ]);
const totalOf = (...asked: Parameters<typeof priced>) => priced(...asked).price.total.amountMinor;
const faultsOf = (...asked: Parameters<typeof priced>) =>
  priced(...asked).faults.map(({ field, code }) => [field, code]);

describe('the list price', () => {
  it('is not known where a ticket type has none, nor for nothing, and is in one currency', () => {
    expect(() => priced({ balcony: 1 })).toThrow(/price/);
    expect(() => priced({})).toThrow(/price/);
    const yen = { ...hall, price: money(900, 'JPY') };
    expect(() => priced({ stalls: 1, hall: 1 }, { types: [stalls, yen] })).toThrow(/one currency/);
  });

  it('is a tier’s until its day', () => {
    const tier = { tierId: 'early', name: 'Early bird', price: usd(1500) };
    const until = (day: Instant) => ({ types: [{ ...stalls, tiers: [{ ...tier, until: day }] }] });
    expect(linesOf({ stalls: 2 }, until(later))).toEqual([[2, 1500, 3000]]);
    expect(linesOf({ stalls: 2 }, until(now))).toEqual([[2, 2500, 5000]]);
    expect(linesOf({ stalls: 2 }, until(sooner))).toEqual([[2, 2500, 5000]]);
  });

  it('is a tier’s for as many as it has left, and the next one’s for the rest', () => {
    const tiers = [
      { tierId: 'a', name: 'First', price: usd(1000), upTo: 10 },
      { tierId: 'b', name: 'Second', price: usd(2000), upTo: 3 },
    ];
    const taken = { 'tier~stalls~a': 8 };
    const { price, offer, basket } = priced({ stalls: 6 }, { types: [{ ...stalls, tiers }], taken });
    expect(
      price.lines.map(({ quantity, unitPrice, tierId }) => [quantity, unitPrice.amountMinor, tierId]),
    ).toEqual([
      [2, 1000, 'a'],
      [3, 2000, 'b'],
      [1, 2500, undefined],
    ]);
    expect(allowancesOf(basket, offer)).toEqual(['tier~stalls~a', 'tier~stalls~b']);
    expect(usesOf(price, offer, 'ada')).toEqual([
      { allowanceId: 'tier~stalls~a', most: 10, units: 2 },
      { allowanceId: 'tier~stalls~b', most: 3, units: 3 },
    ]);
  });

  it('is that of packages, as large as they go', () => {
    const packages = [
      { name: 'Pair', size: 2, price: usd(4000) },
      { name: 'Family', size: 4, price: usd(7000) },
    ];
    expect(linesOf({ stalls: 11 }, { types: [{ ...stalls, packages }] })).toEqual([
      [2, 7000, 14_000],
      [1, 4000, 4000],
      [1, 2500, 2500],
    ]);
  });

  it('is what the buyer gives, where they may name it, and no less than what is listed', () => {
    const gift: TicketPrice = { ...hall, donation: true };
    const types = [stalls, gift];
    const named = (amountMinor: number, ticketTypeId = 'hall') => ({
      types,
      named: [{ ticketTypeId, amountMinor }],
    });
    expect(linesOf({ hall: 2 }, { types })).toEqual([[2, 1000, 2000]]);
    expect(linesOf({ hall: 2 }, named(1234))).toEqual([[2, 1234, 2468]]);
    expect(faultsOf({ hall: 1 }, named(1000))).toEqual([]);
    expect(faultsOf({ hall: 1 }, named(999))).toEqual([['prices[0].amountMinor', 'belowListed']]);
    expect(faultsOf({ stalls: 1 }, named(1234, 'stalls'))).toEqual([['prices[0]', 'notNamed']]);
    expect(faultsOf({ stalls: 1 }, named(1234))).toEqual([['prices[0]', 'notNamed']]);
  });

  it('buys an add-on beside a ticket that it belongs to, one for each', () => {
    const types = [stalls, hall, { ...hall, ticketTypeId: 'drink', name: 'Drink', addOnTo: ['stalls'] }];
    expect(faultsOf({ stalls: 2, drink: 2 }, { types })).toEqual([]);
    expect(faultsOf({ stalls: 2, drink: 3 }, { types })).toEqual([['holdToken', 'addOn']]);
    expect(faultsOf({ hall: 2, drink: 1 }, { types })).toEqual([['holdToken', 'addOn']]);
    expect(faultsOf({ drink: 1 }, { types })).toEqual([['holdToken', 'addOn']]);
  });
});

describe('discounts', () => {
  const percent = (basisPoints: number) => ({ is: 'percentage', basisPoints }) as const;
  const amount = (amountMinor: number, per: 'ticket' | 'order') =>
    ({ is: 'amount', amountMinor, per }) as const;
  const one = (off: NonNullable<SaleTerms['discounts']>[number]['off'], more: object = {}) => ({
    terms: { discounts: [{ discountId: 'd', name: 'Off', off, ...more }] },
  });
  const coded = { codes: [accessCodeHash('d', 'SUMMER')] };

  it('take a part, an amount of each ticket or of the order, or everything, and never more than there is', () => {
    expect(totalOf({ stalls: 3 }, one(percent(1000)))).toBe(6750);
    expect(totalOf({ stalls: 3 }, one(percent(30_000)))).toBe(0);
    expect(totalOf({ stalls: 3 }, one(amount(600, 'ticket')))).toBe(5700);
    expect(totalOf({ stalls: 3, hall: 1 }, one(amount(2000, 'ticket')))).toBe(1500);
    expect(totalOf({ stalls: 3 }, one(amount(600, 'order')))).toBe(6900);
    expect(totalOf({ stalls: 1 }, one(amount(9999, 'order')))).toBe(0);
    expect(totalOf({ stalls: 3, hall: 1 }, one({ is: 'free' }, { ticketTypeIds: ['stalls'] }))).toBe(1000);
  });

  it('count each ticket of a package', () => {
    const types = [{ ...stalls, packages: [{ name: 'Family', size: 4, price: usd(7000) }] }];
    expect(totalOf({ stalls: 4 }, { types, ...one(amount(100, 'ticket')) })).toBe(6600);
  });

  it('work on what those before them have left: those without codes first, then those that were asked for, each as listed', () => {
    const discounts = [
      { discountId: 'd', name: 'Code', off: amount(500, 'order'), codes: [accessCodeHash('d', 'SUMMER')] },
      { discountId: 'half', name: 'Half', off: percent(5000) },
    ];
    const { price, faults } = priced({ stalls: 2 }, { terms: { discounts }, codes: [' summer'] });
    expect(faults).toEqual([]);
    expect(price.discounts).toEqual([
      { discountId: 'half', name: 'Half', amount: usd(2500) },
      { discountId: 'd', name: 'Code', code: ' summer', amount: usd(500) },
    ]);
    expect(price.total).toEqual(usd(2000));
  });

  it.each<[string, string, Case]>([
    ['is not one of the event’s', 'unknown', { ...one(percent(1000), coded), codes: ['WINTER'] }],
    ['is too soon', 'notYet', { ...one(percent(1000), { ...coded, from: later }), codes: ['SUMMER'] }],
    ['is too late', 'over', { ...one(percent(1000), { ...coded, until: now }), codes: ['SUMMER'] }],
    [
      'is for other tickets',
      'otherTickets',
      { ...one(percent(1000), { ...coded, ticketTypeIds: ['hall'] }), codes: ['SUMMER'] },
    ],
    [
      'is for more tickets',
      'tooFewTickets',
      { ...one(percent(1000), { ...coded, minTickets: 3 }), codes: ['SUMMER'] },
    ],
    [
      'is used up',
      'usedUp',
      { ...one(percent(1000), { ...coded, maxUses: 4 }), codes: ['SUMMER'], taken: { 'discount~e~d': 4 } },
    ],
    [
      'was used by this buyer as often as they may',
      'usedUp',
      {
        ...one(percent(1000), { ...coded, maxUsesPerBuyer: 1 }),
        codes: ['SUMMER'],
        taken: { 'discount~e~d~of~ada': 1 },
      },
    ],
  ])('refuse a code that %s', (_, code, asked) => {
    expect(faultsOf({ stalls: 2 }, asked)).toEqual([['codes[0]', code]]);
  });

  it('refuse a code that is named twice, or whose discount has been given', () => {
    expect(faultsOf({ stalls: 1 }, { ...one(percent(1000), coded), codes: ['SUMMER', 'summer'] })).toEqual([
      ['codes[1]', 'taken'],
    ]);
  });

  it('without codes are not given where they don’t fit, and nobody is told', () => {
    const asked = { ...one(percent(1000), { maxUses: 1 }), taken: { 'discount~e~d': 1 } };
    expect(priced({ stalls: 1 }, asked)).toMatchObject({
      faults: [],
      price: { discounts: [], total: usd(2500) },
    });
    expect(totalOf({ stalls: 2 }, one(percent(1000), { minTickets: 3 }))).toBe(5000);
    expect(totalOf({ stalls: 3 }, one(percent(1000), { minTickets: 3 }))).toBe(6750);
  });

  it('count their uses in all, by code and by buyer', () => {
    const usesWith = (more: object) => {
      const { price, offer } = priced(
        { stalls: 1 },
        { ...one(percent(1000), { ...coded, ...more }), codes: ['SUMMER'] },
      );
      return usesOf(price, offer, 'ada');
    };
    expect(usesWith({})).toEqual([]);
    expect(usesWith({ maxUses: 9, maxUsesPerBuyer: 2 })).toEqual([
      { allowanceId: 'discount~e~d', most: 9, units: 1 },
      { allowanceId: 'discount~e~d~of~ada', most: 2, units: 1 },
    ]);
    const [use] = usesWith({ maxUses: 1, perCode: true });
    expect(use?.allowanceId).toBe(`discount~e~d~${accessCodeHash('d', 'summer')}`);
  });
});

describe('fees', () => {
  const fees = (per: 'ticket' | 'order', fixedMinor: number, basisPoints: number) => ({
    fees: [{ feeId: 'f', name: 'Booking', per, fixedMinor, basisPoints }],
  });

  it('are so much a ticket or an order, and a part of the discounted price', () => {
    expect(totalOf({ stalls: 2, hall: 1 }, { terms: fees('ticket', 50, 250) })).toBe(6000 + 150 + 150);
    expect(totalOf({ stalls: 2, hall: 1 }, { terms: fees('order', 50, 250) })).toBe(6000 + 50 + 150);
    const discounts = [
      { discountId: 'd', name: 'Half', off: { is: 'percentage', basisPoints: 5000 } as const },
    ];
    expect(totalOf({ stalls: 2 }, { terms: { ...fees('order', 0, 1000), discounts } })).toBe(2500 + 250);
  });

  it('are not borne by what costs nothing', () => {
    const types = [stalls, { ...hall, price: usd(0) }];
    expect(totalOf({ stalls: 1, hall: 4 }, { types, terms: fees('ticket', 50, 0) })).toBe(2550);
    expect(priced({ hall: 4 }, { types, terms: fees('order', 50, 0) }).price).toMatchObject({
      fees: [],
      due: usd(0),
    });
  });
});

describe('tax', () => {
  const included: SaleTerms = { tax: 'included', taxPlace: { country: 'AT' } };
  const added: SaleTerms = { tax: 'added', taxPlace: { country: 'AT' } };

  it('that is included leaves twice $25.00 at $50.00', () => {
    for (const basisPoints of [700, 997.5, 1300, 1900, 2000, 2500])
      expect(totalOf({ stalls: 2 }, { terms: included, verdict: vat(basisPoints) })).toBe(5000);
    const { lines, taxes } = priced({ stalls: 2 }, { terms: included, verdict: vat(2000) }).price;
    expect(lines).toMatchObject([{ net: usd(4167), tax: usd(833), gross: usd(5000) }]);
    expect(taxes).toEqual([{ name: 'VAT', basisPoints: 2000, net: usd(4167), tax: usd(833) }]);
  });

  it('that is added comes on top, counted once over all that bears it', () => {
    const types = [1, 2, 3].map((i) => ({ ticketTypeId: `t${i}`, name: 'T', price: usd(102) }));
    const { price } = priced({ t1: 1, t2: 1, t3: 1 }, { types, terms: added, verdict: vat(500) });
    // A line by itself: 5.1, and three of them 15; all together: 15.3. And at 1.07: 3.21 and 3.
    expect(price.lines.map(({ tax }) => tax.amountMinor)).toEqual([5, 5, 5]);
    const dearer = priced({ t1: 1, t2: 1, t3: 1 }, { types, terms: added, verdict: vat(550) }).price;
    expect(dearer.lines.map(({ tax }) => tax.amountMinor)).toEqual([6, 6, 5]);
    expect(dearer.total).toEqual(usd(306 + 17));
  });

  it('may be two', () => {
    const quebec: TaxVerdict = {
      rates: [
        { name: 'GST', basisPoints: 500 },
        { name: 'QST', basisPoints: 997.5 },
      ],
      reverseCharge: false,
    };
    const { taxes, total } = priced({ stalls: 1 }, { terms: added, verdict: quebec }).price;
    expect(taxes.map(({ tax }) => tax.amountMinor)).toEqual([125, 249]);
    expect(total).toEqual(usd(2874));
    const inside = priced({ stalls: 1 }, { terms: included, verdict: quebec }).price;
    expect([inside.total, inside.lines[0]!.tax]).toEqual([usd(2500), usd(326)]);
    expect(inside.taxes.map(({ tax }) => tax.amountMinor)).toEqual([109, 217]);
  });

  it('that the buyer owes is not charged: a price that has it in it loses it', () => {
    const verdict = vat(2000, true);
    expect(priced({ stalls: 2 }, { terms: included, verdict }).price).toMatchObject({
      total: usd(4167),
      taxes: [{ net: usd(4167), tax: usd(0), reverseCharge: true }],
    });
    expect(totalOf({ stalls: 2 }, { terms: added, verdict })).toBe(5000);
  });

  it('is borne by fees as they are said to bear it', () => {
    const fees = [
      {
        feeId: 'f',
        name: 'Fee',
        per: 'order' as const,
        fixedMinor: 120,
        basisPoints: 0,
        taxCategory: 'exempt' as const,
      },
    ];
    const taxOf: TaxOf = (_, category) =>
      category === 'exempt' ? { rates: [], reverseCharge: false } : vat(2000);
    const { basket, offer } = priced({ stalls: 1 }, { terms: { ...included, fees } });
    const { price } = priceOrder(basket, offer, taxOf);
    expect(price.fees).toMatchObject([{ tax: usd(0), gross: usd(120) }]);
    expect(price.taxes).toEqual([{ name: 'VAT', basisPoints: 2000, net: usd(2083), tax: usd(417) }]);
  });

  it('is none where none is said to be, or the table knows none', () => {
    expect(priced({ stalls: 1 }, { verdict: vat(2000) }).price.taxes).toEqual([]);
    expect(priced({ stalls: 1 }, { terms: added }).price).toMatchObject({ taxes: [], total: usd(2500) });
  });
});

describe('the example in README.md', () => {
  it('is what comes out', () => {
    const types = [
      { ...stalls, price: usd(2450) },
      { ...hall, name: 'Standing', price: usd(1200) },
    ];
    const terms: SaleTerms = {
      tax: 'included',
      taxPlace: { country: 'AT' },
      discounts: [{ discountId: 'd', name: 'Off', off: { is: 'percentage', basisPoints: 1000 } }],
      fees: [{ feeId: 'f', name: 'Booking', per: 'order', fixedMinor: 200, basisPoints: 0 }],
    };
    const { price } = priced({ stalls: 3, hall: 1 }, { types, terms, verdict: vat(2000) });
    const told = (amount: Money): string => (amount.amountMinor / 100).toFixed(2);
    const rows = [
      ...price.lines.map(({ quantity, name, listTotal, discount, gross, tax }) => [
        `${quantity} × ${name}`,
        ...[listTotal, discount, gross, tax].map(told),
      ]),
      ...price.fees.map(({ name, gross, tax }) => [name, '', '', told(gross), told(tax)]),
      ['**Total**', '', '', told(price.total), told(price.taxes[0]!.tax)],
    ];
    const readme = readFileSync(path.join(__dirname, '../../../README.md'), 'utf8').replaceAll(/ +/g, ' ');
    for (const row of rows) expect(readme).toContain(`| ${row.join(' | ')} |`.replaceAll(/ +/g, ' '));
  });
});
