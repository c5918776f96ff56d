import type { House } from './house';

interface LedgerTable {
  readonly ledger: {
    readonly transactionId: string;
    readonly account: string;
    readonly amountMinor: number;
    readonly orderId: string;
  };
}

/** What the ledger says of one order. Throws where a transaction does not sum to zero. */
export async function ledgerOf(
  { platform }: House,
  orderId: string,
): Promise<{ readonly transactions: number; readonly balances: Readonly<Record<string, number>> }> {
  const rows = await platform
    .database<LedgerTable>('payment-processing')
    .query.selectFrom('ledger')
    .selectAll()
    .where('orderId', '=', orderId)
    .execute();
  const transactions = sums(rows.map(({ transactionId, amountMinor }) => [transactionId, amountMinor]));
  for (const [id, sum] of Object.entries(transactions))
    if (sum !== 0) throw new Error(`the ledger’s ${id} sums to ${sum}`);
  const byAccount = rows.map(({ account, amountMinor }) => [account.split(':')[0]!, amountMinor] as const);
  return { transactions: Object.keys(transactions).length, balances: sums(byAccount) };
}

function sums(entries: readonly (readonly [string, number])[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const [name, amount] of entries) all[name] = (all[name] ?? 0) + amount;
  return all;
}

/** The ids of the mails that were sent about one order, in the order of sending: `tickets`, `refund-…`. */
export const mailsAbout = ({ platform }: House, orderId: string): readonly string[] =>
  platform.mailbox
    .list({ limit: 1000 })
    .map(({ id }) => id)
    .filter((id) => id.startsWith(`${orderId}-`))
    .map((id) => id.slice(orderId.length + 1))
    .reverse();
