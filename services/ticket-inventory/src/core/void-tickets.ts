import type { PaymentRefunded } from '@boxoffice/shared/contracts';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import type { Line } from './hold';
import { StockRecords, type OrderOutcome } from './ports';

type Refund = Pick<PaymentRefunded, 'refundId' | 'orderId' | 'eventId'> & {
  readonly ticketIds: readonly string[];
};

/** Tickets that were given back for money admit nobody any more, and what they were for is stock again. */
@injectable()
export class VoidTickets {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(StockRecords) private readonly records: StockRecords,
  ) {}

  /** Safe to repeat. Throws where the order's tickets are not known here: then the message is ahead of its cause, or wrong. */
  async void(refund: Refund): Promise<void> {
    const order = await this.records.order(refund.eventId, refund.orderId);
    if (order?.status !== 'issued') throw new Error(`order ${refund.orderId} has no tickets to give back`);
    return this.doors.ask(refund.eventId, (draft) => decideVoid(draft, refund, order));
  }
}

export function decideVoid(
  draft: Draft,
  { refundId, orderId, eventId, ticketIds }: Refund,
  order: OrderOutcome & { readonly status: 'issued' },
): void {
  const given = order.tickets.filter(
    ({ ticketId }) => ticketIds.includes(ticketId) && !draft.tickets.isVoid(ticketId),
  );
  if (given.length === 0) return;
  const tickets = given.map(({ ticketId }) => ({ ticketId, issue: draft.tickets.issueOf(ticketId) }));
  const lines = [...Map.groupBy(given, (ticket) => ticket.ticketTypeId)].map(([ticketTypeId, own]): Line => {
    const seats = own.flatMap(({ seat }) => (seat === undefined ? [] : [seat]));
    return { ticketTypeId, quantity: own.length, ...(seats.length === 0 ? {} : { seats }) };
  });
  draft.returnTickets(order.userId, lines, {
    kind: 'void',
    refundId,
    orderId,
    eventId,
    tickets,
    at: draft.now,
  });
}
