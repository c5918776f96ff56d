import type { Instant } from '@boxoffice/shared/kernel';
import type { Database } from '@boxoffice/shared/sql';
import { inject, injectable } from 'tsyringe';
import type { DueTransfer, Page, Transfers } from '../../core/bank-transfer/ports';
import type { Credit, Outgoing, Transfer } from '../../core/bank-transfer/transfer';
import { PaymentDatabase } from '../sql-books';
import type { PaymentTables } from '../tables';
import { creditFrom, outgoingFrom, transferFrom } from './transfer-rows';

@injectable()
export class SqlTransfers implements Transfers {
  constructor(@inject(PaymentDatabase) private readonly database: Database<PaymentTables>) {}

  async of(paymentId: string): Promise<Transfer | undefined> {
    const row = await this.database.query
      .selectFrom('transfers')
      .selectAll()
      .where('paymentId', '=', paymentId)
      .executeTakeFirst();
    return row && transferFrom(row);
  }

  async unmatched({ limit, after }: Page): Promise<readonly Credit[]> {
    let query = this.database.query.selectFrom('bankCredits').selectAll().where('state', '=', 'unmatched');
    if (after !== undefined) query = query.where('creditId', '>', after);
    return (await query.orderBy('creditId').limit(limit).execute()).map(creditFrom);
  }

  async due({ limit, after }: Page): Promise<readonly DueTransfer[]> {
    let query = this.database.query.selectFrom('outgoingTransfers').selectAll().where('state', '=', 'due');
    if (after !== undefined) query = query.where('outgoingId', '>', after);
    const due = (await query.orderBy('outgoingId').limit(limit).execute()).map(outgoingFrom);
    const credits = await this.creditsBehind(due);
    return due.map((outgoing) => {
      const credit = credits.find(
        ({ creditId, paymentId }) =>
          creditId === outgoing.outgoingId ||
          (outgoing.what === 'refund' && paymentId === outgoing.paymentId),
      );
      return {
        ...outgoing,
        to: credit?.payer ?? { name: undefined, iban: undefined },
        remittance: credit?.remittance ?? '',
      };
    });
  }

  async capturedBetween(
    since: Instant,
    until: Instant,
    { limit, after }: Page,
  ): Promise<readonly Transfer[]> {
    let query = this.database.query
      .selectFrom('transfers')
      .selectAll()
      .where('capturedAt', '>=', since)
      .where('capturedAt', '<', until);
    if (after !== undefined) query = query.where('paymentId', '>', after);
    return (await query.orderBy('paymentId').limit(limit).execute()).map(transferFrom);
  }

  async sentBetween(since: Instant, until: Instant, { limit, after }: Page): Promise<readonly Outgoing[]> {
    let query = this.database.query
      .selectFrom('outgoingTransfers')
      .selectAll()
      .where('what', '=', 'refund')
      .where('doneAt', '>=', since)
      .where('doneAt', '<', until);
    if (after !== undefined) query = query.where('outgoingId', '>', after);
    return (await query.orderBy('outgoingId').limit(limit).execute()).map(outgoingFrom);
  }

  private async creditsBehind(due: readonly Outgoing[]): Promise<readonly Credit[]> {
    if (due.length === 0) return [];
    const ids = due.map(({ outgoingId }) => outgoingId);
    const payments = due.flatMap(({ paymentId }) => paymentId ?? []);
    const rows = await this.database.query
      .selectFrom('bankCredits')
      .selectAll()
      .where((eb) =>
        eb.or([
          eb('creditId', 'in', ids),
          ...(payments.length === 0 ? [] : [eb('paymentId', 'in', payments)]),
        ]),
      )
      .orderBy('creditId')
      .execute();
    return rows.map(creditFrom);
  }
}
