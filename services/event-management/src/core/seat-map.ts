import type { Instant } from '@boxoffice/shared/kernel';
import type { Reason } from './refusals';

/** The seats of a hall as one organiser has drawn them, for every organiser to take. Never changed: events rely on it. */
export interface SeatMap {
  readonly seatMapId: string;
  readonly venueId: string;
  readonly addedBy: string;
  readonly name: string;
  readonly sections: readonly Section[];
  readonly addedAt: Instant;
  /** From then on it is there for those events alone that have taken it. */
  readonly removedAt: Instant | undefined;
}

export interface Section {
  readonly name: string;
  /** Best first. */
  readonly rows: readonly Row[];
}

/** Seats `first` to `last`, side by side in this order. */
export interface Row {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** Numbers that are no seats. */
  readonly gaps?: readonly number[];
  readonly accessible?: readonly number[];
  readonly restrictedView?: readonly number[];
}

export const seatMapLimits = { sections: 50, rowsOfSection: 200, seatsOfRow: 500, seats: 50_000 } as const;

export const seatsOfRow = ({ first, last, gaps = [] }: Row): number => last - first + 1 - gaps.length;

export const seatsOf = (sections: readonly { readonly rows: readonly Row[] }[]): number =>
  sections.flatMap(({ rows }) => rows).reduce((sum, row) => sum + seatsOfRow(row), 0);

/** What is wrong with a map, all of it. */
export function faultsOfSeatMap(sections: readonly Section[]): readonly Reason[] {
  const faults = [
    ...nameFaults(sections, 'sections', 'another section has this name'),
    ...sections.flatMap(({ rows }, i) => [
      ...nameFaults(rows, `sections[${i}].rows`, 'another row of this section has this name'),
      ...rows.flatMap((row, j) => rowFaults(row, `sections[${i}].rows[${j}]`)),
    ]),
  ];
  const { seats } = seatMapLimits;
  return faults.length > 0 || seatsOf(sections) <= seats
    ? faults
    : [{ field: 'sections', code: 'too-many-seats', message: `a map has ${seats} seats at most` }];
}

function nameFaults(named: readonly { readonly name: string }[], at: string, message: string): Reason[] {
  const seen = new Set<string>();
  return named.flatMap(({ name }, i) => {
    const before = seen.size;
    seen.add(name.toLowerCase());
    return seen.size > before ? [] : [{ field: `${at}[${i}].name`, code: 'name-taken', message }];
  });
}

function rowFaults(row: Row, at: string): readonly Reason[] {
  const { first, last, gaps = [] } = row;
  const most = seatMapLimits.seatsOfRow;
  if (last < first)
    return [{ field: `${at}.last`, code: 'last-before-first', message: 'last must not be less than first' }];
  if (last - first >= most)
    return [{ field: `${at}.last`, code: 'row-too-long', message: `a row has ${most} numbers at most` }];
  const within = (number: number) => number >= first && number <= last;
  const isSeat = (number: number) => within(number) && !gaps.includes(number);
  const faults = [
    ...listFaults(gaps, within, `${at}.gaps`, 'gaps must lie within the row, each given once'),
    ...(['accessible', 'restrictedView'] as const).flatMap((mark) =>
      listFaults(
        row[mark] ?? [],
        isSeat,
        `${at}.${mark}`,
        `${mark} must be seats of the row, each given once`,
      ),
    ),
  ];
  return faults.length > 0 || seatsOfRow(row) > 0
    ? faults
    : [{ field: `${at}.gaps`, code: 'row-empty', message: 'a row must have a seat' }];
}

const listFaults = (
  numbers: readonly number[],
  fits: (number: number) => boolean,
  field: string,
  message: string,
): readonly Reason[] =>
  numbers.every(fits) && new Set(numbers).size === numbers.length
    ? []
    : [{ field, code: 'no-such-seats', message }];
