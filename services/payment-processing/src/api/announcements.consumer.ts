import {
  eventCancelled,
  eventPublished,
  holdRefused,
  signingKeyPublished,
  ticketsIssued,
  subscriptions,
  UnreadableMessage,
  type Envelope,
} from '@boxoffice/shared/contracts';
import type { Consumer } from '@boxoffice/shared/platform';
import type { InventoryHearing } from '../core/hear-inventory';
import type { Announced } from '../core/ports';
import type { EventRefunding } from '../core/refund-event';

/** Everything that other services announce and orders need. */
export function announcementConsumers(
  announced: Announced,
  inventory: InventoryHearing,
  refunding: EventRefunding,
): readonly Consumer[] {
  async function handle(envelope: Envelope): Promise<void> {
    if (eventPublished.is(envelope)) await announced.keepEvent(eventPublished.read(envelope));
    else if (signingKeyPublished.is(envelope)) await announced.keepKey(signingKeyPublished.read(envelope));
    else if (ticketsIssued.is(envelope))
      await inventory.ticketsIssued(envelope.id, ticketsIssued.read(envelope));
    else if (holdRefused.is(envelope)) await inventory.holdRefused(envelope.id, holdRefused.read(envelope));
    else if (eventCancelled.is(envelope))
      await refunding.hearCancelled(envelope.id, eventCancelled.read(envelope));
    else throw new UnreadableMessage(`payment-processing does not know ${envelope.type}`);
  }
  return subscriptions
    .filter(({ subscription }) => subscription === 'payment-processing')
    .map((subscription) => ({ subscription, handle }));
}
