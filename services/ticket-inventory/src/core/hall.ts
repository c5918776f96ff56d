import type { SeatMap } from '@boxoffice/shared/contracts';

/** A row as the map lists it. Its places stand side by side: from `start` up to, and without, `end`. */
export interface HallRow {
  /** How many rows the map lists before it. */
  readonly number: number;
  readonly section: string;
  readonly name: string;
  readonly ticketTypeId: string;
  /** The number of the seat on its first place. */
  readonly first: number;
  readonly start: number;
  readonly end: number;
}

const gap = 1;
const accessible = 2;
const restrictedView = 4;

/**
 * The numbered seats of an event. Each has a place, which is a number: one after another as the map lists them, the best first.
 * A gap has one too, that nobody can take; so who sits beside a seat is at the place before or after it in its row.
 */
export class Hall {
  readonly rows: readonly HallRow[];
  readonly places: number;
  private readonly marks: Uint8Array;
  private readonly rowNumbers: Uint32Array;
  private readonly accessibleBefore: Uint32Array;
  private readonly restrictedBefore: Uint32Array;
  private readonly named: ReadonlyMap<string, readonly HallRow[]>;
  private readonly ofTypes: ReadonlyMap<string, readonly HallRow[]>;

  /** `faultsOfSeatMap` has found none in it. */
  constructor(map: SeatMap) {
    const rows: HallRow[] = [];
    let start = 0;
    for (const section of map.sections)
      for (const { name, ticketTypeId, first, last } of section.rows) {
        const end = start + last - first + 1;
        rows.push({ number: rows.length, section: section.name, name, ticketTypeId, first, start, end });
        start = end;
      }
    this.rows = rows;
    this.places = start;
    this.rowNumbers = new Uint32Array(start);
    for (const row of rows) this.rowNumbers.fill(row.number, row.start, row.end);
    this.marks = marksOf(map, start);
    this.accessibleBefore = countsBefore(this.marks, accessible);
    this.restrictedBefore = countsBefore(this.marks, restrictedView);
    this.named = Map.groupBy(rows, (row) => `${row.section}/${row.name}`);
    this.ofTypes = Map.groupBy(rows, (row) => row.ticketTypeId);
  }

  /** None for a ticket type that is sold without numbered seats. */
  rowsOf = (ticketTypeId: string): readonly HallRow[] => this.ofTypes.get(ticketTypeId) ?? [];

  isSeat = (place: number): boolean => ((this.marks[place] ?? gap) & gap) === 0;
  isAccessible = (place: number): boolean => ((this.marks[place] ?? 0) & accessible) !== 0;
  hasRestrictedView = (place: number): boolean => ((this.marks[place] ?? 0) & restrictedView) !== 0;

  /** How many of the places from `start` up to, and without, `end` are accessible; how many have a restricted view. */
  accessibleIn = (start: number, end: number): number => between(this.accessibleBefore, start, end);
  restrictedIn = (start: number, end: number): number => between(this.restrictedBefore, start, end);

  rowAt(place: number): HallRow {
    const row = this.rows[this.rowNumbers[place] ?? -1];
    if (!row) throw new Error(`a hall of ${this.places} places has no place ${place}`);
    return row;
  }

  seatAt = (place: number): string => {
    const { section, name, first, start } = this.rowAt(place);
    return `${section}/${name}/${first + place - start}`;
  };

  /** Undefined where no seat is called so. */
  placeOf(seat: string): number | undefined {
    const slash = seat.lastIndexOf('/');
    const text = seat.slice(slash + 1);
    const number = Number(text);
    if (String(number) !== text) return undefined; // `07` and `7` would be two names of one seat
    for (const { first, start, end } of this.named.get(seat.slice(0, slash)) ?? []) {
      const place = start + number - first;
      if (place >= start && place < end && this.isSeat(place)) return place;
    }
    return undefined;
  }
}

/** By their names: where a gap is between two seats, a number is missing. */
export function areSideBySide(seats: readonly string[]): boolean {
  const slash = (seat: string): number => seat.lastIndexOf('/');
  const rows = new Set(seats.map((seat) => seat.slice(0, slash(seat))));
  const numbers = seats.map((seat) => Number(seat.slice(slash(seat) + 1))).sort((a, b) => a - b);
  return rows.size === 1 && numbers.every((number, i) => number === (numbers[0] ?? 0) + i);
}

function marksOf(map: SeatMap, places: number): Uint8Array {
  const marks = new Uint8Array(places);
  let start = 0;
  for (const row of map.sections.flatMap((section) => section.rows)) {
    const mark = (numbers: readonly number[] = [], bit: number) => {
      for (const number of numbers) {
        const place = start + number - row.first;
        marks[place] = (marks[place] ?? 0) | bit;
      }
    };
    mark(row.gaps, gap);
    mark(row.accessible, accessible);
    mark(row.restrictedView, restrictedView);
    start += row.last - row.first + 1;
  }
  return marks;
}

/** At each place: how many before it are marked so. */
function countsBefore(marks: Uint8Array, bit: number): Uint32Array {
  const counts = new Uint32Array(marks.length + 1);
  let count = 0;
  marks.forEach((mark, place) => {
    if ((mark & bit) !== 0) count++;
    counts[place + 1] = count;
  });
  return counts;
}

const between = (before: Uint32Array, start: number, end: number): number =>
  (before[end] ?? 0) - (before[start] ?? 0);
