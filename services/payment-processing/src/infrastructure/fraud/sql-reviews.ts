import { money, type Instant } from '@boxoffice/shared/kernel';
import type { Database } from '@boxoffice/shared/sql';
import { inject, injectable } from 'tsyringe';
import type { Reviews, WaitingReview } from '../../core/fraud/ports';
import type { Review } from '../../core/fraud/review';
import { PaymentDatabase } from '../sql-books';
import type { PaymentTables } from '../tables';
import { findReview, reviewFrom } from './review-rows';

/** Rows in one delete, and deletes in one round: what is more waits for the next. */
const forgetting = { rows: 500, rounds: 40 } as const;

@injectable()
export class SqlReviews implements Reviews {
  constructor(@inject(PaymentDatabase) private readonly database: Database<PaymentTables>) {}

  of = (paymentId: string): Promise<Review | undefined> => findReview(this.database.query, paymentId);

  async waiting({ limit, after }: { limit: number; after: string | undefined }): Promise<WaitingReview[]> {
    let query = this.database.query
      .selectFrom('fraudReviews')
      .innerJoin('payments', 'payments.paymentId', 'fraudReviews.paymentId')
      .innerJoin('orders', 'orders.orderId', 'fraudReviews.orderId')
      .selectAll('fraudReviews')
      .select(['payments.amountMinor', 'payments.currency', 'payments.gateway', 'payments.userId'])
      .select('orders.eventId')
      .where('fraudReviews.state', '=', 'waiting')
      .where('payments.state', '=', 'authorised');
    if (after !== undefined) query = query.where('fraudReviews.paymentId', '>', after);
    const rows = await query.orderBy('fraudReviews.paymentId').limit(limit).execute();
    return rows.map((row) => ({
      ...reviewFrom(row),
      amount: money(row.amountMinor, row.currency),
      gateway: row.gateway,
      userId: row.userId,
      eventId: row.eventId,
    }));
  }

  async overdue(now: Instant, limit: number): Promise<readonly string[]> {
    const rows = await this.database.query
      .selectFrom('fraudReviews')
      .select('paymentId')
      .where('state', '=', 'waiting')
      .where('decideBy', '<=', now)
      .orderBy('paymentId')
      .limit(limit)
      .execute();
    return rows.map(({ paymentId }) => paymentId);
  }

  async forget(now: Instant, usedBefore: Instant): Promise<number> {
    let forgotten = 0;
    for (let round = 0; round < forgetting.rounds; round++) {
      const gone = await this.database.transaction(
        async (tx) =>
          (await forgetCounters(tx, now)) +
          (await forgetAddresses(tx, now)) +
          (await forgetCards(tx, usedBefore)),
      );
      forgotten += gone;
      if (gone === 0) break;
    }
    return forgotten;
  }
}

type Tx = Parameters<Parameters<Database<PaymentTables>['transaction']>[0]>[0];

async function forgetCounters(tx: Tx, now: Instant): Promise<number> {
  const over = tx.selectFrom('fraudCounters').select('counterId').where('endsAt', '<=', now);
  const ids = (await over.orderBy('endsAt').limit(forgetting.rows).execute()).map((row) => row.counterId);
  if (ids.length > 0) await tx.deleteFrom('fraudCounters').where('counterId', 'in', ids).execute();
  return ids.length;
}

async function forgetAddresses(tx: Tx, now: Instant): Promise<number> {
  const over = tx.selectFrom('fraudAddresses').select('paymentId').where('forgetAt', '<=', now);
  const ids = (await over.orderBy('forgetAt').limit(forgetting.rows).execute()).map((row) => row.paymentId);
  if (ids.length > 0) await tx.deleteFrom('fraudAddresses').where('paymentId', 'in', ids).execute();
  return ids.length;
}

async function forgetCards(tx: Tx, usedBefore: Instant): Promise<number> {
  const unused = tx.selectFrom('fraudCards').select('cardId').distinct().where('usedAt', '<', usedBefore);
  const ids = (await unused.orderBy('cardId').limit(forgetting.rows).execute()).map((row) => row.cardId);
  if (ids.length > 0)
    await tx.deleteFrom('fraudCards').where('cardId', 'in', ids).where('usedAt', '<', usedBefore).execute();
  return ids.length;
}
