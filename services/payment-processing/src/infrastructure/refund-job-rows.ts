import type { Instant } from '@boxoffice/shared/kernel';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Kysely } from 'kysely';
import type { RefundReason } from '../core/refund';
import type { RefundCommit, RefundJob, RefundJobKey } from '../core/refund-job';
import type { RefundJobRow } from './money-tables';
import { listRefunds } from './refund-rows';
import type { PaymentTables } from './tables';

type Tables = Kysely<PaymentTables>;

export const refundCommit = (tx: Tables, now: Instant): RefundCommit => ({
  refundsOf: (paymentId) => listRefunds(tx, paymentId),
  refundJob: (key) => findJob(tx, key),
  addRefundJob: async (job) => {
    const { eventId, reason, version } = job;
    await tx
      .insertInto('refundJobs')
      .values({ eventId, reason, version, ...changing(job) })
      .execute();
  },
  saveRefundJob: async (job) => {
    const { numUpdatedRows } = await tx
      .updateTable('refundJobs')
      .set({ ...changing(job), version: job.version + 1 })
      .where('eventId', '=', job.eventId)
      .where('reason', '=', job.reason)
      .where('version', '=', job.version)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new StaleVersion(`refunds of ${job.eventId}`);
  },
  lookAgain: async (eventId) => {
    await tx
      .updateTable('refundJobs')
      .set((eb) => ({ cursor: '', waiting: 0, dueAt: now, doneAt: null, version: eb('version', '+', 1) }))
      .where('eventId', '=', eventId)
      .where('reason', '=', 'event-cancelled')
      .execute();
  },
});

async function findJob(tables: Tables, { eventId, reason }: RefundJobKey): Promise<RefundJob | undefined> {
  const row = await tables
    .selectFrom('refundJobs')
    .selectAll()
    .where('eventId', '=', eventId)
    .where('reason', '=', reason)
    .executeTakeFirst();
  return row && jobFrom(row);
}

const changing = (job: RefundJob) => ({
  askedAt: job.askedAt,
  cursor: job.cursor,
  waiting: job.waiting,
  doneAt: job.doneAt ?? null,
  dueAt: job.dueAt ?? null,
});

export const jobFrom = (row: RefundJobRow): RefundJob => ({
  eventId: row.eventId,
  reason: row.reason as RefundReason,
  askedAt: row.askedAt as Instant,
  cursor: row.cursor,
  waiting: row.waiting,
  doneAt: (row.doneAt ?? undefined) as Instant | undefined,
  dueAt: (row.dueAt ?? undefined) as Instant | undefined,
  version: row.version,
});
