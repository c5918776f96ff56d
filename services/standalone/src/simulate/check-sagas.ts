import type { SimulatedWorld } from '@boxoffice/shared/platform/simulated';
import type { Books } from './books';
import type { Evidence } from './evidence';

const waitingOrders = ['placed', 'paid', 'refunding'];
const waitingPayments = ['created', 'unknown', 'processing'];
const waitingRefunds = ['requested', 'submitted'];

/** Nothing waits for ever, nothing is left unsaid, and no message is given up. */
export function checkSagas(world: SimulatedWorld, books: Books, evidence: Evidence): void {
  const forPeople = (orderId: string): boolean =>
    books.refunds.some((one) => one.orderId === orderId && one.state === 'failed');
  for (const { orderId, state } of books.orders) {
    if (waitingOrders.includes(state) && !(state === 'refunding' && forPeople(orderId)))
      evidence.violated(`order ${orderId} is still ${state}`);
  }
  for (const { paymentId, state } of books.payments)
    if (waitingPayments.includes(state)) evidence.violated(`payment ${paymentId} is still ${state}`);
  for (const { refundId, state } of books.refunds)
    if (waitingRefunds.includes(state)) evidence.violated(`refund ${refundId} is still ${state}`);
  for (const { envelope } of books.unsaid) evidence.violated(`never said: ${envelope.slice(0, 160)}`);
  for (const queue of world.stores.bus.queues) {
    const { topic, subscription } = queue.subscription;
    if (queue.waiting > 0)
      evidence.violated(`${queue.waiting} messages of ${topic} still wait for ${subscription}`);
    for (const letter of queue.deadLetters)
      if (!evidence.poisons.has(letter.envelope.id))
        evidence.violated(
          `dead letter of ${topic} for ${subscription}: ${letter.envelope.type} ${letter.envelope.subject}: ${letter.description}`,
        );
  }
}
