import type { FreeSeats } from './free-seats';
import type { HallRow } from './hall';
import { bestBlockIn, leastCost, placesIn, type Block, type BlockWish } from './seat-block';
import { SeatsInPieces } from './seats-in-pieces';

/** Larger parties are rare: what their search finds out is not kept. */
const largestRemembered = 20;

export interface Party {
  readonly ticketTypeId: string;
  readonly size: number;
  /** Rather none than split. */
  readonly together?: boolean;
  /** One seat of them at least is accessible. Who doesn't ask gets none such. */
  readonly accessible?: boolean;
}

/**
 * Finds the best free seats, by this rule, in which what stands first counts first:
 * 1. side by side in one row, or else in as few pieces as can be;
 * 2. no restricted view;
 * 3. none of the accessible seats for who doesn't ask, and for who does as few as can be, but one;
 * 4. the pieces in no more neighbouring rows than there are pieces, or else as near each other as can be;
 * 5. no free seat left without a free neighbour;
 * 6. the row that the map lists first;
 * 7. the middle of the row, and left of it.
 * With the same seats free the answer is the same.
 */
export class BestSeats {
  private readonly costs = new Map<string, RowCosts>();
  private readonly inPieces = new Map<string, SeatsInPieces>();

  constructor(private readonly free: FreeSeats) {}

  /** Their places, ascending. */
  find({ ticketTypeId, size, together = false, accessible = false }: Party): readonly number[] | undefined {
    if (this.free.left(ticketTypeId, accessible) < size) return undefined;
    const block = this.bestBlock(ticketTypeId, { size, accessible: accessible ? 'one' : 'never' });
    if (block) return placesIn(block);
    if (together) return undefined;
    const inPieces = this.inPiecesOf(ticketTypeId);
    const pieces = accessible ? inPieces.findAccessible(size) : inPieces.find(size);
    return pieces?.flatMap(placesIn).sort((a, b) => a - b);
  }

  private bestBlock(ticketTypeId: string, wish: BlockWish): Block | undefined {
    const costs = this.costsOf(wish);
    let best: HallRow | undefined;
    let lowest = Infinity;
    for (const row of this.free.hall.rowsOf(ticketTypeId)) {
      const cost = costs.of(row);
      if (cost < lowest) [best, lowest] = [row, cost];
      if (cost === costs.least) break;
    }
    return best && bestBlockIn(this.free, best, wish);
  }

  private inPiecesOf(ticketTypeId: string): SeatsInPieces {
    const inPieces = this.inPieces.get(ticketTypeId) ?? new SeatsInPieces(this.free, ticketTypeId);
    this.inPieces.set(ticketTypeId, inPieces);
    return inPieces;
  }

  private costsOf(wish: BlockWish): RowCosts {
    const key = `${wish.size} ${wish.accessible}`;
    const costs = this.costs.get(key) ?? new RowCosts(this.free, wish);
    if (wish.size <= largestRemembered) this.costs.set(key, costs);
    return costs;
  }
}

/**
 * What the best block in each row costs, found out again where a seat in the row has changed. From one party to the next few
 * rows change, so a search is little more than a walk along a list of numbers.
 */
class RowCosts {
  readonly least: number;
  private readonly costs: Float32Array;
  private readonly states: Int32Array;

  constructor(
    private readonly free: FreeSeats,
    private readonly wish: BlockWish,
  ) {
    this.least = leastCost(wish);
    this.costs = new Float32Array(free.hall.rows.length);
    this.states = new Int32Array(free.hall.rows.length).fill(-1);
  }

  of(row: HallRow): number {
    const { free, wish, costs, states } = this;
    const { number } = row;
    const state = free.stateOf(row);
    if (states[number] !== state) {
      states[number] = state;
      costs[number] = bestBlockIn(free, row, wish)?.cost ?? Infinity;
    }
    return costs[number] ?? Infinity;
  }
}
