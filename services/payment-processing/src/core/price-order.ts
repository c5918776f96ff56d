import { add, money, times, type Money } from '@boxoffice/shared/kernel';
import type { OrderLine } from './order';
import { mixedCurrencies, notReady } from './refusals';

export interface TicketPrice {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly price: Money;
}

export interface Quote {
  readonly lines: readonly OrderLine[];
  readonly total: Money;
}

/** What the held tickets cost, by the prices that were announced. */
export function priceOrder(
  held: readonly { readonly ticketTypeId: string; readonly quantity: number }[],
  prices: readonly TicketPrice[],
): Quote {
  const lines = held.map(({ ticketTypeId, quantity }): OrderLine => {
    const known = prices.find((price) => price.ticketTypeId === ticketTypeId);
    if (!known) throw notReady('price');
    const unitPrice = money(known.price.amountMinor, known.price.currency);
    return { ticketTypeId, name: known.name, quantity, unitPrice, lineTotal: times(unitPrice, quantity) };
  });
  const [first, ...others] = lines.map((line) => line.lineTotal);
  if (!first) throw notReady('price');
  if (others.some((other) => other.currency !== first.currency)) throw mixedCurrencies();
  return { lines, total: add(first, ...others) };
}
