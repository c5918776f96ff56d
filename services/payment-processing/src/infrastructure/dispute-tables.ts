export interface DisputeTables {
  /** What banks took back; states are those of Core. */
  disputes: DisputeRow;
}

export interface DisputeRow {
  id: string;
  gateway: string;
  disputeId: string;
  paymentId: string;
  orderId: string;
  organizerId: string;
  amountMinor: number;
  currency: string;
  state: string;
  openedAt: string;
  settledAt: string | null;
  version: number;
}
