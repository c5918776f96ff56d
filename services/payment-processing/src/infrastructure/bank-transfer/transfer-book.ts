import { StaleVersion } from '@boxoffice/shared/sql';
import type { Transaction } from 'kysely';
import type { TransferBook } from '../../core/bank-transfer/ports';
import { creditFrom, creditRow, outgoingFrom, outgoingRow, transferFrom, transferRow } from './transfer-rows';
import type { TransferTables } from './transfer-tables';

type Tx = Transaction<TransferTables>;

export const transferBook = (tx: Tx): TransferBook => ({
  async transfer(by, id) {
    const row = await tx.selectFrom('transfers').selectAll().where(by, '=', id).executeTakeFirst();
    return row && transferFrom(row);
  },
  async addTransfer(transfer) {
    await tx.insertInto('transfers').values(transferRow(transfer)).execute();
  },
  async saveTransfer(transfer) {
    const { paymentId, version } = transfer;
    const { numUpdatedRows } = await tx
      .updateTable('transfers')
      .set({ ...transferRow(transfer), version: version + 1 })
      .where('paymentId', '=', paymentId)
      .where('version', '=', version)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new StaleVersion(`transfer for payment ${paymentId}`);
  },
  async credit(by, id) {
    const row = await tx.selectFrom('bankCredits').selectAll().where(by, '=', id).executeTakeFirst();
    return row && creditFrom(row);
  },
  async collectedFor(paymentId) {
    const rows = await tx
      .selectFrom('bankCredits')
      .selectAll()
      .where('paymentId', '=', paymentId)
      .where('state', '=', 'collected')
      .execute();
    return rows.map(creditFrom);
  },
  async addCredit(credit) {
    await tx.insertInto('bankCredits').values(creditRow(credit)).execute();
  },
  async saveCredit(credit) {
    const { creditId, version } = credit;
    const { numUpdatedRows } = await tx
      .updateTable('bankCredits')
      .set({ ...creditRow(credit), version: version + 1 })
      .where('creditId', '=', creditId)
      .where('version', '=', version)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new StaleVersion(`credit ${creditId}`);
  },
  async outgoing(outgoingId) {
    const row = await tx
      .selectFrom('outgoingTransfers')
      .selectAll()
      .where('outgoingId', '=', outgoingId)
      .executeTakeFirst();
    return row && outgoingFrom(row);
  },
  async outgoingFor(paymentId) {
    const rows = await tx
      .selectFrom('outgoingTransfers')
      .selectAll()
      .where('paymentId', '=', paymentId)
      .execute();
    return rows.map(outgoingFrom);
  },
  async addOutgoing(outgoing) {
    await tx.insertInto('outgoingTransfers').values(outgoingRow(outgoing)).execute();
  },
  async saveOutgoing(outgoing) {
    const { outgoingId, version } = outgoing;
    const { numUpdatedRows } = await tx
      .updateTable('outgoingTransfers')
      .set({ ...outgoingRow(outgoing), version: version + 1 })
      .where('outgoingId', '=', outgoingId)
      .where('version', '=', version)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new StaleVersion(`outgoing transfer ${outgoingId}`);
  },
});
