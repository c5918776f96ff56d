/** `Parkett/A/12` → `Parkett, row A, seat 12`; what isn't a section, a row and a number stays as it is. */
export function seatInWords(seat: string): string {
  const [section, row, number, ...more] = seat.split('/');
  if (row === undefined || number === undefined || more.length > 0) return seat;
  return `${section ?? ''}, row ${row}, seat ${number}`;
}
