import type { SaleFacts, TicketFacts } from './facts';

/** Prints papers as PDF. It costs tens of milliseconds of a processor each, so where that would keep others waiting it runs apart. */
export interface Press {
  tickets(facts: TicketFacts): Promise<Uint8Array>;
  /** Receipts, invoices, credit notes. */
  sale(facts: SaleFacts): Promise<Uint8Array>;
}

/** Prints where it is asked. */
export const inlinePress: Press = {
  tickets: async (facts) => (await import('@boxoffice/shared/printing')).ticketPaper(facts),
  sale: async (facts) => (await import('@boxoffice/shared/printing')).salePaper(facts),
};
