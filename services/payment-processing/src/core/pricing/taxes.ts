import type { SaleTerms, TaxCategory } from '@boxoffice/shared/contracts';
import type { TaxVerdict } from '../tax/tax';
import { apportion, oneWhole, portion, rateOf, sum } from './rounding';

/** Something that is asked for, in minor units. */
export interface Taxable {
  readonly taxCategory: TaxCategory;
  readonly asked: number;
}

export interface TaxedAmount {
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}

export interface TaxTotal extends Omit<TaxedAmount, 'gross'> {
  readonly name: string;
  readonly basisPoints: number;
  readonly reverseCharge: boolean;
}

/** Included: prices have it in them. Added: it comes on top. */
type TaxMode = NonNullable<SaleTerms['tax']>;
type VerdictOf = (category: TaxCategory) => TaxVerdict | undefined;

/**
 * What of all this is tax. It is counted once over all that bears the same taxes, and then apportioned to it. Under reverse charge nothing is
 * charged, and a price that has the tax in it loses it.
 */
export function taxesOn<Item extends Taxable>(
  items: readonly Item[],
  mode: TaxMode,
  verdictOf: VerdictOf,
): { readonly items: readonly (Item & TaxedAmount)[]; readonly totals: readonly TaxTotal[] } {
  const taxed = items.map((item) => ({ ...item, net: item.asked, tax: 0, gross: item.asked }));
  const totals = alikeTaxed(taxed, verdictOf).flatMap(({ verdict, alike }): TaxTotal[] => {
    const { rates, reverseCharge } = verdict;
    const byRate = taxesOf(sum(alike.map(({ asked }) => asked)), verdict, mode);
    const shares = apportion(
      sum(byRate),
      alike.map(({ asked }) => asked),
    );
    alike.forEach((item, at) => {
      const share = shares[at] ?? 0;
      item.net = mode === 'included' ? item.asked - share : item.asked;
      item.tax = reverseCharge ? 0 : share;
      item.gross = item.net + item.tax;
    });
    const net = sum(alike.map((item) => item.net));
    return rates.map(({ name, basisPoints }, at) => {
      const tax = reverseCharge ? 0 : (byRate[at] ?? 0);
      return { name, basisPoints, net, tax, reverseCharge };
    });
  });
  return { items: taxed, totals };
}

/** Rate by rate. Where prices have them in them, all together are counted first: it is their sum that people check. */
function taxesOf(all: number, { rates }: TaxVerdict, mode: TaxMode): readonly number[] {
  const each = rates.map(({ basisPoints }) => rateOf(basisPoints));
  return mode === 'added'
    ? each.map((rate) => portion(all, rate, oneWhole))
    : apportion(portion(all, sum(each), oneWhole + sum(each)), each);
}

/** Categories may bear the same taxes. What the table doesn't know bears none. */
function alikeTaxed<Item extends Taxable>(
  items: readonly Item[],
  verdictOf: VerdictOf,
): readonly { readonly verdict: TaxVerdict; readonly alike: readonly Item[] }[] {
  const groups = new Map<string, { readonly verdict: TaxVerdict; readonly alike: Item[] }>();
  for (const item of items) {
    const verdict = verdictOf(item.taxCategory);
    if (!verdict) continue;
    const key = JSON.stringify([
      verdict.reverseCharge,
      verdict.rates.map(({ name, basisPoints }) => [name, basisPoints]),
    ]);
    const group = groups.get(key) ?? { verdict, alike: [] };
    group.alike.push(item);
    groups.set(key, group);
  }
  return [...groups.values()];
}
