import {
  orderCancelled,
  orderFulfilled,
  paymentCaptured,
  paymentRefunded,
  type Envelope,
  type IssuedPaper,
} from '@boxoffice/shared/contracts';
import { heldBy, isFree, linesOf, type Order } from '../core/order';
import type { Refund } from '../core/refund';
import type { Stage } from './stage';

// Said again, it is the same fact under a new id: the consumer, who knows the order, is to answer again.
export function capturedEnvelope({ ids, now, traceparent, order }: Stage): Envelope {
  const data = {
    orderId: order.orderId,
    ...(isFree(order) || order.paymentId === undefined ? {} : { paymentId: order.paymentId }),
    eventId: order.event.eventId,
    holdId: order.holdId,
    userId: order.userId,
    lines: heldBy(order),
    amount: order.price.due,
    capturedAt: order.paidAt ?? now,
  };
  return paymentCaptured.announce(ids.next(), order.orderId, now, data, traceparent);
}

export function fulfilledEnvelope({ ids, now, traceparent, order }: Stage, receipt: IssuedPaper): Envelope {
  const { eventId, title, startsAt, endsAt, timeZone, venueName, venueAddress } = order.event;
  const data = {
    orderId: order.orderId,
    userId: order.userId,
    buyer: addresseeOf(order),
    event: { eventId, title, startsAt, endsAt, timeZone, venueName, venueAddress },
    lines: linesOf(order),
    total: order.price.total,
    receiptNumber: receipt.number,
    receipt,
    tickets: order.tickets,
    fulfilledAt: order.fulfilledAt ?? now,
  };
  return orderFulfilled.announce(ids.next(), order.orderId, now, data, traceparent);
}

export function cancelledEnvelope({ ids, now, traceparent, order, because }: Stage): Envelope {
  const { orderId, event, userId, tickets, price } = order;
  const data = {
    orderId,
    eventId: event.eventId,
    eventTitle: event.title,
    userId,
    buyer: addresseeOf(order),
    // Whoever has had tickets loses them with the event alone.
    reason: because ?? ('event-cancelled' as const),
    cancelledAt: now,
    ticketIds: tickets.map(({ ticketId }) => ticketId),
    // No gateway was asked for any of it.
    ...(price.giftCards.length === 0 ? {} : { returnedToGiftCards: price.total }),
  };
  return orderCancelled.announce(ids.next(), orderId, now, data, traceparent);
}

/** `ticketIds`: the tickets that are void with it. */
export function refundedEnvelope(
  { ids, now, traceparent, order }: Stage,
  refund: Refund,
  ticketIds: readonly string[],
): Envelope {
  const data = {
    orderId: order.orderId,
    paymentId: refund.paymentId,
    refundId: refund.refundId,
    eventId: order.event.eventId,
    eventTitle: order.event.title,
    userId: order.userId,
    buyer: addresseeOf(order),
    amount: refund.amount,
    reason: refund.reason,
    refundedAt: refund.refundedAt ?? now,
    ...(ticketIds.length === 0 ? {} : { ticketIds }),
  };
  return paymentRefunded.announce(ids.next(), order.orderId, now, data, traceparent);
}

const addresseeOf = ({ buyer: { name, email } }: Order) => ({ name, email });
