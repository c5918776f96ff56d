import {
  eventCancelled,
  eventPublished,
  UnreadableMessage,
  type Envelope,
  type EventPublished,
} from '@boxoffice/shared/contracts';
import type { Consumer } from '@boxoffice/shared/platform';
import type { Telemetry } from '@boxoffice/shared/telemetry';
import type { CancelSales } from '../core/cancel-sales';
import { faultsOfSeatMap } from '../core/hall-faults';
import type { OpenSales } from '../core/open-sales';
import { isId, subscriptionTo } from './messages';

/** What event-management says of its events. */
export const hearEvents = (opening: OpenSales, cancelling: CancelSales, { log }: Telemetry): Consumer => ({
  subscription: subscriptionTo('event-management'),
  async handle(envelope) {
    if (eventCancelled.is(envelope)) {
      const cancelled = eventCancelled.read(envelope);
      refuseUnreadable(envelope, isId(cancelled.eventId) ? [] : ['eventId is no id']);
      await cancelling.cancel(cancelled);
      return;
    }
    const event = eventPublished.read(envelope);
    refuseUnreadable(envelope, faultsOf(event));
    for (const { id, wanted, taken } of await opening.open(event)) {
      log.warn('capacity stays above what was asked for: that much is held or sold', {
        eventId: event.eventId,
        id,
        wanted,
        taken,
      });
    }
  },
});

function refuseUnreadable(envelope: Envelope, faults: readonly string[]): void {
  if (faults.length > 0) throw new UnreadableMessage(`${envelope.type} ${envelope.id}: ${faults.join('; ')}`);
}

/** What would sell wrongly, though it has the right shape. */
function faultsOf(event: EventPublished): string[] {
  const { eventId, version, holdMinutes, ticketTypes, pools = [], seatMap } = event;
  const faults: string[] = [];
  if (!isId(eventId)) faults.push('eventId is no id');
  if (!Number.isSafeInteger(version) || version < 1) faults.push('version is no whole number from 1');
  if (!(holdMinutes >= 1 && holdMinutes <= 120)) faults.push('holdMinutes is not between 1 and 120');
  for (const { poolId, capacity } of pools) {
    if (!isId(poolId)) faults.push(`${poolId} is no id`);
    if (!Number.isSafeInteger(capacity) || capacity < 0)
      faults.push(`capacity of ${poolId} is no whole number from 0`);
  }
  if (new Set(pools.map((pool) => pool.poolId)).size < pools.length) faults.push('a pool stands there twice');
  for (const { ticketTypeId, capacity, minPerOrder, maxPerOrder, poolId } of ticketTypes) {
    if (poolId !== undefined && !pools.some((pool) => pool.poolId === poolId))
      faults.push(`${ticketTypeId} shares a pool that is not there`);
    if (!isId(ticketTypeId)) faults.push(`${ticketTypeId} is no id`);
    if (!Number.isSafeInteger(capacity) || capacity < 0)
      faults.push(`capacity of ${ticketTypeId} is no whole number from 0`);
    if (minPerOrder < 1 || maxPerOrder < minPerOrder) faults.push(`limits of ${ticketTypeId} let nobody buy`);
  }
  if (new Set(ticketTypes.map((type) => type.ticketTypeId)).size < ticketTypes.length)
    faults.push('a ticket type stands there twice');
  if (seatMap) faults.push(...faultsOfSeatMap(seatMap, ticketTypes));
  return faults;
}
