import type { Money } from '@boxoffice/shared/kernel';
import { mixedCurrencies, notReady } from '../refusals';
import { plainPrice } from './plain-price';
import type { Price } from './price';

export interface TicketPrice {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly price: Money;
}

/** What the held tickets cost, by the prices that were announced. */
export function priceOrder(
  held: readonly { readonly ticketTypeId: string; readonly quantity: number }[],
  prices: readonly TicketPrice[],
): Price {
  const lines = held.map(({ ticketTypeId, quantity }) => {
    const known = prices.find((price) => price.ticketTypeId === ticketTypeId);
    if (!known) throw notReady('price');
    return {
      ticketTypeId,
      name: known.name,
      quantity,
      unitPrice: known.price,
      taxCategory: 'standard',
    } as const;
  });
  const [first, ...others] = lines.map(({ unitPrice }) => unitPrice.currency);
  if (first === undefined) throw notReady('price');
  if (others.some((other) => other !== first)) throw mixedCurrencies();
  return plainPrice(lines, first);
}
