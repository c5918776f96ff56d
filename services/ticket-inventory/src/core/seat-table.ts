import type { Line } from './hold';
import type { Journal } from './journal';

/** Which numbered seats are held or sold. */
export class SeatTable {
  private readonly taken = new Map<string, true>();

  constructor(private readonly journal: Journal) {}

  isFree = (seat: string): boolean => !this.taken.has(seat);
  all = (): Iterable<string> => this.taken.keys();

  take(lines: readonly Line[]): void {
    for (const seat of seatsOf(lines)) {
      if (this.taken.has(seat)) throw new Error(`seat ${seat} would be taken twice`);
      this.journal.set(this.taken, seat, true);
    }
  }

  recall = (seat: string): void => void this.taken.set(seat, true);

  giveBack(lines: readonly Line[]): void {
    for (const seat of seatsOf(lines)) {
      if (!this.taken.has(seat)) throw new Error(`seat ${seat} is given back and was not taken`);
      this.journal.set(this.taken, seat, undefined);
    }
  }
}

const none: readonly string[] = [];

function seatsOf(lines: readonly Line[]): readonly string[] {
  // Asked of every hold of every event: most have no seats.
  if (lines.every((line) => line.seats === undefined)) return none;
  return lines.flatMap((line) => line.seats ?? none);
}
