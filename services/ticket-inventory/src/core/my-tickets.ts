import { inject, injectable } from 'tsyringe';
import { ticketTypeOf, type EventOnSale } from './event-on-sale';
import { eventOf } from './places';
import type { Owner } from './note';
import { StockRecords, Wallets, type OwnedTicket } from './ports';
import { ticketIsTransferred, ticketIsVoid, ticketUnknown } from './refusals';

/** Who asks: what they bought is theirs, and what was passed on to their address. */
export interface Holder {
  readonly userId: string;
  readonly name: string;
  /** Empty where it isn't known to be theirs. */
  readonly email: string;
}

export const ownersOf = ({ userId, email }: Holder): readonly Owner[] =>
  email === '' ? [{ userId }] : [{ userId }, { email }];

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
    holder: Holder,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly TicketInHand[]> {
    const tickets = await this.wallets.list(ownersOf(holder), page);
    const eventIds = [...new Set(tickets.map((ticket) => ticket.eventId))];
    const events = new Map(
      await Promise.all(eventIds.map(async (id) => [id, await this.eventOf(id)] as const)),
    );
    return tickets.flatMap((ticket) => {
      const event = events.get(ticket.eventId);
      return event ? [inHand(ticket, event)] : [];
    });
  }

  async find(holder: Holder, ticketId: string): Promise<TicketInHand> {
    const known = eventOf(ticketId) !== undefined;
    const ticket = known ? await this.wallets.find(ownersOf(holder), ticketId) : undefined;
    if (!ticket) throw ticketUnknown();
    return inHand(ticket, await this.eventOf(ticket.eventId));
  }

  /** One that still admits: what is printed, or put on a phone, should. */
  async findValid(holder: Holder, ticketId: string): Promise<TicketInHand> {
    const found = await this.find(holder, ticketId);
    if (found.ticket.state === 'void') throw ticketIsVoid();
    if (found.ticket.state === 'transferred') throw ticketIsTransferred();
    return found;
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
