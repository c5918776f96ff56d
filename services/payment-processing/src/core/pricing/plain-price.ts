import type { TaxCategory } from '@boxoffice/shared/contracts';
import { add, times, zero, type Money } from '@boxoffice/shared/kernel';
import type { Price, PricedLine } from './price';

export interface PlainLine {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly taxCategory: TaxCategory;
}

/** Tickets at their own price, and nothing else: no discount, fee or tax. */
export function plainPrice(tickets: readonly PlainLine[], currency: string): Price {
  const nothing = zero(currency);
  const lines = tickets.map((ticket): PricedLine => {
    const listTotal = times(ticket.unitPrice, ticket.quantity);
    return { ...ticket, listTotal, discount: nothing, net: listTotal, tax: nothing, gross: listTotal };
  });
  const total = add(nothing, ...lines.map(({ gross }) => gross));
  return { lines, fees: [], discounts: [], taxes: [], total, giftCards: [], due: total };
}
