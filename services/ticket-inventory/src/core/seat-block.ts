import type { FreeSeats } from './free-seats';
import type { HallRow } from './hall';

/** Places side by side: from `start` up to, and without, `end`. */
export interface Block {
  readonly start: number;
  readonly end: number;
}

export interface BlockWish {
  readonly size: number;
  /** Accessible seats are left alone, may be among the seats, or one of them must be. */
  readonly accessible: 'never' | 'maybe' | 'one';
}

/** The lower the cost the better; of blocks that are wished for alike it compares from row to row. */
export type RatedBlock = Block & { readonly cost: number };

/** What no block that is wished for so can cost less than. */
export const leastCost = ({ accessible }: BlockWish): number => (accessible === 'one' ? 3 : 0);

/**
 * The best block in a row. It has as few seats with a restricted view as can be; then as few accessible seats, which others may
 * need; then it leaves as few free seats without a free neighbour; then it is closest to the middle of the row, or left of it.
 */
export function bestBlockIn(free: FreeSeats, row: HallRow, wish: BlockWish): RatedBlock | undefined {
  const { hall } = free;
  const { size, accessible } = wish;
  if (free.countIn(row) < size) return undefined;
  let best: RatedBlock | undefined;
  let leastOff = Infinity;
  for (const run of runsIn(row, free.isFree)) {
    for (let start = run.start, end = start + size; end <= run.end; start++, end++) {
      const spent = hall.accessibleIn(start, end);
      if (accessible === 'never' ? spent > 0 : accessible === 'one' && spent === 0) continue;
      const alone = Number(start - run.start === 1) + Number(run.end - end === 1);
      const cost = (hall.restrictedIn(start, end) * (size + 1) + spent) * 3 + alone;
      const off = Math.abs(start + end - row.start - row.end);
      if (best && (cost > best.cost || (cost === best.cost && off >= leastOff))) continue;
      best = { start, end, cost };
      leastOff = off;
    }
  }
  return best;
}

/** In the first of the rows that have a best one. */
export function bestBlock(
  free: FreeSeats,
  rows: readonly HallRow[],
  wish: BlockWish,
): RatedBlock | undefined {
  let best: RatedBlock | undefined;
  for (const row of rows) {
    const block = bestBlockIn(free, row, wish);
    if (block && block.cost < (best?.cost ?? Infinity)) best = block;
  }
  return best;
}

/** The blocks of places that fit, each as long as it goes. */
export function runsIn(row: HallRow, fits: (place: number) => boolean): readonly Block[] {
  const runs: Block[] = [];
  let start = row.start;
  for (let place = row.start; place <= row.end; place++) {
    if (place < row.end && fits(place)) continue;
    if (place > start) runs.push({ start, end: place });
    start = place + 1;
  }
  return runs;
}

export const lengthOf = ({ start, end }: Block): number => end - start;

export const placesIn = ({ start, end }: Block): readonly number[] =>
  Array.from({ length: end - start }, (_, i) => start + i);
