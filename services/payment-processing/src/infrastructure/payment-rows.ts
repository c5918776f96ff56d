import { money, type Instant } from '@boxoffice/shared/kernel';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Kysely } from 'kysely';
import type { Payment, PaymentState } from '../core/payment';
import type { Page, PaymentMethod } from '../core/ports';
import type { PaymentRow, PaymentTables } from './tables';

type Tables = Kysely<PaymentTables>;

export async function findPayment(tables: Tables, paymentId: string): Promise<Payment | undefined> {
  const row = await tables
    .selectFrom('payments')
    .selectAll()
    .where('paymentId', '=', paymentId)
    .executeTakeFirst();
  return row && paymentFrom(row);
}

export async function listPayments(tables: Tables, userId: string, page: Page): Promise<readonly Payment[]> {
  let query = tables.selectFrom('payments').selectAll().where('userId', '=', userId);
  if (page.before !== undefined) query = query.where('paymentId', '<', page.before);
  const rows = await query.orderBy('paymentId', 'desc').limit(page.limit).execute();
  return rows.map(paymentFrom);
}

export async function insertPayment(tables: Tables, payment: Payment): Promise<void> {
  const row: PaymentRow = {
    paymentId: payment.paymentId,
    orderId: payment.orderId,
    userId: payment.userId,
    gateway: payment.gateway,
    amountMinor: payment.amount.amountMinor,
    currency: payment.amount.currency,
    capture: payment.capture === 'later' ? 'later' : null,
    payBy: payment.payBy ?? null,
    method: payment.method ?? null,
    createdAt: payment.createdAt,
    refundedMinor: payment.refundedMinor,
    traceparent: payment.traceparent ?? null,
    ...changing(payment),
    version: payment.version,
  };
  await tables.insertInto('payments').values(row).execute();
}

/** Throws StaleVersion when another has written since `payment.version` was read. */
export async function updatePayment(tables: Tables, payment: Payment): Promise<void> {
  const { numUpdatedRows } = await tables
    .updateTable('payments')
    .set({ ...changing(payment), version: payment.version + 1 })
    .where('paymentId', '=', payment.paymentId)
    .where('version', '=', payment.version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new StaleVersion(`payment ${payment.paymentId}`);
}

/** Has the gateway asked about it in the sweeper's next round, if it still waits for anything. */
export async function askSoon(tables: Tables, paymentId: string, now: Instant): Promise<void> {
  await tables
    .updateTable('payments')
    .set((eb) => ({ askAt: now, version: eb('version', '+', 1) }))
    .where('paymentId', '=', paymentId)
    .where('askAt', 'is not', null)
    .execute();
}

/**
 * Sets a part of what was captured aside for a refund. The condition is the guard that no refund, under any concurrency, goes
 * above it: false, and nothing is written, where so much is not left. It alone changes the sum, where it stands.
 */
export async function setAside(tables: Tables, paymentId: string, amountMinor: number): Promise<boolean> {
  const { numUpdatedRows } = await tables
    .updateTable('payments')
    .set((eb) => ({
      refundedMinor: eb('refundedMinor', '+', amountMinor),
      version: eb('version', '+', 1),
    }))
    .where('paymentId', '=', paymentId)
    .where('state', '=', 'captured')
    .where((eb) => eb(eb('refundedMinor', '+', amountMinor), '<=', eb.ref('amountMinor')))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Has the gateway's no: so much can be given back again. */
export async function giveUp(tables: Tables, paymentId: string, amountMinor: number): Promise<void> {
  await tables
    .updateTable('payments')
    .set((eb) => ({
      refundedMinor: eb('refundedMinor', '-', amountMinor),
      version: eb('version', '+', 1),
    }))
    .where('paymentId', '=', paymentId)
    .execute();
}

const changing = (payment: Payment) => ({
  state: payment.state,
  reference: payment.reference ?? null,
  checkoutUrl: payment.checkoutUrl ?? null,
  declineReason: payment.declineReason?.slice(0, 400) ?? null,
  capturedAt: payment.capturedAt ?? null,
  askAt: payment.askAt ?? null,
  asks: payment.asks,
  replacedBy: payment.replacedBy ?? null,
});

const paymentFrom = (row: PaymentRow): Payment => ({
  paymentId: row.paymentId,
  orderId: row.orderId,
  userId: row.userId,
  gateway: row.gateway,
  amount: money(row.amountMinor, row.currency),
  capture: row.capture === 'later' ? 'later' : 'at-once',
  payBy: (row.payBy ?? undefined) as Instant | undefined,
  method: (row.method ?? undefined) as PaymentMethod | undefined,
  state: row.state as PaymentState,
  reference: row.reference ?? undefined,
  checkoutUrl: row.checkoutUrl ?? undefined,
  declineReason: row.declineReason ?? undefined,
  createdAt: row.createdAt as Instant,
  capturedAt: (row.capturedAt ?? undefined) as Instant | undefined,
  refundedMinor: row.refundedMinor,
  askAt: (row.askAt ?? undefined) as Instant | undefined,
  asks: row.asks,
  replacedBy: row.replacedBy ?? undefined,
  ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
  version: row.version,
});
