import { FreeRuns } from './free-runs';
import type { FreeSeats } from './free-seats';
import type { HallRow } from './hall';
import { bestBlock, lengthOf, placesIn, type Block } from './seat-block';

/**
 * Seats parties of one ticket type that no row has room for, in as few pieces as can be. A restricted view and accessible seats
 * are used only where that makes the pieces fewer; then the pieces are to be near each other; then near the front. All of them
 * but one are the longest runs of free seats, whole, which leaves no seat alone; the last is the best block for those who remain.
 */
export class SeatsInPieces {
  private readonly rows: readonly HallRow[];
  private readonly best: FreeRuns;
  private readonly ordinary: FreeRuns;
  private readonly any: FreeRuns;

  constructor(
    private readonly free: FreeSeats,
    ticketTypeId: string,
  ) {
    const { hall } = free;
    this.rows = hall.rowsOf(ticketTypeId);
    const isOrdinary = (place: number) => !hall.isAccessible(place);
    this.best = new FreeRuns(free, this.rows, (place) => isOrdinary(place) && !hall.hasRestrictedView(place));
    this.ordinary = new FreeRuns(free, this.rows, isOrdinary);
    this.any = new FreeRuns(free, this.rows, () => true);
  }

  /** So many ordinary seats are free. */
  find(size: number): readonly Block[] {
    return this.split(size, 'never', [this.best, this.ordinary]);
  }

  /**
   * So many seats of all kinds are free; undefined where none is accessible. As many as can be sit beside the accessible seat,
   * the others near them.
   */
  findAccessible(size: number): readonly Block[] | undefined {
    const { free, rows } = this;
    const runs = this.any.all().flat();
    const around = runs.filter(({ start, end }) => free.hall.accessibleIn(start, end) > 0);
    const longest = around.reduce((most, run) => Math.max(most, lengthOf(run)), 0);
    const first = bestBlock(free, rows, { size: longest, accessible: 'one' });
    if (!first) return undefined;
    const kinds = [this.best, this.ordinary, this.any];
    const near = free.hall.rowAt(first.start);
    return this.whileTaken([first], () => [first, ...this.split(size - longest, 'maybe', kinds, near)]);
  }

  private split(
    size: number,
    accessible: 'never' | 'maybe',
    kinds: readonly FreeRuns[],
    near?: HallRow,
  ): readonly Block[] {
    const choices = kinds.map((runs) => ({ runs, pieces: runs.fewestFor(size) }));
    const { runs, pieces } = choices.reduce((best, choice) => (choice.pieces < best.pieces ? choice : best));
    const stretch = runs.closest(size, pieces, near);
    const whole = stretch.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, pieces - 1);
    const rest = whole.reduce((left, run) => left - lengthOf(run), size);
    const rows = [...new Set(stretch.map(({ row }) => row))];
    const last = this.whileTaken(whole, () => bestBlock(this.free, rows, { size: rest, accessible }));
    if (!last) throw new Error(`${pieces} pieces were to seat a party of ${size}`);
    return [...whole, last];
  }

  private whileTaken<T>(blocks: readonly Block[], look: () => T): T {
    const places = blocks.flatMap(placesIn);
    places.forEach(this.free.take);
    const seen = look();
    places.forEach(this.free.giveBack);
    return seen;
  }
}
