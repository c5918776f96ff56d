import type { EventPublished } from '@boxoffice/shared/contracts';
import type { Random } from '@boxoffice/shared/platform/simulated';
import { Client, type Stage } from './client';

/** An event is cancelled amid its sale: everybody has their money back. */
export async function cancel(stage: Stage, event: EventPublished, random: Random): Promise<void> {
  const { eventId, organizerId } = event;
  const organizer = new Client(organizerId, 'organizer', stage, random);
  const answer = await organizer.insist(
    {
      ...{ service: 'event-management', method: 'POST', path: `/events/${eventId}/cancel` },
      body: { reason: 'The singer has lost his voice.' },
    },
    random.chance(0.3),
  );
  if (answer?.status === 200) stage.evidence.saidCancelled.add(eventId);
  else if (answer) stage.evidence.violated(`${eventId} could not be cancelled: ${answer.text}`);
}

/** It is postponed, and who has paid until now has their money back. */
export async function refundAll(stage: Stage, event: EventPublished, random: Random): Promise<void> {
  const { eventId, organizerId } = event;
  const organizer = new Client(organizerId, 'organizer', stage, random);
  const answer = await organizer.insist(
    {
      ...{ service: 'payment-processing', method: 'POST', path: `/events/${eventId}/refunds` },
      ...{ body: { reason: 'event-postponed' }, key: organizer.newKey() },
    },
    random.chance(0.3),
  );
  if (answer?.status === 202) stage.evidence.refundedEvents.add(eventId);
  // It may not have heard of the event yet: then nobody has bought anything either.
  else if (answer && answer.status !== 404)
    stage.evidence.violated(`${eventId} could not be refunded: ${answer.text}`);
}
