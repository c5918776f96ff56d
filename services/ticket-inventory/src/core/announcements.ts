import { holdRefused, signingKeyPublished, ticketsIssued, type Envelope } from '@boxoffice/shared/contracts';
import type { OrderOutcome, OwnedTicket, PublishedKey } from './ports';

// Ids are made from what the facts are about: said again, by whichever process, a fact keeps its id.

export function announcementOf(order: OrderOutcome): Envelope {
  const { orderId, eventId, holdId, userId, at, traceparent } = order;
  if (order.status === 'refused') {
    const data = { orderId, eventId, holdId, reason: order.reason, refusedAt: at };
    return holdRefused.announce(`hold-refused.${orderId}`, holdId, at, data, traceparent);
  }
  const data = { orderId, eventId, holdId, userId, tickets: order.tickets, issuedAt: at };
  return ticketsIssued.announce(`tickets-issued.${orderId}`, orderId, at, data, traceparent);
}

export const keyAnnouncementOf = (key: PublishedKey): Envelope =>
  signingKeyPublished.announce(`signing-key-published.${key.keyId}`, key.keyId, key.publishedAt, key);

/** What an order puts into its buyer's wallet. */
export function ticketsOf(order: OrderOutcome): readonly OwnedTicket[] {
  if (order.status === 'refused') return [];
  const { userId, orderId, eventId, at } = order;
  const common = { owner: { userId }, orderId, eventId, issuedAt: at, issue: 1, state: 'valid' } as const;
  return order.tickets.map((ticket) => ({ ...ticket, ...common }));
}
