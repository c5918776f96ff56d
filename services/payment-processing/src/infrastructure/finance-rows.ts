import { money, type Instant } from '@boxoffice/shared/kernel';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Kysely } from 'kysely';
import type { FinanceTeam } from '../core/finance/finance-team';
import type { Payout } from '../core/finance/payout';
import type { FinanceCommit } from '../core/finance/ports';
import { organizerAccount } from '../core/ledger';
import { insertPosting } from './ledger-rows';
import type { PayoutRow } from './money-tables';
import type { PaymentTables } from './tables';

type Tables = Kysely<PaymentTables>;

export const financeCommit = (tx: Tables, now: Instant): FinanceCommit => ({
  financeTeam: (organizerId) => findFinanceTeam(tx, organizerId),
  addFinanceTeam: async ({ organizerId, members, version }) => {
    await tx
      .insertInto('financeTeams')
      .values({ organizerId, members: JSON.stringify(members), version })
      .execute();
  },
  saveFinanceTeam: async ({ organizerId, members, version }) => {
    const { numUpdatedRows } = await tx
      .updateTable('financeTeams')
      .set({ members: JSON.stringify(members), version })
      .where('organizerId', '=', organizerId)
      .where('version', '=', version - 1)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new StaleVersion(`finance team of ${organizerId}`);
  },
  addPayout: async (payout, posting) => {
    const { payoutId, organizerId, amount, reference, paidAt } = payout;
    const row: PayoutRow = { payoutId, organizerId, ...amount, reference, paidAt };
    await tx.insertInto('payouts').values(row).execute();
    // Posted first: the balance's row is then this commit's alone, and what is read of it is true until it commits.
    await insertPosting(tx, posting, '', now);
    return owedTo(tx, organizerId, amount.currency);
  },
});

export async function findFinanceTeam(tables: Tables, organizerId: string): Promise<FinanceTeam | undefined> {
  const row = await tables
    .selectFrom('financeTeams')
    .selectAll()
    .where('organizerId', '=', organizerId)
    .executeTakeFirst();
  return row && { ...row, members: JSON.parse(row.members) as readonly string[] };
}

async function owedTo(tables: Tables, organizerId: string, currency: string): Promise<number> {
  const row = await tables
    .selectFrom('balances')
    .select('amountMinor')
    .where('account', '=', organizerAccount(organizerId))
    .where('currency', '=', currency)
    .executeTakeFirst();
  return -(row?.amountMinor ?? 0);
}

export const payoutFrom = (row: PayoutRow): Payout => ({
  payoutId: row.payoutId,
  organizerId: row.organizerId,
  amount: money(row.amountMinor, row.currency),
  reference: row.reference,
  paidAt: row.paidAt as Instant,
});
