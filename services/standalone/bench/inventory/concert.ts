import { eventPublished, type Envelope } from '@boxoffice/shared/contracts';
import { after, before, type Clock, type Ids } from '@boxoffice/shared/kernel';

export interface Concert {
  readonly eventId: string;
  readonly ticketTypeId: string;
  readonly capacity: number;
  /** As event-management would say it. */
  readonly published: Envelope;
}

/** An event with one ticket type, on sale now. */
export function concertOf(capacity: number, { clock, ids }: { clock: Clock; ids: Ids }): Concert {
  const [eventId, ticketTypeId] = [ids.next(), ids.next()];
  const now = clock.now();
  const { sample } = eventPublished;
  const startsAt = after(now, { hours: 24 * 30 });
  const ticketTypes = sample.ticketTypes.map((type) => ({
    ...type,
    ...{ ticketTypeId, capacity, salesFrom: before(now, { hours: 1 }), salesUntil: startsAt },
  }));
  const data = { ...sample, eventId, startsAt, endsAt: after(startsAt, { hours: 2 }), ticketTypes };
  return {
    ...{ eventId, ticketTypeId, capacity },
    published: eventPublished.announce(`event-published.${eventId}`, eventId, now, data),
  };
}
