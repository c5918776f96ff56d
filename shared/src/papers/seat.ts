import { fill } from './words/fill';

/**
 * `Parkett/A/12` → `Parkett, row A, seat 12`, or as `place` has it, with `{section}`, `{row}` and `{seat}`; what isn't a section,
 * a row and a number stays as it is.
 */
export function seatInWords(seat: string, place = '{section}, row {row}, seat {seat}'): string {
  const [section, row, number, ...more] = seat.split('/');
  if (row === undefined || number === undefined || more.length > 0) return seat;
  return fill(place, { section: section ?? '', row, seat: number });
}
