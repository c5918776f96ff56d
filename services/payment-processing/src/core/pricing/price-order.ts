import { money, type Money } from '@boxoffice/shared/kernel';
import type { PurchaseFault } from '../faults';
import { mixedCurrencies, notReady } from '../refusals';
import type { TaxOf } from '../tax/tax';
import type { Basket, Offer } from './basket';
import { cutPrices, type Cut, type CutLine } from './discounts';
import { feesOn, type AskedFee } from './fees';
import { lineFaults, listLines } from './list-lines';
import type { AppliedDiscount, Price, PricedFee, PricedLine, Taxed, TaxSum } from './price';
import { sum } from './rounding';
import { taxesOn, type Taxable, type TaxedAmount, type TaxTotal } from './taxes';

export interface Priced {
  readonly price: Price;
  /** What the buyer can't have so; none where they can have it. */
  readonly faults: readonly PurchaseFault[];
}

/**
 * What the held tickets cost: their list prices, less discounts, with fees and taxes. Fractions are rounded once, over the order, and apportioned to
 * lines by largest remainder (rounding.ts), so that lines and fees sum to the total to the minor unit.
 * Throws `not-ready` where a price isn't here, `mixed-currencies`.
 */
export function priceOrder(basket: Basket, offer: Offer, taxOf: TaxOf): Priced {
  const listed = listLines(basket, offer);
  const currency = oneCurrency(listed.map(({ unitPrice }) => unitPrice));
  const { lines, cuts, faults } = cutPrices(listed, basket, offer);
  const { items, totals } = taxed(lines, feesOn(lines, offer.terms.fees ?? []), basket, offer, taxOf);
  const amount = (minor: number): Money => money(minor, currency);
  const total = amount(sum(items.map(({ gross }) => gross)));
  return {
    price: {
      lines: items.flatMap((item) => ('type' in item ? [pricedLine(item, amount)] : [])),
      fees: items.flatMap((item) => ('fee' in item ? [pricedFee(item, amount)] : [])),
      discounts: cuts.map((cut) => appliedDiscount(cut, amount)),
      taxes: totals.map((one) => taxSum(one, amount)),
      total,
      giftCards: [],
      due: total,
    },
    faults: [...lineFaults(basket, offer), ...faults],
  };
}

type TaxableLine = CutLine & Taxable;
type TaxableFee = AskedFee & Taxable;
type InMoney = (minor: number) => Money;

function taxed(
  lines: readonly CutLine[],
  fees: readonly AskedFee[],
  basket: Basket,
  { terms: { tax, taxPlace, seller }, now }: Offer,
  taxOf: TaxOf,
): ReturnType<typeof taxesOn<TaxableLine | TaxableFee>> {
  const items = [
    ...lines.map((line): TaxableLine => ({ ...line, taxCategory: line.type.taxCategory ?? 'standard' })),
    ...fees.map((one): TaxableFee => ({ ...one, taxCategory: one.fee.taxCategory ?? 'standard' })),
  ];
  return taxesOn(items, tax ?? 'included', (category) =>
    tax && taxPlace ? taxOf(taxPlace, category, now, basket.taxed, seller?.country) : undefined,
  );
}

const pricedLine = (line: TaxableLine & TaxedAmount, amount: InMoney): PricedLine => ({
  ticketTypeId: line.type.ticketTypeId,
  name: line.type.name,
  quantity: line.quantity,
  unitPrice: line.unitPrice,
  ...(line.tierId === undefined ? {} : { tierId: line.tierId }),
  ...(line.package === undefined ? {} : { package: line.package }),
  listTotal: amount(line.listTotal),
  discount: amount(line.listTotal - line.asked),
  ...taxedMoney(line, amount),
});

const pricedFee = (item: TaxableFee & TaxedAmount, amount: InMoney): PricedFee => ({
  feeId: item.fee.feeId,
  name: item.fee.name,
  ...taxedMoney(item, amount),
});

const taxedMoney = ({ taxCategory, net, tax, gross }: Taxable & TaxedAmount, amount: InMoney): Taxed => ({
  taxCategory,
  net: amount(net),
  tax: amount(tax),
  gross: amount(gross),
});

const appliedDiscount = ({ discount, code, amount: off }: Cut, amount: InMoney): AppliedDiscount => ({
  discountId: discount.discountId,
  name: discount.name,
  ...(code === undefined ? {} : { code }),
  amount: amount(off),
});

const taxSum = ({ name, basisPoints, net, tax, reverseCharge }: TaxTotal, amount: InMoney): TaxSum => ({
  name,
  basisPoints,
  net: amount(net),
  tax: amount(tax),
  ...(reverseCharge ? { reverseCharge } : {}),
});

function oneCurrency(prices: readonly Money[]): string {
  const [first, ...others] = prices.map(({ currency }) => currency);
  if (first === undefined) throw notReady('price');
  if (others.some((other) => other !== first)) throw mixedCurrencies();
  return first;
}
