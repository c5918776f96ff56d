import type { IssuedTicket } from '@boxoffice/shared/contracts';
import type { TicketClaims } from '@boxoffice/shared/tokens';
import { inject, injectable } from 'tsyringe';
import { eventOf, placeOf } from './places';
import { StockRecords } from './ports';

/** What the records say of a ticket: its id tells the place in the history at which it was issued, and that the order. */
@injectable()
export class TicketsOnRecord {
  constructor(@inject(StockRecords) private readonly records: StockRecords) {}

  /** Undefined: no such ticket was ever issued. */
  async find(ticketId: string): Promise<IssuedTicket | undefined> {
    const eventId = eventOf(ticketId);
    if (eventId === undefined) return undefined;
    const { epoch, sequence, index } = placeOf(ticketId);
    const [segment] = await this.records.segments(eventId, epoch, sequence - 1, sequence);
    const move = segment?.moves[index];
    const order = move && 'orderId' in move ? await this.records.order(eventId, move.orderId) : undefined;
    return order?.status === 'issued'
      ? order.tickets.find((ticket) => ticket.ticketId === ticketId)
      : undefined;
  }

  /** Who it was passed on to with this code, as they were named; undefined for who bought it. */
  async holderName({ eventId, ticketId, issue }: TicketClaims): Promise<string | undefined> {
    return issue === 1 ? undefined : (await this.records.transfer(eventId, ticketId, issue))?.to.name;
  }
}
