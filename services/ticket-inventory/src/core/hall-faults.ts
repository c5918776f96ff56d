import type { SeatMap, SeatRow, TicketTypeOnSale } from '@boxoffice/shared/contracts';

/** More than any hall has: a slip of the pen must not fill the memory. */
export const mostPlacesInARow = 1000;
export const mostPlaces = 250_000;
export const longestName = 40;

type Stock = Pick<TicketTypeOnSale, 'ticketTypeId' | 'capacity'>;
interface NamedRow {
  readonly name: string;
  readonly row: SeatRow;
}

/** What of a seat map would sell wrongly, though it has the right shape. Seats are counted once the rows are sound. */
export function faultsOfSeatMap({ sections }: SeatMap, ticketTypes: readonly Stock[]): string[] {
  const rows: NamedRow[] = sections.flatMap((section) =>
    section.rows.map((row) => ({ name: `${section.name}/${row.name}`, row })),
  );
  const known = new Set(ticketTypes.map(({ ticketTypeId }) => ticketTypeId));
  const names = sections.flatMap((section) => [section.name, ...section.rows.map((row) => row.name)]);
  const faults = [
    ...names.filter((name) => !isName(name)).map((name) => `"${name}" can't be part of a seat's name`),
    ...rows.flatMap(({ name, row }) => faultsOfRow(row, known).map((fault) => `row ${name} ${fault}`)),
  ];
  if (faults.length > 0) return faults;
  const places = rows.reduce((sum, { row }) => sum + widthOf(row), 0);
  if (places > mostPlaces) return [`the map has more than ${mostPlaces} places`];
  return [...faultsOfSeats(rows), ...faultsOfCapacities(rows, ticketTypes)];
}

function faultsOfRow(row: SeatRow, known: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const { ticketTypeId, first, last, gaps = [], accessible = [], restrictedView = [] } = row;
  if (!known.has(ticketTypeId)) faults.push(`is of an unknown ticket type, ${ticketTypeId}`);
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || first < 0)
    faults.push(`goes from ${first} to ${last}, which are not whole numbers from 0`);
  else if (first > last) faults.push(`begins at ${first}, behind its last seat, ${last}`);
  else if (widthOf(row) > mostPlacesInARow) faults.push(`has more than ${mostPlacesInARow} places`);
  const isIn = (number: number) => Number.isSafeInteger(number) && number >= first && number <= last;
  const outside = [...gaps, ...accessible, ...restrictedView].filter((number) => !isIn(number));
  if (outside.length > 0) faults.push(`marks what is not in it: ${outside.join(', ')}`);
  const none = new Set(gaps);
  const noSeats = [...accessible, ...restrictedView].filter((number) => none.has(number));
  if (noSeats.length > 0) faults.push(`marks gaps as seats: ${noSeats.join(', ')}`);
  return faults;
}

/** A row may be listed in several parts, of several ticket types say, as long as each seat is listed once. */
function faultsOfSeats(rows: readonly NamedRow[]): string[] {
  return [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, parts]) => {
    const seen = new Set<number>();
    const twice = parts
      .flatMap(({ row }) => numbersIn(row))
      .filter((number) => seen.size === seen.add(number).size);
    return twice.length === 0 ? [] : [`row ${name} has seats twice: ${twice.join(', ')}`];
  });
}

/** A ticket type that no row names is sold without numbered seats. */
function faultsOfCapacities(rows: readonly NamedRow[], ticketTypes: readonly Stock[]): string[] {
  const seats = new Map<string, number>();
  for (const { row } of rows)
    seats.set(row.ticketTypeId, (seats.get(row.ticketTypeId) ?? 0) + numbersIn(row).length);
  return ticketTypes.flatMap(({ ticketTypeId, capacity }) => {
    const count = seats.get(ticketTypeId) ?? capacity;
    return count === capacity ? [] : [`capacity of ${ticketTypeId} is ${capacity}, its seats are ${count}`];
  });
}

const isName = (name: string): boolean =>
  name.trim() === name && name !== '' && Array.from(name).length <= longestName && !name.includes('/');

const widthOf = ({ first, last }: SeatRow): number => last - first + 1;

function numbersIn({ first, last, gaps }: SeatRow): number[] {
  const none = new Set(gaps);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((number) => !none.has(number));
}
