import type { SimulatedProcess } from '@boxoffice/shared/platform/simulated';

/** The tables of payment-processing and the outboxes, as far as an auditor reads them. */
interface Tables {
  orders: {
    orderId: string;
    holdId: string;
    eventId: string;
    userId: string;
    buyerEmail: string;
    price: string;
    totalMinor: number;
    currency: string;
    state: string;
    paymentId: string | null;
    paidAt: string | null;
    tickets: string | null;
    fulfilledAt: string | null;
  };
  payments: {
    paymentId: string;
    orderId: string;
    gateway: string;
    amountMinor: number;
    currency: string;
    state: string;
    reference: string | null;
    refundedMinor: number;
    replacedBy: string | null;
  };
  refunds: {
    refundId: string;
    paymentId: string;
    orderId: string;
    amountMinor: number;
    state: string;
    reason: string;
    ticketIds: string | null;
    settledBy: string | null;
  };
  ledger: { transactionId: string; account: string; amountMinor: number; currency: string };
  balances: { account: string; amountMinor: number; currency: string };
  allowances: { allowanceId: string; taken: number };
  uses: { orderId: string; allowanceId: string; units: number; most: number; isTaken: number };
  giftCards: { giftCardId: string; amountMinor: number; balanceMinor: number };
  giftCardShares: { orderId: string; giftCardId: string; amountMinor: number; returnedMinor: number };
  refundJobs: { eventId: string; reason: string; doneAt: string | null };
  transfers: { paymentId: string; amountMinor: number; currency: string; state: string };
  bankCredits: {
    creditId: string;
    bankId: string;
    amountMinor: number;
    currency: string;
    state: string;
    paymentId: string | null;
  };
  outgoingTransfers: {
    outgoingId: string;
    what: string;
    paymentId: string | null;
    amountMinor: number;
    state: string;
  };
  outbox: { id: string; envelope: string };
}

export type Books = {
  readonly [Table in Exclude<keyof Tables, 'outbox'>]: readonly Tables[Table][];
} & {
  /** Facts that were never said. */
  readonly unsaid: readonly Tables['outbox'][];
};

export type OrderOnFile = Tables['orders'];
export type RefundOnFile = Tables['refunds'];

/** What an order says of its price; amounts are minor units. */
interface Price {
  readonly lines: readonly {
    readonly ticketTypeId: string;
    readonly quantity: number;
    readonly gross: number;
  }[];
  readonly discounts: readonly { readonly discountId: string; readonly code?: string }[];
  readonly due: number;
}

export const priceOf = ({ price }: Pick<OrderOnFile, 'price'>): Price => JSON.parse(price) as Price;

export interface TicketOnFile {
  readonly ticketId: string;
  readonly ticketTypeId: string;
}

export const ticketsOf = ({ tickets }: Pick<OrderOnFile, 'tickets'>): readonly TicketOnFile[] =>
  JSON.parse(tickets ?? '[]') as readonly TicketOnFile[];

/** Tickets that were given back: those of each refund that is done, and all where all has gone back. */
export function voidTickets({ orders, refunds }: Books): ReadonlySet<string> {
  const done = refunds.filter(({ state }) => state === 'succeeded');
  return new Set([
    ...done.flatMap(({ ticketIds }) => JSON.parse(ticketIds ?? '[]') as readonly string[]),
    ...orders
      .filter(({ state }) => state === 'refunded')
      .flatMap((order) => ticketsOf(order).map(({ ticketId }) => ticketId)),
  ]);
}

export const sumOf = (rows: readonly { readonly amountMinor: number }[]): number =>
  rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** What is written down, read by somebody for whom nothing fails. */
export async function readBooks(auditor: SimulatedProcess): Promise<Books> {
  const { query } = auditor.database<Tables>('payment-processing');
  const events = auditor.database<Tables>('event-management').query;
  const all = <Table extends keyof Tables>(table: Table) =>
    query.selectFrom(table).selectAll().execute() as Promise<Tables[Table][]>;
  return {
    orders: await all('orders'),
    payments: await all('payments'),
    refunds: await all('refunds'),
    ledger: await all('ledger'),
    balances: await all('balances'),
    allowances: await all('allowances'),
    uses: await all('uses'),
    giftCards: await all('giftCards'),
    giftCardShares: await all('giftCardShares'),
    refundJobs: await all('refundJobs'),
    transfers: await all('transfers'),
    bankCredits: await all('bankCredits'),
    outgoingTransfers: await all('outgoingTransfers'),
    unsaid: [...(await all('outbox')), ...(await events.selectFrom('outbox').selectAll().execute())],
  };
}
