import type { SimulatedProcess } from '@boxoffice/shared/platform/simulated';

/** The tables of payment-processing and the outboxes, as far as an auditor reads them. */
interface Tables {
  orders: {
    orderId: string;
    holdId: string;
    eventId: string;
    userId: string;
    buyerEmail: string;
    lines: string;
    totalMinor: number;
    state: string;
    paymentId: string | null;
    paidAt: string | null;
    tickets: string | null;
  };
  payments: {
    paymentId: string;
    orderId: string;
    amountMinor: number;
    currency: string;
    state: string;
    reference: string | null;
  };
  refunds: {
    refundId: string;
    paymentId: string;
    orderId: string;
    amountMinor: number;
    state: string;
    reason: string;
  };
  ledger: { transactionId: string; account: string; amountMinor: number; currency: string };
  outbox: { id: string; envelope: string };
}

export interface Books {
  readonly orders: readonly Tables['orders'][];
  readonly payments: readonly Tables['payments'][];
  readonly refunds: readonly Tables['refunds'][];
  readonly ledger: readonly Tables['ledger'][];
  /** Facts that were never said. */
  readonly unsaid: readonly Tables['outbox'][];
}

/** What is written down, read by somebody for whom nothing fails. */
export async function readBooks(auditor: SimulatedProcess): Promise<Books> {
  const { query } = auditor.database<Tables>('payment-processing');
  const events = auditor.database<Tables>('event-management').query;
  return {
    orders: await query.selectFrom('orders').selectAll().execute(),
    payments: await query.selectFrom('payments').selectAll().execute(),
    refunds: await query.selectFrom('refunds').selectAll().execute(),
    ledger: await query.selectFrom('ledger').selectAll().execute(),
    unsaid: [
      ...(await query.selectFrom('outbox').selectAll().execute()),
      ...(await events.selectFrom('outbox').selectAll().execute()),
    ],
  };
}
