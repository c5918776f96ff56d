import type { FreeSeats } from './free-seats';
import type { HallRow } from './hall';
import { lengthOf, runsIn, type Block } from './seat-block';

export interface Run extends Block {
  readonly row: HallRow;
}

/** The runs of free seats in some rows that fit, each as long as it goes; found out again where a seat of a row has changed. */
export class FreeRuns {
  private readonly runs: Run[][];
  private readonly states: Int32Array;
  private readonly lengths: Lengths;

  constructor(
    private readonly free: FreeSeats,
    private readonly rows: readonly HallRow[],
    private readonly fits: (place: number) => boolean,
  ) {
    this.runs = rows.map(() => []);
    this.states = new Int32Array(rows.length).fill(-1);
    this.lengths = new Lengths(rows.reduce((widest, row) => Math.max(widest, lengthOf(row)), 0));
  }

  all(): readonly (readonly Run[])[] {
    this.rows.forEach((row, i) => {
      const state = this.free.stateOf(row);
      if (this.states[i] === state) return;
      this.states[i] = state;
      for (const run of this.runs[i] ?? []) this.lengths.add(run, -1);
      const runs = runsIn(row, (place) => this.free.isFree(place) && this.fits(place));
      this.runs[i] = runs.map((run) => ({ ...run, row }));
      for (const run of this.runs[i]) this.lengths.add(run, 1);
    });
    return this.runs;
  }

  /** The fewest runs that seat a party; Infinity where all of them do not. */
  fewestFor(size: number): number {
    this.all();
    return this.lengths.piecesFor(size);
  }

  /**
   * Runs enough to seat the party in so many pieces, in rows near each other and `near`, the row of another piece: the first
   * that stand in no more rows than there are pieces, or else those with the fewest rows from the first to the last.
   */
  closest(size: number, pieces: number, near?: HallRow): readonly Run[] {
    const nearEnough = near ? pieces : pieces - 1;
    const shortestOfUse = size - (pieces - 1) * this.lengths.longest();
    const lengths = new Lengths(size);
    const seen: Run[] = [];
    let closest: readonly Run[] = [];
    let shortest = Infinity;
    let start = 0;
    for (const runs of this.all())
      for (const last of runs) {
        if (lengthOf(last) < shortestOfUse) continue;
        seen.push(last);
        lengths.add(last, 1);
        for (let first = seen[start]; first && lengths.piecesFor(size) <= pieces; first = seen[++start]) {
          const span = spanOf(first.row, last.row, near ?? last.row);
          if (span < shortest) [shortest, closest] = [span, seen.slice(start)];
          if (span <= nearEnough) return closest;
          lengths.add(first, -1);
        }
      }
    return closest;
  }
}

const spanOf = ({ number: a }: HallRow, { number: b }: HallRow, { number: c }: HallRow): number =>
  Math.max(a, b, c) - Math.min(a, b, c);

/** How many runs there are of each length, up to one that longer ones count as. */
class Lengths {
  private readonly counts: Uint32Array;

  constructor(private readonly most: number) {
    this.counts = new Uint32Array(most + 1);
  }

  add(run: Run, change: 1 | -1): void {
    const length = Math.min(lengthOf(run), this.most);
    this.counts[length] = (this.counts[length] ?? 0) + change;
  }

  longest = (): number => this.counts.findLastIndex((count) => count > 0);

  /** The longest first makes the fewest pieces. */
  piecesFor(size: number): number {
    let rest = size;
    let pieces = 0;
    for (let length = this.most; length > 0 && rest > 0; length--) {
      const used = Math.min(this.counts[length] ?? 0, Math.ceil(rest / length));
      pieces += used;
      rest -= used * length;
    }
    return rest > 0 ? Infinity : pieces;
  }
}
