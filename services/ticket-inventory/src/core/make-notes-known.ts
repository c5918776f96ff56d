import { ticketTransferred, type Envelope, type IssuedTicket } from '@boxoffice/shared/contracts';
import { inject, injectable } from 'tsyringe';
import { placeAndTime, ticketTypeOf, type EventOnSale } from './event-on-sale';
import type { Note, Owner, TransferNote, VoidNote } from './note';
import { Seals, StockRecords, type OwnedTicket } from './ports';

/** What others are to learn of a note: what becomes of whose wallet, and what is announced. */
export interface News {
  readonly tickets: readonly OwnedTicket[];
  readonly envelopes: readonly Envelope[];
}

/** Says the same each time it is asked. */
@injectable()
export class MakeNotesKnown {
  constructor(
    @inject(StockRecords) private readonly records: StockRecords,
    @inject(Seals) private readonly seals: Seals,
  ) {}

  async newsOf(note: Note): Promise<News> {
    switch (note.kind) {
      case 'transfer':
        return this.ofTransfer(note);
      case 'void':
        return { tickets: await this.voided(note), envelopes: [] };
      case 'waiting':
        return { tickets: [], envelopes: [] }; // until something is offered
    }
  }

  private async ofTransfer(note: TransferNote): Promise<News> {
    const { ticketId, ticketTypeId, issue, from, to } = note;
    const event = await this.eventOf(note.eventId);
    const code = (await this.seals.ticketSeal())({ ticketId, ticketTypeId, issue });
    const gone = { ...inWallet(note, from.owner), code: '', issue: issue - 1, state: 'transferred' } as const;
    const come = { ...inWallet(note, { email: to.email }), holderName: to.name, code } as const;
    return { tickets: [gone, { ...come, issue, state: 'valid' }], envelopes: [announced(note, code, event)] };
  }

  private async voided({ eventId, orderId, tickets }: VoidNote): Promise<readonly OwnedTicket[]> {
    const order = await this.records.order(eventId, orderId);
    if (order?.status !== 'issued') throw new Error(`no tickets of order ${orderId}, though some are void`);
    const issued = new Map(order.tickets.map((ticket) => [ticket.ticketId, ticket]));
    return Promise.all(
      tickets.map(async ({ ticketId, issue }): Promise<OwnedTicket> => {
        const ticket: IssuedTicket | undefined = issued.get(ticketId);
        if (!ticket) throw new Error(`order ${orderId} has no ticket ${ticketId}`);
        const transfer = issue > 1 ? await this.records.transfer(eventId, ticketId, issue) : undefined;
        const owner = transfer ? { email: transfer.to.email } : { userId: order.userId };
        return { ...ticket, code: '', owner, issue, state: 'void', orderId, eventId, issuedAt: order.at };
      }),
    );
  }

  private async eventOf(eventId: string): Promise<EventOnSale> {
    const event = await this.records.event(eventId);
    if (!event) throw new Error(`no record of event ${eventId}, though it has tickets`);
    return event;
  }
}

const inWallet = ({ ticketId, ticketTypeId, orderId, eventId, seat, at }: TransferNote, owner: Owner) => ({
  ticketId,
  ticketTypeId,
  orderId,
  eventId,
  owner,
  issuedAt: at,
  ...(seat === undefined ? {} : { seat }),
});

function announced(note: TransferNote, code: string, event: EventOnSale): Envelope {
  const { ticketId, ticketTypeId, orderId, issue, seat, from, to, at } = note;
  const data = {
    ticketId,
    orderId,
    ticketTypeId,
    ticketTypeName: ticketTypeOf(event, ticketTypeId)?.name ?? '',
    issue,
    code,
    ...(seat === undefined ? {} : { seat }),
    event: placeAndTime(event),
    from: { userId: from.userId, name: from.name },
    to,
    transferredAt: at,
  };
  return ticketTransferred.announce(`ticket-transferred.${ticketId}.${issue}`, ticketId, at, data);
}
