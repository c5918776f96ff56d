import type { Books } from './books';
import { Client, type Stage } from './client';

interface Progress {
  readonly underWay: number;
  readonly jobs: readonly { readonly doneAt?: string }[];
}

/** Of a cancelled event nobody keeps a ticket that was paid for, and its refunds have come to an end. */
export async function checkEnds(stage: Stage, books: Books): Promise<void> {
  const { evidence, world } = stage;
  for (const eventId of evidence.saidCancelled)
    if (!evidence.cancelled.has(eventId)) evidence.violated(`${eventId} is cancelled, and nobody was told`);
  for (const order of books.orders) {
    const { orderId, eventId, state } = order;
    if (!evidence.cancelled.has(eventId)) continue;
    world.around.tally(`orders of a cancelled event, ${state}`);
    const forPeople = books.refunds.some((one) => one.orderId === orderId && one.state === 'failed');
    const over = ['expired', 'cancelled', 'refunded'].includes(state);
    if (!forPeople && !over)
      evidence.violated(`the event of order ${orderId} is cancelled, and it is ${state}`);
  }
  for (const eventId of [...evidence.cancelled, ...evidence.refundedEvents]) {
    const organizerId = evidence.events.get(eventId)?.organizerId ?? '';
    const organizer = new Client(organizerId, 'organizer', stage, world.random(`refunds of ${eventId}`));
    const path = `/events/${eventId}/refunds`;
    const answer = await organizer.insist<Progress>({ service: 'payment-processing', method: 'GET', path });
    const { underWay, jobs = [] } = answer?.body ?? {};
    if (underWay !== 0 || jobs.length === 0 || jobs.some(({ doneAt }) => doneAt === undefined))
      evidence.violated(`the refunds of ${eventId} have not come to an end: ${answer?.text}`);
  }
}
