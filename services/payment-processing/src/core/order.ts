import type { IssuedTicket } from '@boxoffice/shared/contracts';
import type { Instant, Money } from '@boxoffice/shared/kernel';
import type { OrderState } from './order-saga';

/** What one buyer is buying, with the price it was quoted at. */
export interface Order {
  readonly orderId: string;
  readonly holdId: string;
  readonly event: EventFacts;
  readonly userId: string;
  readonly buyer: Buyer;
  readonly lines: readonly OrderLine[];
  readonly total: Money;
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
}

export interface OrderLine {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly lineTotal: Money;
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

export const isFree = (order: Pick<Order, 'total'>): boolean => order.total.amountMinor === 0;
