import type { EventPublished, SeatMap, TicketTypeOnSale } from '@boxoffice/shared/contracts';
import type { Random } from '@boxoffice/shared/platform/simulated';
import type { Line } from './evidence';
import { accessCode } from './offer';

/** What a buyer wants of one ticket type. */
export interface WishedLine {
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly seats?: readonly string[];
  readonly together?: boolean;
  readonly accessible?: boolean;
}

/** A basket as a buyer asks for it. */
export interface Wish {
  readonly lines: readonly WishedLine[];
  readonly accessCode?: string;
}

export function drawWish(random: Random, event: EventPublished): Wish {
  const types = random.shuffled(event.ticketTypes).slice(0, random.between([1, event.ticketTypes.length]));
  return {
    lines: types.map((type) => drawLine(random, event, type)),
    ...(random.chance(0.7) ? { accessCode } : {}),
  };
}

function drawLine(
  random: Random,
  { seatMap }: EventPublished,
  { ticketTypeId, maxPerBuyer = Infinity }: TicketTypeOnSale,
): WishedLine {
  // Most know what they may have.
  const most = random.chance(0.8) ? maxPerBuyer : Infinity;
  const quantity = Math.min(random.pick([1, 1, 2, 3]), most);
  const line = { ticketTypeId, quantity };
  const seats = random.shuffled(seatsOf(seatMap, ticketTypeId));
  if (seats.length === 0) return line;
  if (random.chance(0.3))
    return { ...line, seats: seats.slice(0, quantity), quantity: Math.min(quantity, seats.length) };
  return {
    ...line,
    ...(random.chance(0.3) ? { together: true } : {}),
    ...(random.chance(0.2) ? { accessible: true } : {}),
  };
}

/** Why what was given is not what was wished for. */
export function faultsOfGift(
  { lines: wished, accessCode }: Wish,
  lines: readonly Line[],
  event: EventPublished,
): string[] {
  const faults: string[] = [];
  for (const wish of wished) {
    const { ticketTypeId, quantity } = wish;
    const given = lines.find((line) => line.ticketTypeId === ticketTypeId);
    const seats = given?.seats ?? [];
    const has = (mark: 'accessible'): boolean =>
      marked(event.seatMap, mark).some((seat) => seats.includes(seat));
    if (given?.quantity !== quantity) faults.push(`${given?.quantity} of ${ticketTypeId} for ${quantity}`);
    if (wish.seats && [...wish.seats].sort().join() !== [...seats].sort().join())
      faults.push(`${seats.join(', ')} for ${wish.seats.join(', ')}`);
    if (wish.together && !areNeighbours(seats)) faults.push(`${seats.join(', ')} are not together`);
    if (wish.accessible && !has('accessible')) faults.push(`none of ${seats.join(', ')} is accessible`);
    if (!wish.seats && !wish.accessible && has('accessible'))
      faults.push(`${seats.join(', ')}: accessible unasked`);
    const hidden = event.ticketTypes.some((type) => type.ticketTypeId === ticketTypeId && type.accessCodes);
    if (hidden && accessCode === undefined) faults.push(`${ticketTypeId} without its code`);
  }
  return faults;
}

const rowsOf = (map: SeatMap | undefined) =>
  (map?.sections ?? []).flatMap(({ name, rows }) =>
    rows.map((row) => ({ ...row, prefix: `${name}/${row.name}/` })),
  );

const seatsOf = (map: SeatMap | undefined, ticketTypeId: string): readonly string[] =>
  rowsOf(map)
    .filter((row) => row.ticketTypeId === ticketTypeId)
    .flatMap(({ prefix, first, last, gaps = [] }) =>
      Array.from({ length: last - first + 1 }, (_, at) => first + at)
        .filter((number) => !gaps.includes(number))
        .map((number) => `${prefix}${number}`),
    );

const marked = (map: SeatMap | undefined, mark: 'accessible'): readonly string[] =>
  rowsOf(map).flatMap((row) => (row[mark] ?? []).map((number) => `${row.prefix}${number}`));

/** In one row, their numbers without a hole. */
function areNeighbours(seats: readonly string[]): boolean {
  const rows = new Set(seats.map((seat) => seat.slice(0, seat.lastIndexOf('/'))));
  const numbers = seats.map((seat) => Number(seat.slice(seat.lastIndexOf('/') + 1)));
  return rows.size <= 1 && Math.max(...numbers) - Math.min(...numbers) < Math.max(seats.length, 1);
}
