import { receiptPaper } from './receipt-paper';
import { ticketPaper } from './ticket-paper';
import type { ReceiptFacts, TicketFacts } from './facts';

/** Prints papers as PDF. It costs tens of milliseconds of a processor each, so where that would keep others waiting it runs apart. */
export interface Press {
  tickets(facts: TicketFacts): Promise<Uint8Array>;
  receipt(facts: ReceiptFacts): Promise<Uint8Array>;
}

/** Prints where it is asked. */
export const inlinePress: Press = { tickets: ticketPaper, receipt: receiptPaper };
