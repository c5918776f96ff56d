/** What papers say, in one language. `{…}` is filled in. */
export interface Words {
  readonly sale: SaleWords;
  readonly ticket: TicketWords;
}

/** Receipts, invoices and credit notes. */
export interface SaleWords {
  readonly receipt: string;
  readonly invoice: string;
  readonly creditNote: string;
  readonly number: string;
  readonly date: string;
  readonly order: string;
  readonly seller: string;
  readonly buyer: string;
  readonly event: string;
  readonly vatId: string;
  readonly item: string;
  readonly quantity: string;
  readonly each: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly discount: string;
  readonly rate: string;
  readonly base: string;
  readonly total: string;
  readonly credited: string;
  readonly giftCard: string;
  readonly paid: string;
  readonly due: string;
  readonly free: string;
  readonly refund: string;
  readonly reverseCharge: string;
  readonly corrects: string;
  readonly page: string;
}

export interface TicketWords {
  readonly heading: string;
  readonly admitsOne: string;
  /** Where an order has several: which of them this is. */
  readonly oneOf: string;
  readonly when: string;
  readonly where: string;
  /** Above what was sold, where it has no numbered seat. */
  readonly kind: string;
  readonly seat: string;
  readonly place: string;
  readonly name: string;
  readonly show: string;
  readonly ticketNumber: string;
  readonly advice: readonly string[];
}
