/** Amounts are whole minor units. */
export interface TransferTables {
  transfers: TransferRow;
  /** What has come into the account; the payer's name and account are all that is personal here. */
  bankCredits: CreditRow;
  outgoingTransfers: OutgoingRow;
}

export interface TransferRow {
  paymentId: string;
  reference: string;
  amountMinor: number;
  currency: string;
  state: string;
  payBy: string;
  capturedAt: string | null;
  version: number;
}

export interface CreditRow {
  creditId: string;
  bankId: string;
  amountMinor: number;
  currency: string;
  remittance: string;
  bookedAt: string;
  payerName: string | null;
  payerIban: string | null;
  state: string;
  why: string | null;
  paymentId: string | null;
  decidedBy: string | null;
  version: number;
}

export interface OutgoingRow {
  outgoingId: string;
  what: string;
  paymentId: string | null;
  amountMinor: number;
  currency: string;
  state: string;
  dueSince: string;
  doneAt: string | null;
  doneBy: string | null;
  version: number;
}
