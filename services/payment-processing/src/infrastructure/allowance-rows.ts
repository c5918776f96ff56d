import { StaleVersion } from '@boxoffice/shared/sql';
import type { Kysely } from 'kysely';
import type { Use } from '../core/pricing/allowances';
import type { PricingTables } from './pricing-tables';

type Tables = Pick<Kysely<PricingTables>, 'selectFrom' | 'insertInto' | 'updateTable'>;

export async function allowancesTaken(
  tables: Tables,
  allowanceIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (allowanceIds.length === 0) return new Map();
  const rows = await tables
    .selectFrom('allowances')
    .selectAll()
    .where('allowanceId', 'in', [...allowanceIds])
    .execute();
  return new Map(rows.map(({ allowanceId, taken }) => [allowanceId, taken]));
}

/** Throws StaleVersion where another has just taken the last of it. */
export async function insertUses(tables: Tables, orderId: string, uses: readonly Use[]): Promise<void> {
  for (const use of inOrder(uses)) {
    await take(tables, use);
    const { allowanceId, units, most } = use;
    await tables.insertInto('uses').values({ orderId, allowanceId, units, most, isTaken: 1 }).execute();
  }
}

/** All that the order has taken. What has been given back is given back once. */
export async function giveBackUses(tables: Tables, orderId: string): Promise<void> {
  for (const { allowanceId, units } of await usesOf(tables, orderId, 1)) {
    await tables
      .updateTable('allowances')
      .set((row) => ({ taken: row('taken', '-', units) }))
      .where('allowanceId', '=', allowanceId)
      .execute();
    await mark(tables, orderId, allowanceId, 0);
  }
}

/** Undefined where any of it is gone; else takes it when called. */
export async function usesToTakeAgain(
  tables: Tables,
  orderId: string,
): Promise<(() => Promise<void>) | undefined> {
  const uses = await usesOf(tables, orderId, 0);
  const taken = await allowancesTaken(
    tables,
    uses.map(({ allowanceId }) => allowanceId),
  );
  if (uses.some(({ allowanceId, units, most }) => (taken.get(allowanceId) ?? 0) + units > most))
    return undefined;
  return async () => {
    for (const use of uses) {
      await take(tables, use);
      await mark(tables, orderId, use.allowanceId, 1);
    }
  };
}

// Counted where it is kept, so that buyers of what is plentiful don't overtake each other: only the last of it can be gone.
async function take(tables: Tables, { allowanceId, units, most }: Use): Promise<void> {
  const { numUpdatedRows } = await tables
    .updateTable('allowances')
    .set((row) => ({ taken: row('taken', '+', units) }))
    .where('allowanceId', '=', allowanceId)
    .where('taken', '<=', most - units)
    .executeTakeFirst();
  if (numUpdatedRows === 1n) return;
  const known = await allowancesTaken(tables, [allowanceId]);
  if (known.size > 0 || units > most) throw new StaleVersion(`allowance ${allowanceId}`);
  await tables.insertInto('allowances').values({ allowanceId, taken: units }).execute();
}

async function usesOf(tables: Tables, orderId: string, isTaken: 0 | 1): Promise<readonly Use[]> {
  const rows = await tables
    .selectFrom('uses')
    .select(['allowanceId', 'units', 'most'])
    .where('orderId', '=', orderId)
    .where('isTaken', '=', isTaken)
    .execute();
  return inOrder(rows);
}

async function mark(tables: Tables, orderId: string, allowanceId: string, isTaken: 0 | 1): Promise<void> {
  await tables
    .updateTable('uses')
    .set({ isTaken })
    .where('orderId', '=', orderId)
    .where('allowanceId', '=', allowanceId)
    .execute();
}

// Whoever takes several takes them in one order, so that no two wait for each other.
const inOrder = (uses: readonly Use[]): readonly Use[] =>
  [...uses].sort((a, b) => (a.allowanceId < b.allowanceId ? -1 : 1));
