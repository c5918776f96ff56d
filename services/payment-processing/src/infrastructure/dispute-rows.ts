import { money, type Instant } from '@boxoffice/shared/kernel';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Transaction } from 'kysely';
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

const disputeFrom = ({ amountMinor, currency, ...row }: DisputeRow): RecordedDispute => ({
  ...row,
  amount: money(amountMinor, currency),
  state: row.state as RecordedDispute['state'],
  openedAt: row.openedAt as Instant,
  settledAt: (row.settledAt ?? undefined) as Instant | undefined,
});
