import type { IssuedTicket } from '@boxoffice/shared/contracts';
import type { Draft } from './draft';
import type { HoldTerms, Line } from './hold';
import type { OrderOutcome, Seals } from './ports';

/** Signs one ticket's code. */
export type Seal = Awaited<ReturnType<Seals['ticketSeal']>>;

/** A paid order, and whose. */
export interface PaidOrder {
  readonly orderId: string;
  readonly holdId: string;
  readonly userId: string;
  readonly traceparent?: string | undefined;
}
type Reason = (OrderOutcome & { readonly status: 'refused' })['reason'];

export function refuseOrder(draft: Draft, order: PaidOrder, reason: Reason): OrderOutcome {
  draft.refuse(order.orderId);
  return draft.settle({ ...outcomeOf(draft, order), status: 'refused', reason });
}

/** The caller has seen that it is held, and in time. */
export function confirmHold(draft: Draft, hold: HoldTerms, order: PaidOrder, seal: Seal): OrderOutcome {
  const suffix = draft.nextSuffix();
  draft.confirm(hold, order.orderId);
  return issued(draft, order, issue(draft, suffix, hold.lines, seal));
}

/** Without a hold; the caller has seen that all lines are available. */
export function sellAnew(draft: Draft, order: PaidOrder, lines: readonly Line[], seal: Seal): OrderOutcome {
  const suffix = draft.nextSuffix();
  draft.sell(order.orderId, order.userId, lines);
  return issued(draft, order, issue(draft, suffix, lines, seal));
}

const issued = (draft: Draft, order: PaidOrder, tickets: readonly IssuedTicket[]): OrderOutcome =>
  draft.settle({ ...outcomeOf(draft, order), status: 'issued', tickets });

const outcomeOf = ({ eventId, now }: Draft, { orderId, holdId, userId, traceparent }: PaidOrder) => ({
  orderId,
  eventId,
  holdId,
  userId,
  at: now,
  ...(traceparent === undefined ? {} : { traceparent }),
});

/** `suffix`: that of a place in the event's history which is this order's alone. */
function issue(
  { eventId }: Draft,
  suffix: string,
  lines: readonly Line[],
  seal: Seal,
): readonly IssuedTicket[] {
  const rights = lines.flatMap(({ ticketTypeId, quantity, seats = [] }) =>
    Array.from({ length: quantity }, (_, i) => ({ ticketTypeId, seat: seats[i] })),
  );
  return rights.map(({ ticketTypeId, seat }, i) => {
    const ticketId = `${eventId}-${suffix}-${i + 1}`;
    const code = seal({ ticketId, ticketTypeId, issue: 1 });
    return { ticketId, ticketTypeId, code, ...(seat === undefined ? {} : { seat }) };
  });
}
