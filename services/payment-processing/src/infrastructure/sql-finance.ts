import { money, type Instant, type Money } from '@boxoffice/shared/kernel';
import type { Database } from '@boxoffice/shared/sql';
import { inject, injectable } from 'tsyringe';
import type { FinanceTeam } from '../core/finance/finance-team';
import type { Payout } from '../core/finance/payout';
import type {
  EventFigure,
  FinanceRecords,
  LedgerLine,
  LedgerWindow,
  OrdersWanted,
} from '../core/finance/ports';
import type { RecordedDispute } from '../core/dispute';
import { organizerAccount } from '../core/ledger';
import type { EventFacts, Order } from '../core/order';
import { listDisputes } from './dispute-rows';
import { findFinanceTeam, payoutFrom } from './finance-rows';
import { eventFrom, listOrdersOfEvent } from './order-rows';
import { PaymentDatabase } from './sql-books';
import type { PaymentTables } from './tables';

@injectable()
export class SqlFinance implements FinanceRecords {
  constructor(@inject(PaymentDatabase) private readonly database: Database<PaymentTables>) {}

  async event(eventId: string): Promise<EventFacts | undefined> {
    const { query } = this.database;
    const row = await query
      .selectFrom('events')
      .selectAll()
      .where('eventId', '=', eventId)
      .executeTakeFirst();
    return row && eventFrom(row);
  }

  financeTeam = (organizerId: string): Promise<FinanceTeam | undefined> =>
    findFinanceTeam(this.database.query, organizerId);

  async balances(organizerId: string): Promise<readonly Money[]> {
    const rows = await this.database.query
      .selectFrom('balances')
      .select(['currency', 'amountMinor'])
      .where('account', '=', organizerAccount(organizerId))
      .orderBy('currency')
      .execute();
    return rows.map(({ currency, amountMinor }) => money(0 - amountMinor, currency));
  }

  async payouts(
    organizerId: string,
    page: { readonly limit: number; readonly before: string | undefined },
  ): Promise<readonly Payout[]> {
    let query = this.database.query.selectFrom('payouts').selectAll().where('organizerId', '=', organizerId);
    if (page.before !== undefined) query = query.where('payoutId', '<', page.before);
    return (await query.orderBy('payoutId', 'desc').limit(page.limit).execute()).map(payoutFrom);
  }

  disputes = (
    organizerId: string,
    page: { readonly limit: number; readonly before: string | undefined },
  ): Promise<readonly RecordedDispute[]> => listDisputes(this.database.query, organizerId, page);

  async figures(eventId: string): Promise<readonly EventFigure[]> {
    const rows = await this.database.query
      .selectFrom('eventFigures')
      .select(['ticketTypeId', 'currency', 'soldCount', 'returnedCount'])
      .select(['soldMinor', 'refundedMinor', 'feesMinor'])
      .where('eventId', '=', eventId)
      .orderBy('currency')
      .orderBy('ticketTypeId')
      .execute();
    return rows.map(({ ticketTypeId, ...row }) => ({
      ...row,
      ticketTypeId: ticketTypeId === '' ? undefined : ticketTypeId,
    }));
  }

  async ledgerOf(
    organizerId: string,
    { from, until, limit, after }: LedgerWindow,
  ): Promise<readonly LedgerLine[]> {
    let query = this.database.query
      .selectFrom('ledger')
      .leftJoin('orders', 'orders.orderId', 'ledger.orderId')
      .leftJoin('events', 'events.eventId', 'orders.eventId')
      .select(['ledger.transactionId', 'ledger.recordedAt', 'ledger.amountMinor', 'ledger.currency'])
      .select(['ledger.orderId', 'events.title'])
      .where('ledger.account', '=', organizerAccount(organizerId))
      .where('ledger.recordedAt', '>=', from)
      .where('ledger.recordedAt', '<', until);
    if (after) {
      const [recordedAt, transactionId] = after;
      query = query.where((eb) =>
        eb.or([
          eb('ledger.recordedAt', '>', recordedAt),
          eb.and([eb('ledger.recordedAt', '=', recordedAt), eb('ledger.transactionId', '>', transactionId)]),
        ]),
      );
    }
    const rows = await query
      .orderBy('ledger.recordedAt')
      .orderBy('ledger.transactionId')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      transactionId: row.transactionId,
      recordedAt: row.recordedAt as Instant,
      amount: money(0 - row.amountMinor, row.currency),
      orderId: row.orderId === '' ? undefined : row.orderId,
      eventTitle: row.title ?? undefined,
    }));
  }

  ordersOfEvent = (eventId: string, wanted: OrdersWanted): Promise<readonly Order[]> =>
    listOrdersOfEvent(this.database.query, eventId, wanted);
}
