import { money, type Money } from '@boxoffice/shared/kernel';
import type { Order } from './order';
import { ticketsOf } from './pricing/list-lines';

type Bought = Pick<Order, 'tickets' | 'price'>;

/**
 * What each ticket of an order was paid for with at the gateway: its share of its line, after discounts and with tax, to the
 * minor unit; where a gift card paid a part of the order, that part of it less. Fees belong to no ticket, and stay.
 */
export function moneyOfTickets(order: Bought): ReadonlyMap<string, Money> {
  const { total, due } = order.price;
  // Rounded over those before it as well, so that no minor unit is left between the tickets once all have gone back.
  const atGateway = (value: number): number =>
    total.amountMinor === 0 ? 0 : Math.floor((value * due.amountMinor) / total.amountMinor);
  const paid = new Map<string, Money>();
  let before = 0;
  for (const [ticketId, value] of valuesOf(order)) {
    paid.set(ticketId, money(atGateway(before + value) - atGateway(before), total.currency));
    before += value;
  }
  return paid;
}

/** What gift cards paid of these tickets. */
export function cardMoneyOf(order: Bought, ticketIds: readonly string[]): Money {
  const values = valuesOf(order);
  const paid = moneyOfTickets(order);
  const byCards = ticketIds.map((id) => (values.get(id) ?? 0) - (paid.get(id)?.amountMinor ?? 0));
  return money(sum(byCards), order.price.total.currency);
}

function valuesOf({ tickets, price }: Bought): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const [ticketTypeId, own] of Map.groupBy(tickets, (ticket) => ticket.ticketTypeId)) {
    const lines = price.lines.filter((line) => line.ticketTypeId === ticketTypeId);
    const byLine = lines.flatMap((line) => split(line.gross.amountMinor, ticketsOf(line)));
    // Should lines and tickets not be as many, each ticket is an equal part of them all.
    const each = byLine.length === own.length ? byLine : split(sum(byLine), own.length);
    for (const [i, { ticketId }] of own.entries()) values.set(ticketId, each[i] ?? 0);
  }
  return values;
}

/** `whole` in so many whole parts which differ by one at the most. */
function split(whole: number, parts: number): readonly number[] {
  const upTo = (part: number): number => Math.floor((whole * part) / parts);
  return Array.from({ length: parts }, (_, i) => upTo(i + 1) - upTo(i));
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
