import { money, type Instant } from '@boxoffice/shared/kernel';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Kysely, Transaction } from 'kysely';
import type { DisputeBook, RecordedDispute } from '../core/dispute';
import type { DisputeRow } from './dispute-tables';
import { insertPosting } from './ledger-rows';
import type { PaymentTables } from './tables';

/** `now`: when the ledger says that it moved. */
export const disputeBook = (tx: Transaction<PaymentTables>, now: Instant): DisputeBook => ({
  async find(gateway, disputeId) {
    const row = await tx
      .selectFrom('disputes')
      .selectAll()
      .where('gateway', '=', gateway)
      .where('disputeId', '=', disputeId)
      .executeTakeFirst();
    return row && disputeFrom(row);
  },
  async add({ amount, settledAt, ...dispute }) {
    const row = { ...dispute, ...amount, settledAt: settledAt ?? null };
    await tx.insertInto('disputes').values(row).execute();
  },
  async save({ gateway, disputeId, state, settledAt, version }) {
    const { numUpdatedRows } = await tx
      .updateTable('disputes')
      .set({ state, settledAt: settledAt ?? null, version: version + 1 })
      .where('gateway', '=', gateway)
      .where('disputeId', '=', disputeId)
      .where('version', '=', version)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new StaleVersion(`dispute ${disputeId}`);
  },
  post: (posting, orderId) => insertPosting(tx, posting, orderId, now),
});

/** Newest first. */
export async function listDisputes(
  tables: Kysely<PaymentTables>,
  organizerId: string,
  { limit, before }: { readonly limit: number; readonly before: string | undefined },
): Promise<readonly RecordedDispute[]> {
  let query = tables.selectFrom('disputes').selectAll().where('organizerId', '=', organizerId);
  if (before !== undefined) query = query.where('id', '<', before);
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map(disputeFrom);
}

const disputeFrom = ({ amountMinor, currency, ...row }: DisputeRow): RecordedDispute => ({
  ...row,
  amount: money(amountMinor, currency),
  state: row.state as RecordedDispute['state'],
  openedAt: row.openedAt as Instant,
  settledAt: (row.settledAt ?? undefined) as Instant | undefined,
});
