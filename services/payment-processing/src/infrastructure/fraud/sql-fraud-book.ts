import type { Instant } from '@boxoffice/shared/kernel';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Transaction } from 'kysely';
import type { Count } from '../../core/fraud/count';
import type { FraudBook, FraudDecision } from '../../core/fraud/ports';
import type { Review } from '../../core/fraud/review';
import { changingReview, findReview, reviewRow } from './review-rows';
import type { FraudTables } from './fraud-tables';

type Tx = Transaction<FraudTables>;

/** Cards of one account that are looked at; whoever has more is refused by what those say. */
const mostCards = 50;

export const fraudBook = (tx: Tx): FraudBook => ({
  count: (counts) => count(tx, counts),
  async clear(counts) {
    const ids = counts.map(({ counterId }) => counterId);
    if (ids.length > 0)
      await tx.updateTable('fraudCounters').set({ stands: 0 }).where('counterId', 'in', ids).execute();
  },
  cardsOf: (userId, since) => cardsOf(tx, userId, since),
  async cardUsed(cardId, userId, now, since) {
    const { numUpdatedRows } = await tx
      .updateTable('fraudCards')
      .set({ usedAt: now })
      .where('cardId', '=', cardId)
      .where('userId', '=', userId)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n)
      await tx.insertInto('fraudCards').values({ cardId, userId, usedAt: now }).execute();
    return (await accountsOf(tx, [cardId], since)).get(cardId) ?? 0;
  },
  async keepAddress(paymentId, addressId, forgetAt) {
    await tx.insertInto('fraudAddresses').values({ paymentId, addressId, forgetAt }).execute();
  },
  addressOf: async (paymentId) =>
    (
      await tx
        .selectFrom('fraudAddresses')
        .select('addressId')
        .where('paymentId', '=', paymentId)
        .executeTakeFirst()
    )?.addressId,
  record: (decision) => record(tx, decision),
  async addReview(review) {
    await tx.insertInto('fraudReviews').values(reviewRow(review)).execute();
  },
  review: (paymentId) => findReview(tx, paymentId),
  saveReview: (review) => saveReview(tx, review),
});

/**
 * Written before it is read: the row stays ours until the commit, so whoever adds next is told more. Two that make a row at
 * once meet at its key, and one begins anew.
 */
async function count(tx: Tx, counts: readonly Count[]): Promise<readonly number[]> {
  if (counts.length === 0) return [];
  const added = counts.filter(({ by }) => by !== 0);
  for (const by of new Set(added.map((one) => one.by)))
    await tx
      .updateTable('fraudCounters')
      .set((eb) => ({ stands: eb('stands', '+', by) }))
      .where('counterId', 'in', idsOf(added.filter((one) => one.by === by)))
      .execute();
  const rows = await tx
    .selectFrom('fraudCounters')
    .select(['counterId', 'stands'])
    .where('counterId', 'in', idsOf(counts))
    .execute();
  const stands = new Map(rows.map((row) => [row.counterId, row.stands]));
  const fresh = added.filter(({ counterId }) => !stands.has(counterId));
  if (fresh.length > 0)
    await tx
      .insertInto('fraudCounters')
      .values(fresh.map(({ counterId, by, endsAt }) => ({ counterId, stands: by, endsAt })))
      .execute();
  return counts.map(({ counterId, by }) => stands.get(counterId) ?? by);
}

const idsOf = (counts: readonly Count[]): string[] => counts.map(({ counterId }) => counterId);

async function cardsOf(
  tx: Tx,
  userId: string,
  since: Instant,
): Promise<readonly { readonly cardId: string; readonly accounts: number }[]> {
  const own = await tx
    .selectFrom('fraudCards')
    .select('cardId')
    .where('userId', '=', userId)
    .where('usedAt', '>=', since)
    .orderBy('usedAt', 'desc')
    .limit(mostCards)
    .execute();
  const cards = own.map(({ cardId }) => cardId);
  const accounts = await accountsOf(tx, cards, since);
  return cards.map((cardId) => ({ cardId, accounts: accounts.get(cardId) ?? 0 }));
}

async function accountsOf(tx: Tx, cards: readonly string[], since: Instant): Promise<Map<string, number>> {
  if (cards.length === 0) return new Map();
  const rows = await tx
    .selectFrom('fraudCards')
    .select((eb) => ['cardId', eb.fn.countAll<number>().as('accounts')])
    .where('cardId', 'in', [...cards])
    .where('usedAt', '>=', since)
    .groupBy('cardId')
    .execute();
  return new Map(rows.map(({ cardId, accounts }) => [cardId, accounts]));
}

async function record(tx: Tx, decision: FraudDecision): Promise<void> {
  await tx
    .insertInto('fraudDecisions')
    .values({
      ...decision,
      reasons: JSON.stringify(decision.reasons),
      decidedBy: decision.decidedBy ?? null,
    })
    .execute();
}

/** Throws StaleVersion when another has decided since `review.version` was read. */
async function saveReview(tx: Tx, review: Review): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('fraudReviews')
    .set({ ...changingReview(review), version: review.version + 1 })
    .where('paymentId', '=', review.paymentId)
    .where('version', '=', review.version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new StaleVersion(`review of payment ${review.paymentId}`);
}
