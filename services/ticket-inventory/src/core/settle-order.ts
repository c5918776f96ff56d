import type { PaymentCaptured } from '@boxoffice/shared/contracts';
import { inject, injectable } from 'tsyringe';
import { chooseSeatsAgain } from './choose-seats';
import { Doors } from './doors';
import type { Draft } from './draft';
import { ticketTypeOf } from './event-on-sale';
import { isDue, sameLines, type Hold, type Line } from './hold';
import { shortAtCounter } from './offers';
import { confirmHold, refuseOrder, sellAnew, type Seal } from './outcomes';
import { isPayable, payPart, waitsForGroup } from './pay-part';
import { Seals, StockRecords, type OrderOutcome } from './ports';
import { OrderSettledElsewhere } from './visitors';

export interface Settled {
  readonly order: OrderOutcome | undefined;
  readonly repeated: boolean;
}

/** A paid order gets its tickets, or a no for ever; whichever it was, the same again each time it is asked. */
@injectable()
export class SettleOrder {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(StockRecords) private readonly records: StockRecords,
    @inject(Seals) private readonly seals: Seals,
  ) {}

  /**
   * `repeated`: it had been settled before, so its outcome may have been told before. Without an order, where this is for a part
   * of a group, and waits for the others.
   */
  async settle(captured: PaymentCaptured, traceparent?: string): Promise<Settled> {
    const { eventId, orderId, holdId } = captured;
    const seal = await this.seals.ticketSeal();
    for (;;) {
      const known = await this.records.order(eventId, orderId);
      if (known) return { order: known, repeated: true };
      try {
        const { order, waits } = await this.doors.ask(eventId, (draft) => ({
          order: decideOrder(draft, captured, seal, traceparent),
          waits: waitsForGroup(draft.hold(holdId), orderId),
        }));
        if (order) return { order, repeated: false };
        if (waits) return { order: undefined, repeated: false };
      } catch (error) {
        if (!(error instanceof OrderSettledElsewhere)) throw error;
      }
    }
  }
}

/** Undefined: the order is settled, as its record tells, or waits for the others of its group. */
export function decideOrder(
  draft: Draft,
  captured: PaymentCaptured,
  seal: Seal,
  traceparent?: string,
): OrderOutcome | undefined {
  const { orderId, lines } = captured;
  if (draft.isSettled(orderId)) return undefined;
  const order = { ...captured, traceparent };
  const hold = isCancelled(draft) ? undefined : holdFor(draft, captured);
  if (hold?.part && isPayable(hold, orderId)) return payPart(draft, hold, order, seal);
  if (hold && !hold.part && hold.status === 'held' && !isDue(hold, draft.now))
    return confirmHold(draft, hold, order, seal);
  if (!isStillToCome(draft, lines)) return refuseOrder(draft, order, 'event-not-on-sale');
  // Paid late, or for a hold that another order has used up: where stock remains the buyer shall have it.
  const left = leftFor(draft, captured);
  return left ? sellAnew(draft, order, left, seal) : refuseOrder(draft, order, 'sold-out');
}

const isCancelled = ({ event }: Draft): boolean => event?.cancelledAt !== undefined;

function holdFor(draft: Draft, { holdId, userId, lines }: PaymentCaptured): Hold | undefined {
  const hold = draft.hold(holdId);
  return hold?.userId === userId && sameLines(hold.lines, lines) ? hold : undefined;
}

function leftFor(draft: Draft, captured: PaymentCaptured): readonly Line[] | undefined {
  const lines = holdFor(draft, captured)?.lines ?? captured.lines;
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
