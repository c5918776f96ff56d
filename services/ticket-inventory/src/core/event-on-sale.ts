import type { EventPublished, TicketTypeOnSale } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';

/** What selling and printing need to know of an event: the latest that event-management has said. */
export interface EventOnSale extends EventPublished {
  readonly cancelledAt?: Instant;
}

export const ticketTypeOf = (event: EventOnSale, ticketTypeId: string): TicketTypeOnSale | undefined =>
  event.ticketTypes.find((type) => type.ticketTypeId === ticketTypeId);
