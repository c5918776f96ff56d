import type { IssuedTicket, OrderFulfilled } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import type { Answers } from './answers';
import type { ToBePaid } from './choose-gateway';
import type { OrderState } from './order-saga';
import { ticketsOf } from './pricing/list-lines';
import type { Price } from './pricing/price';

/** What one buyer is buying, with the price it was quoted at. */
export interface Order {
  readonly orderId: string;
  readonly holdId: string;
  readonly event: EventFacts;
  readonly userId: string;
  readonly buyer: Buyer;
  /** Absent where nothing was asked, or said. */
  readonly answers?: Answers;
  readonly price: Price;
  readonly state: OrderState;
  /** Until then it can be paid: the stock is set aside as long. */
  readonly holdExpiresAt: Instant;
  readonly placedAt: Instant;
  readonly paidAt: Instant | undefined;
  /** The payment that paid for it; none for a free order. */
  readonly paymentId: string | undefined;
  /** The payment that is under way; at most one at a time. */
  readonly livePaymentId: string | undefined;
  readonly tickets: readonly IssuedTicket[];
  readonly fulfilledAt: Instant | undefined;
  /** When what the order waits for is overdue; none where it waits for nothing. */
  readonly dueAt: Instant | undefined;
  /** How often it has asked for what it waits for. */
  readonly asks: number;
  readonly version: number;
}

export interface Buyer {
  readonly name: string;
  readonly email: string;
  readonly company?: string;
  readonly vatId?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** BCP 47, of what they are sent: `de-AT`. */
  readonly locale?: string;
}

/** What papers and mails say of the event. */
export interface EventFacts {
  readonly eventId: string;
  readonly organizerId: string;
  readonly title: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly timeZone: string;
  readonly venueName: string;
  readonly venueAddress: string;
}

/** What is to be paid, as the choice of a gateway asks it. */
export const dueOf = ({ price, event, buyer }: Order): ToBePaid => ({
  currency: price.due.currency,
  organizerId: event.organizerId,
  country: buyer.country,
});

/** Nothing is to be paid at a gateway. */
export const isFree = (order: Pick<Order, 'price'>): boolean => order.price.due.amountMinor === 0;

/** What others are told of its lines. */
export const linesOf = ({ price }: Order): OrderFulfilled['lines'] =>
  price.lines.map(({ ticketTypeId, name, package: pack, quantity, unitPrice, gross }) => ({
    ticketTypeId,
    name: pack ? `${name}, ${pack.name}` : name,
    quantity,
    unitPrice,
    lineTotal: gross,
  }));

/** How many tickets of each type it is for, whatever they cost. */
export function heldBy({
  price,
}: Order): readonly { readonly ticketTypeId: string; readonly quantity: number }[] {
  const tickets = new Map<string, number>();
  for (const line of price.lines)
    tickets.set(line.ticketTypeId, (tickets.get(line.ticketTypeId) ?? 0) + ticketsOf(line));
  return [...tickets].map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }));
}
