import { verifyStockReport } from '@boxoffice/shared/contracts';
import { publicKeyFrom, verifyTicketCode } from '@boxoffice/shared/tokens';
import type { OnSale, Order } from '../purchase';
import { Visitor } from '../visitor';
import type { Told } from './crowd';

interface Availability {
  readonly ticketTypes: readonly {
    readonly ticketTypeId: string;
    readonly capacity: number;
    readonly held: number;
    readonly sold: number;
    readonly available: number;
  }[];
}

/** What the machine says in the end, against what the crowd was told: a sentence for each thing that is not as it must be. */
export async function check(
  origin: string,
  organizer: Visitor,
  sale: OnSale,
  told: Told,
  seats: number,
): Promise<readonly string[]> {
  const faults = [...told.faults];
  const sameForAll = (what: string, found: number): void => {
    if (found !== seats) faults.push(`${what}: ${found}, not ${seats}`);
  };

  const tickets = await ticketsOf(origin, told, faults);
  sameForAll('tickets of all orders', tickets.length);
  sameForAll('different tickets', new Set(tickets.map(({ ticketId }) => ticketId)).size);
  sameForAll('tickets that verify, with different codes', await goodCodesOf(origin, tickets));
  sameForAll('tickets in wallets', await inWallets(origin, told));

  const { ticketTypes } = await organizer.get<Availability>(`/events/${sale.eventId}/availability`);
  const stock = ticketTypes.find(({ ticketTypeId }) => ticketTypeId === sale.ticketTypes[0]?.ticketTypeId);
  sameForAll('sold', stock?.sold ?? NaN);
  if (stock?.held !== 0 || stock.available !== 0)
    faults.push(`${stock?.held ?? NaN} held and ${stock?.available ?? NaN} available, though all is sold`);

  const { report, found } = await stockReport(origin, organizer, sale);
  faults.push(...report.map((fault) => `the stock report: ${fault}`));
  sameForAll('sold, by the stock report', found);
  return faults;
}

/** The report that the organiser downloads, recomputed: what is wrong with it, and how many seats it says were sold. */
async function stockReport(
  origin: string,
  organizer: Visitor,
  { eventId, ticketTypes }: OnSale,
): Promise<{ report: readonly string[]; found: number }> {
  const reply = await fetch(`${origin}/api/v1/events/${eventId}/stock-report`, {
    headers: { authorization: `Bearer ${organizer.token ?? ''}` },
  });
  if (!reply.ok) return { report: [`was refused: ${reply.status}`], found: NaN };
  const { faults, totals } = verifyStockReport(await reply.text());
  const total = totals.find(({ ticketTypeId }) => ticketTypeId === ticketTypes[0]?.ticketTypeId);
  return { report: faults, found: total?.sold ?? NaN };
}

/** Of every order that was ever placed, whether or not its buyer was told what became of it. */
async function ticketsOf(origin: string, told: Told, faults: string[]): Promise<Order['tickets']> {
  const orders = await eachOf(told.orders, ([orderId, token]) =>
    new Visitor(origin, token).get<Order>(`/orders/${orderId}`),
  );
  for (const { orderId, state, tickets } of orders) {
    if (!['fulfilled', 'refunded', 'cancelled', 'expired'].includes(state))
      faults.push(`order ${orderId} is left ${state}`);
    if (state !== 'fulfilled' && tickets.length > 0)
      faults.push(`order ${orderId} is ${state}, with tickets`);
  }
  return orders.flatMap(({ tickets }) => tickets);
}

async function goodCodesOf(origin: string, tickets: Order['tickets']): Promise<number> {
  const { keys } = await new Visitor(origin, undefined).get<{ keys: { kid: string; x: string }[] }>(
    '/ticket-keys',
  );
  const published = new Map(keys.map(({ kid, x }) => [kid, publicKeyFrom(x)]));
  const good = tickets.filter(({ code, ticketId }) => {
    const verdict = verifyTicketCode(code, (keyId) => published.get(keyId));
    return verdict.valid && verdict.ticket.ticketId === ticketId;
  });
  return new Set(good.map(({ code }) => code)).size;
}

async function inWallets(origin: string, told: Told): Promise<number> {
  const buyers = new Set(told.orders.values());
  const wallets = await eachOf(buyers, (token) =>
    new Visitor(origin, token).get<{ items: object[] }>('/tickets?limit=100'),
  );
  return wallets.reduce((sum, { items }) => sum + items.length, 0);
}

/** A few at a time: each is a request. */
async function eachOf<T, Found>(all: Iterable<T>, find: (one: T) => Promise<Found>): Promise<Found[]> {
  const left = [...all];
  const found: Found[] = [];
  const worker = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) found.push(await find(next));
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return found;
}
