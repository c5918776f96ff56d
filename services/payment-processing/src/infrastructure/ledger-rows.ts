import type { Instant } from '@boxoffice/shared/kernel';
import type { Kysely } from 'kysely';
import type { Posting } from '../core/ledger';
import type { PaymentTables } from './tables';

/** Enters a movement. `orderId`: empty where it is no order's. */
export async function insertPosting(
  tables: Kysely<PaymentTables>,
  { transactionId, entries }: Posting,
  orderId: string,
  now: Instant,
): Promise<void> {
  const rows = entries.map(({ account, amount }, entry) => ({
    transactionId,
    entry,
    account,
    amountMinor: amount.amountMinor,
    currency: amount.currency,
    orderId,
    recordedAt: now,
  }));
  await tables.insertInto('ledger').values(rows).execute();
}
