import type { EventPublished, TicketTypeOnSale } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import { accessCodeHash } from '@boxoffice/shared/tokens';

/** What selling and printing need to know of an event: the latest that event-management has said, but for what prices are made of. */
export interface EventOnSale extends Omit<EventPublished, 'terms'> {
  readonly cancelledAt?: Instant;
}

export const ticketTypeOf = (event: EventOnSale, ticketTypeId: string): TicketTypeOnSale | undefined =>
  event.ticketTypes.find((type) => type.ticketTypeId === ticketTypeId);

/** A ticket type with access codes is there for who names one of them, and for nobody else. */
export const isThereFor = (
  { ticketTypeId, accessCodes }: TicketTypeOnSale,
  code: string | undefined,
): boolean =>
  accessCodes === undefined ||
  (code !== undefined && accessCodes.includes(accessCodeHash(ticketTypeId, code)));

/** What messages tell of it. */
export const placeAndTime = ({
  eventId,
  title,
  startsAt,
  endsAt,
  timeZone,
  venueName,
  venueAddress,
}: EventOnSale) => ({ eventId, title, startsAt, endsAt, timeZone, venueName, venueAddress });
