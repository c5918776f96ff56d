import { money, type Instant } from '@boxoffice/shared/kernel';
import type { Database } from '@boxoffice/shared/sql';
import { inject, injectable } from 'tsyringe';
import type { RefundReason } from '../core/refund';
import type { RefundJobKey, RefundProgress, RefundRecords } from '../core/refund-job';
import type { OperatorRecords, WaitingSaga } from '../core/waiting-sagas';
import { jobFrom } from './refund-job-rows';
import { PaymentDatabase } from './sql-books';
import type { PaymentTables } from './tables';

@injectable()
export class SqlRefunds implements RefundRecords, OperatorRecords {
  constructor(@inject(PaymentDatabase) private readonly database: Database<PaymentTables>) {}

  async jobsDue(now: Instant, limit: number): Promise<readonly RefundJobKey[]> {
    const { query } = this.database;
    const due = query.selectFrom('refundJobs').select(['eventId', 'reason']).where('dueAt', '<=', now);
    return (await due.orderBy('dueAt').limit(limit).execute()).map(({ eventId, reason }) => ({
      eventId,
      reason: reason as RefundReason,
    }));
  }

  async ordersToRefund(eventId: string, cursor: string, limit: number): Promise<readonly string[]> {
    const rows = await this.database.query
      .selectFrom('orders')
      .select('orderId')
      .where('eventId', '=', eventId)
      .where('orderId', '>', cursor)
      .where((eb) =>
        eb.or([
          eb('state', 'in', ['placed', 'paid', 'fulfilled', 'partly-refunded']),
          eb('livePaymentId', 'is not', null),
        ]),
      )
      .orderBy('orderId')
      .limit(limit)
      .execute();
    return rows.map(({ orderId }) => orderId);
  }

  async progress(eventId: string): Promise<RefundProgress> {
    const { query } = this.database;
    const orders = await query
      .selectFrom('orders')
      .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
      .where('eventId', '=', eventId)
      .where('paymentId', 'is not', null)
      .groupBy('state')
      .execute();
    const refunds = await query
      .selectFrom('refunds')
      .select((eb) => [
        'state',
        'currency',
        eb.fn.countAll<number>().as('count'),
        eb.fn.sum<number>('amountMinor').as('amountMinor'),
      ])
      .where('eventId', '=', eventId)
      .groupBy(['state', 'currency'])
      .orderBy('currency')
      .execute();
    const jobs = await query
      .selectFrom('refundJobs')
      .selectAll()
      .where('eventId', '=', eventId)
      .orderBy('askedAt')
      .execute();
    const refundsIn = (...states: readonly string[]): number =>
      total(refunds.filter(({ state }) => states.includes(state)));
    return {
      orders: total(orders),
      refunded: total(orders.filter(({ state }) => state === 'refunded')),
      underWay: refundsIn('requested', 'submitted'),
      failed: refundsIn('failed'),
      amount: refunds
        .filter(({ state }) => state === 'succeeded')
        .map(({ amountMinor, currency }) => money(amountMinor, currency)),
      jobs: jobs.map(jobFrom),
    };
  }

  async waiting(
    limit: number,
    after: readonly [string, string] | undefined,
  ): Promise<readonly WaitingSaga[]> {
    const { query } = this.database;
    const [time = '', id = ''] = after ?? [];
    // Each kind has an index on its own turn; the three are merged here.
    const orders = await query
      .selectFrom('orders')
      .select(['orderId as id', 'orderId', 'state', 'placedAt as since', 'dueAt as nextAskAt', 'asks'])
      .where((eb) => eb.or([eb('dueAt', '>', time), eb('dueAt', '=', time).and('orderId', '>', id)]))
      .orderBy('dueAt')
      .orderBy('orderId')
      .limit(limit)
      .execute();
    const payments = await query
      .selectFrom('payments')
      .select(['paymentId as id', 'orderId', 'state', 'createdAt as since', 'askAt as nextAskAt', 'asks'])
      .where((eb) => eb.or([eb('askAt', '>', time), eb('askAt', '=', time).and('paymentId', '>', id)]))
      .orderBy('askAt')
      .orderBy('paymentId')
      .limit(limit)
      .execute();
    const refunds = await query
      .selectFrom('refunds')
      .select(['refundId as id', 'orderId', 'state', 'requestedAt as since', 'askAt as nextAskAt', 'asks'])
      .where((eb) => eb.or([eb('askAt', '>', time), eb('askAt', '=', time).and('refundId', '>', id)]))
      .orderBy('askAt')
      .orderBy('refundId')
      .limit(limit)
      .execute();
    return [
      ...orders.map(sagaOf('order')),
      ...payments.map(sagaOf('payment')),
      ...refunds.map(sagaOf('refund')),
    ]
      .sort((a, b) => (turnOf(a) < turnOf(b) ? -1 : 1))
      .slice(0, limit);
  }
}

type WaitingRow = Omit<WaitingSaga, 'kind' | 'since' | 'nextAskAt'> & {
  readonly since: string;
  readonly nextAskAt: string | null;
};

const sagaOf =
  (kind: WaitingSaga['kind']) =>
  (row: WaitingRow): WaitingSaga => ({
    kind,
    ...row,
    since: row.since as Instant,
    nextAskAt: (row.nextAskAt ?? '') as Instant,
  });

const turnOf = ({ nextAskAt, id }: WaitingSaga): string => `${nextAskAt} ${id}`;

const total = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((sum, { count }) => sum + count, 0);
