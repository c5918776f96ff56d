import type { SimulatedWorld } from '@boxoffice/shared/platform/simulated';
import type { Books } from './books';
import type { TicketWatch } from './check-tickets';
import type { Evidence } from './evidence';

/** Each fulfilled order, each refund and each new holder is told of once, to the right person, and nobody hears of anything else. */
export function checkMail(
  world: SimulatedWorld,
  books: Books,
  tickets: TicketWatch,
  evidence: Evidence,
): void {
  const { sent } = world.stores.mailbox;
  const expected = new Map<string, string | undefined>();
  const buyerOf = new Map(books.orders.map((order) => [order.orderId, order.buyerEmail]));
  for (const { orderId, fulfilledAt, buyerEmail } of books.orders)
    if (fulfilledAt !== null) expected.set(`${orderId}-tickets`, buyerEmail);
  for (const { orderId, state, paidAt, buyerEmail } of books.orders)
    if (state === 'cancelled' && paidAt !== null) expected.set(`${orderId}-cancellation`, buyerEmail);
  for (const { refundId, orderId, state } of books.refunds)
    if (state === 'succeeded') expected.set(`${orderId}-refund-${refundId}`, buyerOf.get(orderId));
  for (const { ticketId, issue, to } of [...tickets.transfers.values()].flat())
    expected.set(`${ticketId}-transfer-${issue}`, to.email);
  for (const [id, address] of expected) {
    const mail = sent.get(id)?.message;
    if (mail?.to.address !== address)
      evidence.violated(`mail ${id} for ${address} went to ${mail?.to.address ?? 'nobody'}`);
    if (!/-(refund-|cancellation)/.test(id) && mail?.attachments.length === 0)
      evidence.violated(`mail ${id} went out without the tickets`);
  }
  for (const id of sent.keys())
    if (!expected.has(id)) evidence.violated(`mail ${id} should never have gone out`);
}
