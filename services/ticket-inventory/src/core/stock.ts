import { before, type Instant } from '@boxoffice/shared/kernel';
import type { Allotment } from './allotment';
import { DueHeap } from './due-heap';
import type { EventOnSale } from './event-on-sale';
import { isDue, rememberedHours, type Hold, type HoldTerms } from './hold';
import type { Move, Segment } from './move';
import type { Root, SnapshotRef } from './ports';

type Ending = { readonly at: Instant } & ({ readonly holdId: string } | { readonly orderId: string });

const rememberedCommits = 100;

/**
 * One event's stock as this process knows it: the counts as the root has them, and the holds as the fold of a snapshot and
 * the segments after it.
 */
export class Stock {
  event: EventOnSale | undefined;
  fence: string | undefined;
  epoch = 1;
  sequence = 0;
  allotments: readonly Allotment[] = [];
  snapshot: SnapshotRef | undefined;
  /** How much reading a new process would have after the snapshot, in moves; a segment weighs as ten. */
  unsnapped = 0;

  private readonly holds = new Map<string, Hold>();
  private readonly requests = new Map<string, string>();
  private readonly orders = new Set<string>();
  private readonly live = new Map<string, number>();
  private readonly due = new DueHeap();
  private readonly overdue = new Map<string, HoldTerms>();
  private readonly endings: Ending[] = [];
  private readonly commits = new Map<number, string>();
  private forgotten = 0;

  constructor(readonly eventId: string) {}

  hold = (holdId: string): Hold | undefined => this.holds.get(holdId);
  askedUnder = (key: string): string | undefined => this.requests.get(key);
  isSettled = (orderId: string): boolean => this.orders.has(orderId);
  liveHoldsOf = (userId: string): number => this.live.get(userId) ?? 0;
  /** The name of a recent commit; undefined for one long ago, or not yet. */
  commitAt = (sequence: number): string | undefined => this.commits.get(sequence);
  remembered = (): Iterable<Hold> => this.holds.values();
  get size(): number {
    return this.holds.size;
  }

  /** Counts and fence as a root has them, once the segments up to it are folded in. */
  standAt(root: Root): void {
    this.fence = root.fence;
    this.epoch = root.epoch;
    this.allotments = root.allotments;
    this.snapshot = root.snapshot;
  }

  fold(segment: Segment): void {
    for (const move of segment.moves) this.apply(move, segment.at);
    this.sequence = segment.sequence;
    this.commits.set(segment.sequence, segment.commitId);
    this.commits.delete(segment.sequence - rememberedCommits);
    this.unsnapped += segment.moves.length + 10;
    this.forget(segment.at);
  }

  /** The holds as a snapshot remembers them; what ended first is forgotten first. */
  recall(holds: readonly Hold[]): void {
    for (const hold of holds) this.add(hold);
    const ended = holds.filter((hold) => hold.status !== 'held');
    for (const hold of ended.sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1))) this.end(hold, hold);
  }

  /** Held at their expiry, not ended yet. */
  overdueAt(now: Instant): Iterable<HoldTerms> {
    for (let first = this.liveFirst(); first && isDue(first, now); first = this.liveFirst()) {
      this.due.pop();
      this.overdue.set(first.holdId, first);
    }
    return this.overdue.values();
  }

  nextDue(): Instant | undefined {
    const [overdue] = this.overdue.values();
    return overdue?.expiresAt ?? this.liveFirst()?.expiresAt;
  }

  private apply(move: Move, at: Instant): void {
    switch (move.kind) {
      case 'held':
        this.add({ ...move.terms, status: 'held' });
        break;
      case 'released':
      case 'expired':
        this.endKnown(move.holdId, (hold) => ({ ...hold, status: move.kind, endedAt: at }));
        break;
      case 'confirmed':
        this.settle(move.orderId, at);
        this.endKnown(move.holdId, (hold) => ({
          ...hold,
          status: 'confirmed',
          endedAt: at,
          orderId: move.orderId,
        }));
        break;
      case 'sold':
      case 'refused':
        this.settle(move.orderId, at);
        break;
      case 'resized':
        break; // counts come with the root
    }
  }

  private add(hold: Hold): void {
    this.holds.set(hold.holdId, hold);
    this.requests.set(hold.request.key, hold.holdId);
    this.live.set(hold.userId, this.liveHoldsOf(hold.userId) + 1);
    this.due.push(hold);
  }

  private endKnown(holdId: string, ended: (hold: Hold) => Hold & { readonly endedAt: Instant }): void {
    const hold = this.holds.get(holdId);
    if (hold?.status === 'held') this.end(hold, ended(hold));
  }

  private end(hold: HoldTerms, ended: Hold & { readonly endedAt: Instant }): void {
    this.holds.set(hold.holdId, ended);
    this.overdue.delete(hold.holdId);
    const others = this.liveHoldsOf(hold.userId) - 1;
    if (others > 0) this.live.set(hold.userId, others);
    else this.live.delete(hold.userId);
    this.endings.push({ at: ended.endedAt, holdId: hold.holdId });
  }

  private settle(orderId: string, at: Instant): void {
    if (this.orders.has(orderId)) return;
    this.orders.add(orderId);
    this.endings.push({ at, orderId });
  }

  private liveFirst(): HoldTerms | undefined {
    for (let first = this.due.first; first; first = this.due.first) {
      if (this.holds.get(first.holdId)?.status === 'held') return first;
      this.due.pop();
    }
    return undefined;
  }

  private forget(now: Instant): void {
    const until = before(now, { hours: rememberedHours });
    for (
      let ending = this.endings[this.forgotten];
      ending && ending.at <= until;
      ending = this.endings[this.forgotten]
    ) {
      this.forgotten++;
      if ('orderId' in ending) this.orders.delete(ending.orderId);
      else this.forgetHold(ending.holdId);
    }
    if (this.forgotten > 1000 && this.forgotten > this.endings.length / 2) {
      this.endings.splice(0, this.forgotten);
      this.forgotten = 0;
    }
  }

  private forgetHold(holdId: string): void {
    const hold = this.holds.get(holdId);
    if (!hold) return;
    this.holds.delete(holdId);
    if (this.requests.get(hold.request.key) === holdId) this.requests.delete(hold.request.key);
  }
}
