import { inject, injectable } from 'tsyringe';
import type { RecordedDispute } from '../dispute';
import type { Order } from '../order';
import { windowTooLarge } from '../refusals';
import { Desk, type Caller } from './desk';
import {
  FinanceRecords,
  type EventFigure,
  type LedgerLine,
  type LedgerWindow,
  type OrdersWanted,
} from './ports';

/** Rows of a table for download: with more, the organiser is asked for a shorter time. */
export const mostRows = 50_000;
const rowsAtOnce = 1000;

/** What an organiser's people look at. */
@injectable()
export class MoneyShowing {
  constructor(
    @inject(FinanceRecords) private readonly records: FinanceRecords,
    @inject(Desk) private readonly desk: Desk,
  ) {}

  async event(caller: Caller, eventId: string): Promise<readonly EventFigure[]> {
    await this.desk.eventOf(eventId, caller);
    return this.records.figures(eventId);
  }

  async orders(caller: Caller, eventId: string, wanted: OrdersWanted): Promise<readonly Order[]> {
    await this.desk.eventOf(eventId, caller);
    return this.records.ordersOfEvent(eventId, wanted);
  }

  async ledger(caller: Caller, organizerId: string, window: LedgerWindow): Promise<readonly LedgerLine[]> {
    await this.desk.refuseStrangers(organizerId, caller);
    return this.records.ledgerOf(organizerId, window);
  }

  async disputes(
    caller: Caller,
    organizerId: string,
    page: { readonly limit: number; readonly before: string | undefined },
  ): Promise<readonly RecordedDispute[]> {
    await this.desk.refuseStrangers(organizerId, caller);
    return this.records.disputes(organizerId, page);
  }

  /** All of a time, for a table. */
  async wholeLedger(
    caller: Caller,
    organizerId: string,
    { from, until }: Pick<LedgerWindow, 'from' | 'until'>,
  ): Promise<readonly LedgerLine[]> {
    const lines: LedgerLine[] = [];
    for (;;) {
      const last = lines.at(-1);
      const after = last && ([last.recordedAt, last.transactionId] as const);
      const more = await this.ledger(caller, organizerId, { from, until, limit: rowsAtOnce, after });
      lines.push(...more);
      if (lines.length > mostRows) throw windowTooLarge(mostRows);
      if (more.length < rowsAtOnce) return lines;
    }
  }
}
