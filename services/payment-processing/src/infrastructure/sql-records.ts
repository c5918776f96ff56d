import type { IssuedPaper } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import type { Database } from '@boxoffice/shared/sql';
import { inject, injectable } from 'tsyringe';
import type { Order } from '../core/order';
import type { Payment } from '../core/payment';
import type { Page, Records, Waiting } from '../core/ports';
import type { Refund } from '../core/refund';
import { allowancesTaken } from './allowance-rows';
import { findGiftCards } from './gift-card-rows';
import { findOrder, listOrders } from './order-rows';
import { listPapers } from './paper-rows';
import { findPayment, listPayments } from './payment-rows';
import { findPriceList } from './price-list';
import { listRefunds } from './refund-rows';
import { PaymentDatabase } from './sql-books';
import type { PaymentTables } from './tables';

@injectable()
export class SqlRecords implements Records, Waiting {
  constructor(@inject(PaymentDatabase) private readonly database: Database<PaymentTables>) {}

  order = (orderId: string): Promise<Order | undefined> => findOrder(this.database.query, 'orderId', orderId);
  payment = (paymentId: string): Promise<Payment | undefined> => findPayment(this.database.query, paymentId);
  refundsOf = (paymentId: string): Promise<readonly Refund[]> => listRefunds(this.database.query, paymentId);
  papersOf = (orderId: string): Promise<readonly IssuedPaper[]> => listPapers(this.database.query, orderId);
  ordersOf = (userId: string, page: Page): Promise<readonly Order[]> =>
    listOrders(this.database.query, userId, page);
  paymentsOf = (userId: string, page: Page): Promise<readonly Payment[]> =>
    listPayments(this.database.query, userId, page);

  priceList: Records['priceList'] = (eventId, ticketTypeIds) =>
    findPriceList(this.database.query, eventId, ticketTypeIds);
  taken: Records['taken'] = (allowanceIds) => allowancesTaken(this.database.query, allowanceIds);
  giftCards: Records['giftCards'] = (codeHashes) => findGiftCards(this.database.query, codeHashes);

  async overdueOrders(now: Instant, limit: number): Promise<readonly string[]> {
    const { query } = this.database;
    const due = query.selectFrom('orders').select('orderId').where('dueAt', '<=', now);
    return (await due.orderBy('dueAt').limit(limit).execute()).map((row) => row.orderId);
  }

  async paymentsToAsk(now: Instant, limit: number): Promise<readonly string[]> {
    const { query } = this.database;
    const due = query.selectFrom('payments').select('paymentId').where('askAt', '<=', now);
    return (await due.orderBy('askAt').limit(limit).execute()).map((row) => row.paymentId);
  }

  async refundsToAsk(now: Instant, limit: number): Promise<readonly string[]> {
    const { query } = this.database;
    const due = query.selectFrom('refunds').select('refundId').where('askAt', '<=', now);
    return (await due.orderBy('askAt').limit(limit).execute()).map((row) => row.refundId);
  }

  async unfulfilledSince(): Promise<Instant | undefined> {
    const row = await this.database.query
      .selectFrom('orders')
      .select((eb) => eb.fn.min('paidAt').as('since'))
      .where('state', '=', 'paid')
      .where('dueAt', '>', '') // who waits has a time: the index on it leaves all others out
      .executeTakeFirst();
    return (row?.since ?? undefined) as Instant | undefined;
  }
}
