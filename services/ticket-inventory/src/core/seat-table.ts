import type { SeatMap } from '@boxoffice/shared/contracts';
import type { Line } from './hold';
import type { Journal } from './journal';
import { SeatPlan } from './seat-plan';

/** Which numbered seats are held or sold. */
export class SeatTable {
  private readonly taken = new TakenSeats();

  constructor(private readonly journal: Journal) {}

  isFree = (seat: string): boolean => !this.taken.has(seat);
  all = (): Iterable<string> => this.taken.keys();

  /** As the hall is now: what is taken and given back from here on shows in it. */
  planOf(map: SeatMap): SeatPlan {
    if (this.taken.plan?.map !== map) this.taken.plan = new SeatPlan(map, this.taken.keys());
    return this.taken.plan;
  }

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

/** The plan follows whatever changes these, also a draft that is taken back. */
class TakenSeats extends Map<string, true> {
  plan: SeatPlan | undefined;

  override set(seat: string, value: true): this {
    if (!this.has(seat)) this.plan?.take(seat);
    return super.set(seat, value);
  }

  override delete(seat: string): boolean {
    if (this.has(seat)) this.plan?.giveBack(seat);
    return super.delete(seat);
  }
}

const none: readonly string[] = [];

function seatsOf(lines: readonly Line[]): readonly string[] {
  // Asked of every hold of every event: most have no seats.
  if (lines.every((line) => line.seats === undefined)) return none;
  return lines.flatMap((line) => line.seats ?? none);
}
