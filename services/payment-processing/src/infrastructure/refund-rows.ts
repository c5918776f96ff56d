import { money, type Instant } from '@boxoffice/shared/kernel';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Kysely } from 'kysely';
import type { Refund, RefundReason, RefundState } from '../core/refund';
import type { PaymentTables, RefundRow } from './tables';

type Tables = Kysely<PaymentTables>;

export async function findRefund(tables: Tables, refundId: string): Promise<Refund | undefined> {
  const row = await tables
    .selectFrom('refunds')
    .selectAll()
    .where('refundId', '=', refundId)
    .executeTakeFirst();
  return row && refundFrom(row);
}

export async function listRefunds(tables: Tables, paymentId: string): Promise<readonly Refund[]> {
  const rows = await tables
    .selectFrom('refunds')
    .selectAll()
    .where('paymentId', '=', paymentId)
    .orderBy('refundId')
    .execute();
  return rows.map(refundFrom);
}

export async function insertRefund(tables: Tables, refund: Refund): Promise<void> {
  const row: RefundRow = {
    refundId: refund.refundId,
    paymentId: refund.paymentId,
    orderId: refund.orderId,
    gateway: refund.gateway,
    paymentReference: refund.paymentReference,
    reason: refund.reason,
    eventId: refund.eventId,
    refundKey: refund.refundKey,
    note: refund.note ?? null,
    amountMinor: refund.amount.amountMinor,
    currency: refund.amount.currency,
    requestedAt: refund.requestedAt,
    ...changing(refund),
    version: refund.version,
  };
  await tables.insertInto('refunds').values(row).execute();
}

/** Throws StaleVersion when another has written since `refund.version` was read. */
export async function updateRefund(tables: Tables, refund: Refund): Promise<void> {
  const { numUpdatedRows } = await tables
    .updateTable('refunds')
    .set({ ...changing(refund), version: refund.version + 1 })
    .where('refundId', '=', refund.refundId)
    .where('version', '=', refund.version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new StaleVersion(`refund ${refund.refundId}`);
}

const changing = (refund: Refund) => ({
  state: refund.state,
  reference: refund.reference ?? null,
  failure: refund.failure?.slice(0, 400) ?? null,
  settledBy: refund.settledBy ?? null,
  refundedAt: refund.refundedAt ?? null,
  askAt: refund.askAt ?? null,
  asks: refund.asks,
  ticketIds: refund.ticketIds.length === 0 ? null : JSON.stringify(refund.ticketIds),
});

export const refundFrom = (row: RefundRow): Refund => ({
  refundId: row.refundId,
  paymentId: row.paymentId,
  orderId: row.orderId,
  gateway: row.gateway,
  paymentReference: row.paymentReference,
  eventId: row.eventId ?? '',
  refundKey: row.refundKey ?? '',
  ticketIds: row.ticketIds === null ? [] : (JSON.parse(row.ticketIds) as readonly string[]),
  note: row.note ?? undefined,
  settledBy: row.settledBy ?? undefined,
  reason: row.reason as RefundReason,
  amount: money(row.amountMinor, row.currency),
  state: row.state as RefundState,
  reference: row.reference ?? undefined,
  failure: row.failure ?? undefined,
  requestedAt: row.requestedAt as Instant,
  refundedAt: (row.refundedAt ?? undefined) as Instant | undefined,
  askAt: (row.askAt ?? undefined) as Instant | undefined,
  asks: row.asks,
  version: row.version,
});
