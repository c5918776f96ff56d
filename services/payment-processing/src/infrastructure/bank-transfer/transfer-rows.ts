import { money, type Instant } from '@boxoffice/shared/kernel';
import type { Credit, CreditState, Doubt, Outgoing, Transfer } from '../../core/bank-transfer/transfer';
import type { CreditRow, OutgoingRow, TransferRow } from './transfer-tables';

const maybe = (at: string | null): Instant | undefined => (at ?? undefined) as Instant | undefined;

export const transferRow = (transfer: Transfer): TransferRow => ({
  paymentId: transfer.paymentId,
  reference: transfer.reference,
  amountMinor: transfer.amount.amountMinor,
  currency: transfer.amount.currency,
  state: transfer.state,
  payBy: transfer.payBy,
  capturedAt: transfer.capturedAt ?? null,
  version: transfer.version,
});

export const transferFrom = (row: TransferRow): Transfer => ({
  paymentId: row.paymentId,
  reference: row.reference,
  amount: money(row.amountMinor, row.currency),
  state: row.state as Transfer['state'],
  payBy: row.payBy as Instant,
  capturedAt: maybe(row.capturedAt),
  version: row.version,
});

export const creditRow = (credit: Credit): CreditRow => ({
  creditId: credit.creditId,
  bankId: credit.bankId,
  amountMinor: credit.amount.amountMinor,
  currency: credit.amount.currency,
  remittance: credit.remittance,
  bookedAt: credit.bookedAt,
  payerName: credit.payer.name ?? null,
  payerIban: credit.payer.iban ?? null,
  state: credit.state,
  why: credit.why ?? null,
  paymentId: credit.paymentId ?? null,
  decidedBy: credit.decidedBy ?? null,
  version: credit.version,
});

export const creditFrom = (row: CreditRow): Credit => ({
  creditId: row.creditId,
  bankId: row.bankId,
  amount: money(row.amountMinor, row.currency),
  remittance: row.remittance,
  bookedAt: row.bookedAt as Instant,
  payer: { name: row.payerName ?? undefined, iban: row.payerIban ?? undefined },
  state: row.state as CreditState,
  why: (row.why ?? undefined) as Doubt | undefined,
  paymentId: row.paymentId ?? undefined,
  decidedBy: row.decidedBy ?? undefined,
  version: row.version,
});

export const outgoingRow = (outgoing: Outgoing): OutgoingRow => ({
  outgoingId: outgoing.outgoingId,
  what: outgoing.what,
  paymentId: outgoing.paymentId ?? null,
  amountMinor: outgoing.amount.amountMinor,
  currency: outgoing.amount.currency,
  state: outgoing.state,
  dueSince: outgoing.dueSince,
  doneAt: outgoing.doneAt ?? null,
  doneBy: outgoing.doneBy ?? null,
  version: outgoing.version,
});

export const outgoingFrom = (row: OutgoingRow): Outgoing => ({
  outgoingId: row.outgoingId,
  what: row.what as Outgoing['what'],
  paymentId: row.paymentId ?? undefined,
  amount: money(row.amountMinor, row.currency),
  state: row.state as Outgoing['state'],
  dueSince: row.dueSince as Instant,
  doneAt: maybe(row.doneAt),
  doneBy: row.doneBy ?? undefined,
  version: row.version,
});
