import {
  availableOf,
  opened,
  resized,
  takenOf,
  withConfirmed,
  withHeld,
  withReleased,
  withReturned,
  type Allotment,
} from './allotment';
import type { Line } from './hold';
import { Journal } from './journal';

/** A capacity that several allotments share: what they hold and have sold together is never more. */
export interface Pool {
  readonly poolId: string;
  readonly capacity: number;
  /** A smaller capacity that was asked for while more than that was taken; reached as holds end. */
  readonly wanted?: number;
}

/** A line that there is not enough of, with what is left. */
export interface Short {
  readonly ticketTypeId: string;
  readonly available: number;
}

/** What is kept of ticket types for who waits for them: as much as there is of it, up to so many. */
export type Kept = ReadonlyMap<string, number>;
export const nothingKept: Kept = new Map();

type Change = (allotment: Allotment, quantity: number) => Allotment;

/** An event's stock in numbers. What a pool has taken is never counted, but summed up: it can't differ from its allotments. */
export class Counts {
  private readonly allotments = new Map<string, Allotment>();
  private readonly pools = new Map<string, Pool>();

  constructor(private readonly journal: Journal) {}

  /** New ones come last, and none ever goes. */
  get list(): readonly Allotment[] {
    return [...this.allotments.values()];
  }
  get poolList(): readonly Pool[] {
    return [...this.pools.values()];
  }

  of = (ticketTypeId: string): Allotment | undefined => this.allotments.get(ticketTypeId);
  pool = (poolId: string): Pool | undefined => this.pools.get(poolId);

  /** As a root has them. */
  stand(allotments: readonly Allotment[], pools: readonly Pool[]): void {
    this.allotments.clear();
    this.pools.clear();
    for (const allotment of allotments) this.allotments.set(allotment.ticketTypeId, allotment);
    for (const pool of pools) this.pools.set(pool.poolId, pool);
  }

  agreeWith(allotments: readonly Allotment[], pools: readonly Pool[]): boolean {
    return (
      allotments.length === this.allotments.size &&
      pools.length === this.pools.size &&
      allotments.every((one) => isSame(one, this.allotments.get(one.ticketTypeId))) &&
      pools.every((one) => isSame(one, this.pools.get(one.poolId)))
    );
  }

  /** What can be held now; undefined where nothing of the kind was ever on sale. */
  availableOf(ticketTypeId: string, kept = nothingKept): number | undefined {
    const allotment = this.allotments.get(ticketTypeId);
    if (!allotment) return undefined;
    const own = availableOf(allotment) - keptOf(allotment, kept);
    const { poolId } = allotment;
    return poolId === undefined ? own : Math.max(0, Math.min(own, this.roomIn(poolId, kept)));
  }

  takenOfPool(poolId: string): number {
    let taken = 0;
    for (const allotment of this.allotments.values())
      if (allotment.poolId === poolId) taken += takenOf(allotment);
    return taken;
  }

  /** Below zero where more is kept than is there. */
  roomIn(poolId: string, kept = nothingKept): number {
    const pool = this.pools.get(poolId);
    if (!pool) return 0;
    let room = pool.capacity - this.takenOfPool(poolId);
    for (const ticketTypeId of kept.keys()) {
      const allotment = this.allotments.get(ticketTypeId);
      if (allotment?.poolId === poolId) room -= keptOf(allotment, kept);
    }
    return room;
  }

  /** The lines that could not be held together. */
  shortOf(lines: readonly Line[], kept = nothingKept): readonly Short[] {
    const asked = new Map<string, number>();
    for (const { ticketTypeId, quantity } of lines) {
      const poolId = this.allotments.get(ticketTypeId)?.poolId;
      if (poolId !== undefined) asked.set(poolId, (asked.get(poolId) ?? 0) + quantity);
    }
    return lines.flatMap(({ ticketTypeId, quantity }) => {
      const available = this.availableOf(ticketTypeId, kept) ?? 0;
      const poolId = this.allotments.get(ticketTypeId)?.poolId;
      const tight = poolId !== undefined && (asked.get(poolId) ?? 0) > this.roomIn(poolId, kept);
      return available < quantity || tight ? [{ ticketTypeId, available }] : [];
    });
  }

  resize(ticketTypeId: string, capacity: number, poolId?: string): Allotment {
    const before = this.allotments.get(ticketTypeId);
    const after = before ? resized(before, capacity, poolId) : opened(ticketTypeId, capacity, poolId);
    this.journal.set(this.allotments, ticketTypeId, after);
    this.settle(poolId);
    return after;
  }

  resizePool(poolId: string, capacity: number): Pool {
    const after = settled(poolId, capacity, this.takenOfPool(poolId));
    this.journal.set(this.pools, poolId, after);
    return after;
  }

  /** The caller has seen that all lines are available together. */
  hold = (lines: readonly Line[]): void => this.change(lines, withHeld);
  confirm = (lines: readonly Line[]): void => this.change(lines, withConfirmed);
  release = (lines: readonly Line[]): void => this.giveBack(lines, withReleased);
  takeBack = (lines: readonly Line[]): void => this.giveBack(lines, withReturned);

  private giveBack(lines: readonly Line[], change: Change): void {
    this.change(lines, change);
    for (const { ticketTypeId } of lines) this.settle(this.allotments.get(ticketTypeId)?.poolId);
  }

  private change(lines: readonly Line[], change: Change): void {
    for (const { ticketTypeId, quantity } of lines) {
      const allotment = this.allotments.get(ticketTypeId);
      if (!allotment) throw new Error(`no allotment of ${ticketTypeId}`);
      this.journal.set(this.allotments, ticketTypeId, change(allotment, quantity));
    }
  }

  private settle(poolId: string | undefined): void {
    const pool = poolId === undefined ? undefined : this.pools.get(poolId);
    if (!pool) return;
    const taken = this.takenOfPool(pool.poolId);
    // Whose pool is too small for them, as they join it: it shrinks back as they give back.
    if (pool.wanted === undefined && taken <= pool.capacity) return;
    this.journal.set(this.pools, pool.poolId, settled(pool.poolId, pool.wanted ?? pool.capacity, taken));
  }
}

const settled = (poolId: string, wanted: number, taken: number): Pool =>
  wanted >= taken ? { poolId, capacity: wanted } : { poolId, capacity: taken, wanted };

const keptOf = (allotment: Allotment, kept: Kept): number =>
  Math.min(availableOf(allotment), kept.get(allotment.ticketTypeId) ?? 0);

function isSame<Counted extends Allotment | Pool>(one: Counted, other: Counted | undefined): boolean {
  if (other === undefined) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof Counted>;
  return [...names].every((name) => one[name] === other[name]);
}

export function countsOf(root: {
  readonly allotments: readonly Allotment[];
  readonly pools?: readonly Pool[];
}): Counts {
  const counts = new Counts(new Journal());
  counts.stand(root.allotments, root.pools ?? []);
  return counts;
}
