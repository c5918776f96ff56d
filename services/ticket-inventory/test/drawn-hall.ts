import type { SeatMap, SeatRow } from '@boxoffice/shared/contracts';
import { BestSeats, type Party } from '../src/core/best-seats';
import type { EventOnSale } from '../src/core/event-on-sale';
import { FreeSeats } from '../src/core/free-seats';
import { areSideBySide, Hall } from '../src/core/hall';
import { concert, stalls } from './season';

/**
 * A hall as a drawing, a text a row: `.` is a seat, `_` a gap, `a` an accessible seat, `r` one with a restricted view; what is
 * taken is `x`, `A`, `R`. Rows are called 1, 2, … and so are seats; the section is `Parkett`.
 */
export type Drawing = readonly string[];

export const mapOf = (drawing: Drawing, ticketTypeId = stalls): SeatMap => ({
  sections: [{ name: 'Parkett', rows: drawing.map((row, i) => rowOf(row, i + 1, ticketTypeId)) }],
});

/** The concert with stalls like this. */
export const concertIn = (drawing: Drawing, changes: Partial<EventOnSale> = {}): EventOnSale =>
  concert({ seatMap: mapOf(drawing), ...changes }, [drawing.join('').replaceAll('_', '').length, 4]);

export const hallOf = (drawing: Drawing, ticketTypeId = stalls): Hall =>
  new Hall(mapOf(drawing, ticketTypeId));

export function freeIn(drawing: Drawing): FreeSeats {
  const free = new FreeSeats(hallOf(drawing));
  Array.from(drawing.join('')).forEach((seat, place) => {
    if ('xAR'.includes(seat)) free.take(place);
  });
  return free;
}

/** The drawing with a `*` at each seat that the party gets, and a last row that says so where they are apart. */
export function seated(drawing: Drawing, size: number, wishes: Partial<Party> = {}): Drawing | 'refused' {
  const free = freeIn(drawing);
  const places = new BestSeats(free).find({ ticketTypeId: stalls, size, ...wishes });
  if (!places) return 'refused';
  let place = 0;
  const rows = drawing.map((row) =>
    Array.from(row, (seat) => (places.includes(place++) ? '*' : seat)).join(''),
  );
  return areSideBySide(places.map(free.hall.seatAt)) ? rows : [...rows, 'apart'];
}

function rowOf(row: string, number: number, ticketTypeId: string): SeatRow {
  const at = (seats: string) => Array.from(row).flatMap((seat, i) => (seats.includes(seat) ? [i + 1] : []));
  const [gaps, accessible, restrictedView] = [at('_'), at('aA'), at('rR')];
  return { name: String(number), ticketTypeId, first: 1, last: row.length, gaps, accessible, restrictedView };
}
