/** The tables of refunds of whole events, and of what organisers are told of their money. */
export interface MoneyTables {
  refundJobs: RefundJobRow;
  /** Of organisers' accounts: the sum of their entries in the ledger, as the ledger writes it. */
  balances: { account: string; currency: string; amountMinor: number };
  eventFigures: EventFigureRow;
  payouts: PayoutRow;
  financeTeams: { organizerId: string; members: string; version: number };
}

export interface RefundJobRow {
  eventId: string;
  reason: string;
  askedAt: string;
  cursor: string;
  waiting: number;
  doneAt: string | null;
  dueAt: string | null;
  version: number;
}

export interface EventFigureRow {
  eventId: string;
  /** Empty: of the whole event. */
  ticketTypeId: string;
  currency: string;
  soldCount: number;
  returnedCount: number;
  soldMinor: number;
  refundedMinor: number;
  feesMinor: number;
}

export interface PayoutRow {
  payoutId: string;
  organizerId: string;
  amountMinor: number;
  currency: string;
  reference: string;
  paidAt: string;
}
