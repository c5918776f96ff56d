import type { TaxCategory } from '@boxoffice/shared/contracts';
import { money } from '@boxoffice/shared/kernel';
import { plainPrice } from '../core/pricing/plain-price';
import type { Price } from '../core/pricing/price';

/** A price as it is kept: its amounts are minor units of the order's currency. */
export const priceText = (price: Price): string => JSON.stringify(withoutCurrency(price));

/** The names of members that are amounts, wherever they stand in a price. */
const amounts = new Set([
  'unitPrice',
  'listTotal',
  'discount',
  'net',
  'tax',
  'gross',
  'amount',
  'total',
  'due',
]);

export const priceFrom = (text: string, currency: string): Price =>
  inCurrency(JSON.parse(text), currency) as Price;

// Not by a replacer and a reviver of JSON's, which are called for every value, and take ten times as long.
function withoutCurrency(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutCurrency);
  if ('amountMinor' in value) return value.amountMinor;
  const bare: Record<string, unknown> = {};
  for (const [member, inner] of Object.entries(value)) bare[member] = withoutCurrency(inner);
  return bare;
}

function inCurrency(value: unknown, currency: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => inCurrency(item, currency));
  const whole: Record<string, unknown> = {};
  for (const [member, inner] of Object.entries(value))
    whole[member] =
      amounts.has(member) && typeof inner === 'number' ? money(inner, currency) : inCurrency(inner, currency);
  return whole;
}

/** Ticket type, name, quantity, unit price, line total: how the lines of an order were kept before it had a whole price. */
type BriefLine = readonly [string, string, number, number, number];

export const priceFromLines = (text: string, currency: string): Price =>
  plainPrice(
    (JSON.parse(text) as readonly BriefLine[]).map(([ticketTypeId, name, quantity, unit]) => ({
      ticketTypeId,
      name,
      quantity,
      unitPrice: money(unit, currency),
      taxCategory: 'standard' satisfies TaxCategory,
    })),
    currency,
  );
