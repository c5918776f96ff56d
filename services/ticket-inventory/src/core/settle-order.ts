import type { IssuedTicket, PaymentCaptured } from '@boxoffice/shared/contracts';
import { inject, injectable } from 'tsyringe';
import { chooseSeatsAgain } from './choose-seats';
import { Doors } from './doors';
import type { Draft } from './draft';
import { ticketTypeOf } from './event-on-sale';
import { isDue, sameLines, type Hold, type Line } from './hold';
import { shortAtCounter } from './offers';
import { Seals, StockRecords, type OrderOutcome } from './ports';
import { OrderSettledElsewhere } from './visitors';

/** Signs one ticket's code. */
export type Seal = Awaited<ReturnType<Seals['ticketSeal']>>;

/** A paid order gets its tickets, or a no for ever; whichever it was, the same again each time it is asked. */
@injectable()
export class SettleOrder {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(StockRecords) private readonly records: StockRecords,
    @inject(Seals) private readonly seals: Seals,
  ) {}

  /** `repeated`: it had been settled before, so its outcome may have been told before. */
  async settle(
    captured: PaymentCaptured,
    traceparent?: string,
  ): Promise<{ readonly order: OrderOutcome; readonly repeated: boolean }> {
    const seal = await this.seals.ticketSeal();
    for (;;) {
      const known = await this.records.order(captured.eventId, captured.orderId);
      if (known) return { order: known, repeated: true };
      try {
        const order = await this.doors.ask(captured.eventId, (draft) =>
          decideOrder(draft, captured, seal, traceparent),
        );
        if (order) return { order, repeated: false };
      } catch (error) {
        if (!(error instanceof OrderSettledElsewhere)) throw error;
      }
    }
  }
}

/** Undefined: the order is settled, as its record tells. */
export function decideOrder(
  draft: Draft,
  captured: PaymentCaptured,
  seal: Seal,
  traceparent?: string,
): OrderOutcome | undefined {
  const { orderId, eventId, holdId, userId, lines } = captured;
  if (draft.isSettled(orderId)) return undefined;
  const suffix = draft.nextSuffix();
  const common = {
    orderId,
    eventId,
    holdId,
    userId,
    at: draft.now,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
  const issued = (what: readonly Line[]): OrderOutcome => ({
    ...common,
    status: 'issued',
    tickets: issue(`${eventId}-${suffix}`, what, seal),
  });
  const refused = (reason: 'sold-out' | 'event-not-on-sale'): OrderOutcome => ({
    ...common,
    status: 'refused',
    reason,
  });

  const hold = draft.hold(holdId);
  let order: OrderOutcome;
  if (hold?.status === 'held' && isFor(hold, captured) && !isCancelled(draft) && !isDue(hold, draft.now)) {
    draft.confirm(hold, orderId);
    order = issued(hold.lines);
  } else if (!isStillToCome(draft, lines)) {
    draft.refuse(orderId);
    order = refused('event-not-on-sale');
  } else {
    // Paid late, or for a hold that another order has used up: where stock remains the buyer shall have it.
    const left = leftFor(draft, captured);
    if (left) draft.sell(orderId, userId, left);
    else draft.refuse(orderId);
    order = left ? issued(left) : refused('sold-out');
  }
  draft.orders.push(order);
  return order;
}

const isCancelled = ({ event }: Draft): boolean => event?.cancelledAt !== undefined;

const isFor = (hold: Hold, { userId, lines }: PaymentCaptured): boolean =>
  hold.userId === userId && sameLines(hold.lines, lines);

function leftFor(draft: Draft, captured: PaymentCaptured): readonly Line[] | undefined {
  const hold = draft.hold(captured.holdId);
  const lines = hold && isFor(hold, captured) ? hold.lines : captured.lines;
  return shortAtCounter(draft, lines).length > 0 ? undefined : chooseSeatsAgain(draft, lines);
}

// Sales may have closed since the buyer paid; a ticket for what is over is worth nothing.
function isStillToCome({ event, now }: Draft, lines: readonly Line[]): boolean {
  return (
    event !== undefined &&
    event.cancelledAt === undefined &&
    now < event.endsAt &&
    lines.every((line) => ticketTypeOf(event, line.ticketTypeId))
  );
}

function issue(prefix: string, lines: readonly Line[], seal: Seal): readonly IssuedTicket[] {
  const rights = lines.flatMap(({ ticketTypeId, quantity, seats = [] }) =>
    Array.from({ length: quantity }, (_, i) => ({ ticketTypeId, seat: seats[i] })),
  );
  return rights.map(({ ticketTypeId, seat }, i) => {
    const ticketId = `${prefix}-${i + 1}`;
    const code = seal({ ticketId, ticketTypeId, issue: 1 });
    return { ticketId, ticketTypeId, code, ...(seat === undefined ? {} : { seat }) };
  });
}
