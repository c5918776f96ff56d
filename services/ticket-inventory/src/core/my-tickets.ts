import { inject, injectable } from 'tsyringe';
import { ticketTypeOf, type EventOnSale } from './event-on-sale';
import { eventOf } from './places';
import { StockRecords, Wallets, type OwnedTicket } from './ports';
import { ticketUnknown } from './refusals';

/** A ticket with what its event is called, when and where, as known now. */
export interface TicketInHand {
  readonly ticket: OwnedTicket;
  readonly event: EventOnSale;
  readonly ticketTypeName: string;
}

@injectable()
export class MyTickets {
  constructor(
    @inject(Wallets) private readonly wallets: Wallets,
    @inject(StockRecords) private readonly records: StockRecords,
  ) {}

  /** Ascending by id, from after the one named. */
  async list(
    userId: string,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly TicketInHand[]> {
    const tickets = await this.wallets.list(userId, page);
    const eventIds = [...new Set(tickets.map((ticket) => ticket.eventId))];
    const events = new Map(
      await Promise.all(eventIds.map(async (id) => [id, await this.eventOf(id)] as const)),
    );
    return tickets.flatMap((ticket) => {
      const event = events.get(ticket.eventId);
      return event ? [inHand(ticket, event)] : [];
    });
  }

  async find(userId: string, ticketId: string): Promise<TicketInHand> {
    const ticket = eventOf(ticketId) === undefined ? undefined : await this.wallets.find(userId, ticketId);
    if (!ticket) throw ticketUnknown();
    return inHand(ticket, await this.eventOf(ticket.eventId));
  }

  private async eventOf(eventId: string): Promise<EventOnSale> {
    const event = await this.records.event(eventId);
    if (!event) throw new Error(`no record of event ${eventId}, though it has tickets`);
    return event;
  }
}

const inHand = (ticket: OwnedTicket, event: EventOnSale): TicketInHand => ({
  ticket,
  event,
  ticketTypeName: ticketTypeOf(event, ticket.ticketTypeId)?.name ?? '',
});
