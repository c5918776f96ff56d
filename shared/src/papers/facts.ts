import type { IssuedPaper, OrderFulfilled, TicketTransferred } from '../contracts';
import { zero, type Instant } from '../kernel';

/** The event as papers name it. */
export type PaperEvent = OrderFulfilled['event'];

/** What the tickets of one order, or one ticket alone, say in print. */
export interface TicketFacts {
  readonly event: PaperEvent;
  /** One page each. */
  readonly tickets: readonly PrintedTicket[];
  /** When these tickets were issued; also the file's date, so that the same facts give the same bytes. */
  readonly issuedAt: Instant;
  /** BCP 47; `en-GB` when not given. */
  readonly locale?: string;
}

export interface PrintedTicket {
  readonly ticketId: string;
  readonly ticketTypeName: string;
  /** `<section>/<row>/<number>`, where it is a numbered seat. */
  readonly seat?: string | undefined;
  /** Who goes in. */
  readonly holder: string;
  /** What the QR code carries. */
  readonly code: string;
}

/** What is printed of a sale. A receipt and an invoice are one paper under two headings; a credit note has its own alone. */
export interface SaleFacts {
  readonly paper: IssuedPaper;
  readonly as: 'receipt' | 'invoice' | 'credit-note';
  /** BCP 47; the paper's own language when not given. */
  readonly locale?: string;
}

/** The tickets of an order, in the buyer's name and the language of their receipt, or else in `locale`. */
export function ticketFactsOf(order: OrderFulfilled, locale?: string): TicketFacts {
  const language = order.receipt?.locale ?? locale;
  const names = new Map(order.lines.map((line) => [line.ticketTypeId, line.name]));
  return {
    event: order.event,
    tickets: order.tickets.map(({ ticketId, ticketTypeId, seat, code }) => ({
      ticketId,
      ticketTypeName: names.get(ticketTypeId) ?? '',
      seat,
      holder: order.buyer.name,
      code,
    })),
    issuedAt: order.fulfilledAt,
    ...(language === undefined ? {} : { locale: language }),
  };
}

/** A ticket that was passed on, in its new holder's name. */
export function transferredTicketFactsOf(transfer: TicketTransferred, locale?: string): TicketFacts {
  const { event, ticketId, ticketTypeName, seat, code, to, transferredAt } = transfer;
  return {
    event,
    tickets: [{ ticketId, ticketTypeName, seat, holder: to.name, code }],
    issuedAt: transferredAt,
    ...(locale === undefined ? {} : { locale }),
  };
}

/** The receipt as it was issued; of an order from before receipts were kept, what the order says of itself. */
export function receiptFactsOf(order: OrderFulfilled, seller: string, locale?: string): SaleFacts {
  const paper = order.receipt ?? plainReceiptOf(order, seller);
  const language = paper.locale ?? locale;
  return { as: 'receipt', paper, ...(language === undefined ? {} : { locale: language }) };
}

function plainReceiptOf(order: OrderFulfilled, seller: string): IssuedPaper {
  const { receiptNumber, orderId, buyer, event, total, fulfilledAt } = order;
  const nothing = zero(total.currency);
  return {
    kind: 'invoice',
    number: receiptNumber,
    issuedAt: fulfilledAt,
    seller: { name: seller },
    buyer,
    orderId,
    event,
    lines: order.lines.map(({ name, quantity, unitPrice, lineTotal }) => ({
      name,
      quantity,
      unitPrice,
      discount: nothing,
      net: lineTotal,
      tax: nothing,
      gross: lineTotal,
    })),
    discounts: [],
    taxes: [],
    net: total,
    total,
    giftCards: [],
    paid: total,
    paidAt: fulfilledAt,
  };
}
