import type { EventPublished, TicketTypeOnSale } from '@boxoffice/shared/contracts';

/** What selling and printing need to know of an event: the latest that event-management has said. */
export type EventOnSale = EventPublished;

export const ticketTypeOf = (event: EventOnSale, ticketTypeId: string): TicketTypeOnSale | undefined =>
  event.ticketTypes.find((type) => type.ticketTypeId === ticketTypeId);
