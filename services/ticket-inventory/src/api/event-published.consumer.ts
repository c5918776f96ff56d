import { eventPublished, UnreadableMessage, type EventPublished } from '@boxoffice/shared/contracts';
import type { Consumer } from '@boxoffice/shared/platform';
import type { Telemetry } from '@boxoffice/shared/telemetry';
import type { OpenSales } from '../core/open-sales';
import { isId, subscriptionTo } from './messages';

export const hearEventPublished = (useCase: OpenSales, { log }: Telemetry): Consumer => ({
  subscription: subscriptionTo('event-management'),
  async handle(envelope) {
    const event = eventPublished.read(envelope);
    const faults = faultsOf(event);
    if (faults.length > 0)
      throw new UnreadableMessage(`${envelope.type} ${envelope.id}: ${faults.join('; ')}`);
    for (const { ticketTypeId, wanted, taken } of await useCase.open(event)) {
      log.warn('capacity stays above what was asked for: that much is held or sold', {
        eventId: event.eventId,
        ticketTypeId,
        wanted,
        taken,
      });
    }
  },
});

/** What would sell wrongly, though it has the right shape. */
function faultsOf({ eventId, version, holdMinutes, ticketTypes }: EventPublished): string[] {
  const faults: string[] = [];
  if (!isId(eventId)) faults.push('eventId is no id');
  if (!Number.isSafeInteger(version) || version < 1) faults.push('version is no whole number from 1');
  if (!(holdMinutes >= 1 && holdMinutes <= 120)) faults.push('holdMinutes is not between 1 and 120');
  for (const { ticketTypeId, capacity, minPerOrder, maxPerOrder } of ticketTypes) {
    if (!isId(ticketTypeId)) faults.push(`${ticketTypeId} is no id`);
    if (!Number.isSafeInteger(capacity) || capacity < 0)
      faults.push(`capacity of ${ticketTypeId} is no whole number from 0`);
    if (minPerOrder < 1 || maxPerOrder < minPerOrder) faults.push(`limits of ${ticketTypeId} let nobody buy`);
  }
  if (new Set(ticketTypes.map((type) => type.ticketTypeId)).size < ticketTypes.length)
    faults.push('a ticket type stands there twice');
  return faults;
}
