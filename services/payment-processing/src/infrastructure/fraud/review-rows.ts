import type { Instant } from '@boxoffice/shared/kernel';
import type { Kysely } from 'kysely';
import type { Review, ReviewState } from '../../core/fraud/review';
import type { Reason } from '../../core/fraud/verdict';
import type { FraudReviewRow, FraudTables } from './fraud-tables';

export async function findReview(
  tables: Kysely<FraudTables>,
  paymentId: string,
): Promise<Review | undefined> {
  const row = await tables
    .selectFrom('fraudReviews')
    .selectAll()
    .where('paymentId', '=', paymentId)
    .executeTakeFirst();
  return row && reviewFrom(row);
}

export const reviewRow = (review: Review): FraudReviewRow => ({
  paymentId: review.paymentId,
  orderId: review.orderId,
  openedAt: review.openedAt,
  decideBy: review.decideBy,
  ...changingReview(review),
  version: review.version,
});

export const changingReview = (review: Review) => ({
  state: review.state,
  reasons: JSON.stringify(review.reasons),
  decidedBy: review.decidedBy ?? null,
  decidedAt: review.decidedAt ?? null,
  note: review.note ?? null,
});

export const reviewFrom = (row: FraudReviewRow): Review => ({
  paymentId: row.paymentId,
  orderId: row.orderId,
  state: row.state as ReviewState,
  reasons: JSON.parse(row.reasons) as readonly Reason[],
  openedAt: row.openedAt as Instant,
  decideBy: row.decideBy as Instant,
  decidedBy: row.decidedBy ?? undefined,
  decidedAt: (row.decidedAt ?? undefined) as Instant | undefined,
  note: row.note ?? undefined,
  version: row.version,
});
