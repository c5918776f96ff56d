import { money, type Money } from '@boxoffice/shared/kernel';
import type { Order } from './order';

/**
 * What each ticket of an order was paid for with at the gateway: its share of its line, after discounts and with tax, to the
 * minor unit; where a gift card paid a part of the order, that part of it less. Fees belong to no ticket, and stay.
 */
export function moneyOfTickets({ tickets, price }: Order): ReadonlyMap<string, Money> {
  const { total, due } = price;
  const shares = new Map<string, Money>();
  for (const [ticketTypeId, own] of Map.groupBy(tickets, (ticket) => ticket.ticketTypeId)) {
    const lines = price.lines.filter((line) => line.ticketTypeId === ticketTypeId);
    const values = lines.flatMap((line) =>
      split(line.gross.amountMinor, line.quantity * (line.package?.size ?? 1)),
    );
    // Should lines and tickets not be as many, each ticket is an equal part of them all.
    const sum = values.reduce((all, value) => all + value, 0);
    const each = values.length === own.length ? values : split(sum, own.length);
    for (const [i, { ticketId }] of own.entries()) {
      const atGateway = total.amountMinor === 0 ? 0 : ((each[i] ?? 0) * due.amountMinor) / total.amountMinor;
      shares.set(ticketId, money(Math.floor(atGateway), total.currency));
    }
  }
  return shares;
}

/** `sum` in so many whole parts which differ by one at the most. */
function split(sum: number, parts: number): readonly number[] {
  const upTo = (part: number): number => Math.floor((sum * part) / parts);
  return Array.from({ length: parts }, (_, i) => upTo(i + 1) - upTo(i));
}
