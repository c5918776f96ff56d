import type { TaxCategory } from '@boxoffice/shared/contracts';
import { money, type Money } from '@boxoffice/shared/kernel';
import { plainPrice } from '../core/pricing/plain-price';
import type { Price } from '../core/pricing/price';

/** A price as it is kept: its amounts are minor units of the order's currency. */
export const priceText = (price: Price): string =>
  JSON.stringify(price, (_, value: unknown) => (isMoney(value) ? value.amountMinor : value));

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
  JSON.parse(text, (member, value: unknown) =>
    amounts.has(member) && typeof value === 'number' ? money(value, currency) : value,
  ) as Price;

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

const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'amountMinor' in value;
