import type { Draft } from './draft';
import type { Line } from './hold';
import { accessibleSeatsGone, seatsNotTogether, seatTaken, seatUnknown, soldOut } from './refusals';

/** A line as it is asked for: with its seats named, or with what they must be. */
export interface AskedLine extends Line {
  /** All side by side, rather than split. */
  readonly together?: boolean;
  /** One of them at least accessible. */
  readonly accessible?: boolean;
}

/** The lines with their seats, where they are numbered: those that were named, or else the best. */
export function chooseSeats(draft: Draft, asked: readonly AskedLine[]): readonly Line[] {
  checkNamed(draft, asked);
  return asked.map((line) => {
    const { ticketTypeId, quantity } = line;
    const seats = line.seats ?? bestFor(draft, line);
    return { ticketTypeId, quantity, ...(seats === undefined ? {} : { seats }) };
  });
}

/**
 * For who has paid after the hold had ended: the same seats where they are still free, or else the best. Undefined where there
 * are none; also for who had an accessible seat and would get none now.
 */
export function chooseSeatsAgain(draft: Draft, lines: readonly Line[]): readonly Line[] | undefined {
  const plan = draft.seatPlan;
  const chosen: Line[] = [];
  for (const { ticketTypeId, quantity, seats = [] } of lines) {
    if (!plan?.isNumbered(ticketTypeId)) {
      chosen.push({ ticketTypeId, quantity });
      continue;
    }
    const isThere = (seat: string) => plan.has(ticketTypeId, seat) && draft.seats.isFree(seat);
    const accessible = seats.some(plan.isAccessible);
    const again = seats.length === quantity && seats.every(isThere);
    const now = again ? seats : plan.best({ ticketTypeId, size: quantity, accessible });
    if (!now) return undefined;
    chosen.push({ ticketTypeId, quantity, seats: now });
  }
  return chosen;
}

function checkNamed(draft: Draft, asked: readonly AskedLine[]): void {
  const unknown = asked.flatMap(({ ticketTypeId, seats = [] }) =>
    seats.filter((seat) => draft.seatPlan?.has(ticketTypeId, seat) !== true),
  );
  if (unknown.length > 0) throw seatUnknown(unknown);
  const taken = asked.flatMap(({ seats = [] }) => seats.filter((seat) => !draft.seats.isFree(seat)));
  if (taken.length > 0) throw seatTaken(taken);
}

/** Undefined for what is sold without numbered seats. */
function bestFor({ seatPlan: plan }: Draft, line: AskedLine): readonly string[] | undefined {
  const { ticketTypeId, quantity: size, together = false, accessible = false } = line;
  if (!plan?.isNumbered(ticketTypeId)) {
    if (accessible) throw accessibleSeatsGone(ticketTypeId);
    return undefined;
  }
  const seats = plan.best({ ticketTypeId, size, together, accessible });
  if (seats) return seats;
  const available = plan.left(ticketTypeId, accessible);
  // Accessible seats may be left, which are not for everyone.
  if (available < size) throw soldOut([{ ticketTypeId, available }]);
  throw accessible && available === plan.left(ticketTypeId, false)
    ? accessibleSeatsGone(ticketTypeId)
    : seatsNotTogether(ticketTypeId);
}
