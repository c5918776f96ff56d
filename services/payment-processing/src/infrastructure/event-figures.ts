import type { Money } from '@boxoffice/shared/kernel';
import type { Kysely } from 'kysely';
import type { Order } from '../core/order';
import { ticketsOf } from '../core/pricing/list-lines';
import type { Refund } from '../core/refund';
import { moneyOfTickets } from '../core/ticket-money';
import type { EventFigureRow } from './money-tables';
import type { PaymentTables } from './tables';

type Tables = Kysely<PaymentTables>;
type Counts = Omit<EventFigureRow, 'eventId' | 'ticketTypeId' | 'currency'>;

const nothing: Counts = { soldCount: 0, returnedCount: 0, soldMinor: 0, refundedMinor: 0, feesMinor: 0 };
/** The row of the whole event. */
const all = '';

/** An order is paid for: its tickets count as sold, by type and in all. */
export async function countSale(tx: Tables, order: Order): Promise<void> {
  const { lines, due } = order.price;
  for (const [ticketTypeId, own] of byType(lines))
    await count(tx, order, ticketTypeId, {
      soldCount: sum(own, ticketsOf),
      soldMinor: sum(own, (line) => line.gross.amountMinor),
    });
  await count(tx, order, all, {
    soldCount: sum(lines, ticketsOf),
    soldMinor: due.amountMinor,
  });
}

export const countFee = (tx: Tables, order: Order, fee: Money): Promise<void> =>
  count(tx, order, all, { feesMinor: fee.amountMinor });

/** Money of the order went back, for these tickets. What was given back for no ticket in particular is in the sum alone. */
export async function countRefund(
  tx: Tables,
  order: Order,
  { amount }: Pick<Refund, 'amount'>,
  ticketIds: readonly string[],
): Promise<void> {
  const returned = returnedBy(order, ticketIds);
  for (const [ticketTypeId, own] of byType(returned))
    await count(tx, order, ticketTypeId, {
      returnedCount: sum(own, ({ tickets }) => tickets),
      refundedMinor: sum(own, ({ amountMinor }) => amountMinor),
    });
  await count(tx, order, all, {
    returnedCount: sum(returned, ({ tickets }) => tickets),
    refundedMinor: amount.amountMinor,
  });
}

interface Returned {
  readonly ticketTypeId: string;
  readonly tickets: number;
  readonly amountMinor: number;
}

function returnedBy(order: Order, ticketIds: readonly string[]): readonly Returned[] {
  const { state, tickets, price } = order;
  // Paid back before there were any tickets: all that it was sold for.
  if (state === 'refunded' && tickets.length === 0)
    return price.lines.map((line) => ({
      ticketTypeId: line.ticketTypeId,
      tickets: ticketsOf(line),
      amountMinor: line.gross.amountMinor,
    }));
  const money = moneyOfTickets(order);
  return tickets
    .filter(({ ticketId }) => ticketIds.includes(ticketId))
    .map(({ ticketId, ticketTypeId }) => ({
      ticketTypeId,
      tickets: 1,
      amountMinor: money.get(ticketId)?.amountMinor ?? 0,
    }));
}

async function count(tx: Tables, order: Order, ticketTypeId: string, more: Partial<Counts>): Promise<void> {
  const { eventId } = order.event;
  const { currency } = order.price.total;
  const columns = Object.keys(more) as (keyof Counts)[];
  const { numUpdatedRows } = await tx
    .updateTable('eventFigures')
    .set((eb) => Object.fromEntries(columns.map((column) => [column, eb(column, '+', more[column] ?? 0)])))
    .where('eventId', '=', eventId)
    .where('ticketTypeId', '=', ticketTypeId)
    .where('currency', '=', currency)
    .executeTakeFirst();
  if (numUpdatedRows === 0n)
    await tx
      .insertInto('eventFigures')
      .values({ eventId, ticketTypeId, currency, ...nothing, ...more })
      .execute();
}

const byType = <T extends { readonly ticketTypeId: string }>(items: readonly T[]): Map<string, T[]> =>
  Map.groupBy(items, ({ ticketTypeId }) => ticketTypeId);

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
