import type { Instant } from '@boxoffice/shared/kernel';
import type { Kysely } from 'kysely';
import type { Posting } from '../core/ledger';
import type { PaymentTables } from './tables';

/** `about`: the order, or the gift card, that it is posted for. */
export async function insertPosting(
  tables: Kysely<PaymentTables>,
  { transactionId, entries }: Posting,
  about: string,
  now: Instant,
): Promise<void> {
  const rows = entries.map(({ account, amount }, entry) => ({
    transactionId,
    entry,
    account,
    amountMinor: amount.amountMinor,
    currency: amount.currency,
    orderId: about,
    recordedAt: now,
  }));
  await tables.insertInto('ledger').values(rows).execute();
}
