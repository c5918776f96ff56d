import type { Instant } from '@boxoffice/shared/kernel';
import type { Kysely } from 'kysely';
import type { Posting } from '../core/ledger';
import type { PaymentTables } from './tables';

type Tables = Kysely<PaymentTables>;

/** Enters a movement, and keeps the balances of organisers' accounts with it. `orderId`: empty where it is no order's. */
export async function insertPosting(
  tx: Tables,
  { transactionId, entries }: Posting,
  orderId: string,
  recordedAt: Instant,
): Promise<void> {
  const rows = entries.map(({ account, amount: { amountMinor, currency } }, entry) => ({
    transactionId,
    entry,
    account,
    amountMinor,
    currency,
    orderId,
    recordedAt,
  }));
  await tx.insertInto('ledger').values(rows).execute();
  for (const { account, amountMinor, currency } of rows)
    if (account.startsWith('organizer:')) await addToBalance(tx, account, currency, amountMinor);
}

/** Added where it stands, so that commits at the same time wait for each other and none is lost. */
async function addToBalance(
  tx: Tables,
  account: string,
  currency: string,
  amountMinor: number,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('balances')
    .set((eb) => ({ amountMinor: eb('amountMinor', '+', amountMinor) }))
    .where('account', '=', account)
    .where('currency', '=', currency)
    .executeTakeFirst();
  if (numUpdatedRows === 0n)
    await tx.insertInto('balances').values({ account, currency, amountMinor }).execute();
}
