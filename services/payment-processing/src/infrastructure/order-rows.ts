import type { IssuedTicket } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Kysely, Selectable } from 'kysely';
import type { Answers } from '../core/answers';
import type { OrdersWanted } from '../core/finance/ports';
import type { Buyer, EventFacts, Order } from '../core/order';
import type { OrderState } from '../core/order-saga';
import type { Page } from '../core/ports';
import { priceFrom, priceFromLines, priceText } from './price-row';
import type { EventRow, OrderRow, PaymentTables } from './tables';

type Tables = Kysely<PaymentTables>;

const ordersWithEvents = (tables: Tables) =>
  tables
    .selectFrom('orders')
    .innerJoin('events', 'events.eventId', 'orders.eventId')
    .selectAll('orders')
    .select(['events.organizerId', 'events.title', 'events.startsAt', 'events.endsAt'])
    .select(['events.timeZone', 'events.venueName', 'events.venueAddress']);

export async function findOrder(
  tables: Tables,
  by: 'orderId' | 'holdId',
  id: string,
): Promise<Order | undefined> {
  const row = await ordersWithEvents(tables).where(`orders.${by}`, '=', id).executeTakeFirst();
  return row && orderFrom(row);
}

export async function listOrders(tables: Tables, userId: string, page: Page): Promise<readonly Order[]> {
  let query = ordersWithEvents(tables).where('orders.userId', '=', userId);
  if (page.before !== undefined) query = query.where('orders.orderId', '<', page.before);
  const rows = await query.orderBy('orders.orderId', 'desc').limit(page.limit).execute();
  return rows.map(orderFrom);
}

/** Newest first. An address is the same however it is written. */
export async function listOrdersOfEvent(
  tables: Tables,
  eventId: string,
  { state, email, limit, before }: OrdersWanted,
): Promise<readonly Order[]> {
  let query = ordersWithEvents(tables).where('orders.eventId', '=', eventId);
  if (state !== undefined) query = query.where('orders.state', '=', state);
  if (email !== undefined)
    query = query.where((eb) => eb(eb.fn('lower', ['orders.buyerEmail']), '=', email.toLowerCase()));
  if (before !== undefined) query = query.where('orders.orderId', '<', before);
  return (await query.orderBy('orders.orderId', 'desc').limit(limit).execute()).map(orderFrom);
}

export async function insertOrder(tables: Tables, order: Order): Promise<void> {
  const { name, email, ...more } = order.buyer;
  const row: OrderRow = {
    orderId: order.orderId,
    holdId: order.holdId,
    eventId: order.event.eventId,
    userId: order.userId,
    buyerName: name,
    buyerEmail: email,
    buyerMore: Object.keys(more).length === 0 ? null : JSON.stringify(more),
    answers: order.answers === undefined ? null : JSON.stringify(order.answers),
    lines: '[]',
    price: priceText(order.price),
    totalMinor: order.price.total.amountMinor,
    currency: order.price.total.currency,
    holdExpiresAt: order.holdExpiresAt,
    placedAt: order.placedAt,
    ...changing(order),
    version: order.version,
  };
  await tables.insertInto('orders').values(row).execute();
}

/** The order as it is now. Throws StaleVersion when another has written since `order.version` was read. */
export async function updateOrder(tables: Tables, order: Order): Promise<Order> {
  const { numUpdatedRows } = await tables
    .updateTable('orders')
    .set({ ...changing(order), version: order.version + 1 })
    .where('orderId', '=', order.orderId)
    .where('version', '=', order.version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new StaleVersion(`order ${order.orderId}`);
  return { ...order, version: order.version + 1 };
}

const changing = (order: Order) => ({
  state: order.state,
  paidAt: order.paidAt ?? null,
  paymentId: order.paymentId ?? null,
  livePaymentId: order.livePaymentId ?? null,
  tickets: order.tickets.length === 0 ? null : JSON.stringify(order.tickets),
  fulfilledAt: order.fulfilledAt ?? null,
  dueAt: order.dueAt ?? null,
  asks: order.asks,
});

type EventColumns = Omit<EventRow, 'eventVersion' | 'terms'>;

function orderFrom(row: Selectable<OrderRow> & EventColumns): Order {
  return {
    orderId: row.orderId,
    holdId: row.holdId,
    event: eventFrom(row),
    userId: row.userId,
    buyer: {
      name: row.buyerName,
      email: row.buyerEmail,
      ...(row.buyerMore === null ? {} : (JSON.parse(row.buyerMore) as Omit<Buyer, 'name' | 'email'>)),
    },
    ...(row.answers === null ? {} : { answers: JSON.parse(row.answers) as Answers }),
    price: row.price === null ? priceFromLines(row.lines, row.currency) : priceFrom(row.price, row.currency),
    state: row.state as OrderState,
    holdExpiresAt: row.holdExpiresAt as Instant,
    placedAt: row.placedAt as Instant,
    paidAt: (row.paidAt ?? undefined) as Instant | undefined,
    paymentId: row.paymentId ?? undefined,
    livePaymentId: row.livePaymentId ?? undefined,
    tickets: row.tickets === null ? [] : (JSON.parse(row.tickets) as readonly IssuedTicket[]),
    fulfilledAt: (row.fulfilledAt ?? undefined) as Instant | undefined,
    dueAt: (row.dueAt ?? undefined) as Instant | undefined,
    asks: row.asks,
    version: row.version,
  };
}

export const eventFrom = (row: EventColumns): EventFacts => ({
  eventId: row.eventId,
  organizerId: row.organizerId,
  title: row.title,
  startsAt: row.startsAt as Instant,
  endsAt: row.endsAt as Instant,
  timeZone: row.timeZone,
  venueName: row.venueName,
  venueAddress: row.venueAddress,
});
