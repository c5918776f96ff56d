import type { Instant } from '@boxoffice/shared/kernel';
import {
  availableOf,
  opened,
  resized,
  withConfirmed,
  withHeld,
  withReturned,
  type Allotment,
} from './allotment';
import type { EventOnSale } from './event-on-sale';
import type { Hold, HoldTerms, Line, RequestMark } from './hold';
import type { Move } from './move';
import { holdIdAt, suffixOf } from './places';
import type { OrderOutcome, SnapshotRef } from './ports';
import type { Stock } from './stock';

/**
 * What the next commit would change, as decisions add to it one after another; each sees those before it. Nothing of it is
 * true before it is written, and the stock below it stays as it was.
 */
export class Draft {
  readonly moves: Move[] = [];
  readonly orders: OrderOutcome[] = [];
  newEvent: EventOnSale | undefined;
  newSnapshot: SnapshotRef | undefined;
  /** Whether more has fallen due than this commit ends. */
  hasMoreDue = false;

  private readonly stockOf: Map<string, Allotment>;
  private readonly changed = new Map<string, Hold>();
  private readonly requests = new Map<string, string>();
  private readonly live = new Map<string, number>();
  private firstExpiry: Instant | undefined;

  constructor(
    private readonly stock: Stock,
    readonly now: Instant,
  ) {
    this.stockOf = new Map(stock.allotments.map((allotment) => [allotment.ticketTypeId, allotment]));
  }

  get event(): EventOnSale | undefined {
    return this.newEvent ?? this.stock.event;
  }
  get allotments(): readonly Allotment[] {
    return [...this.stockOf.values()];
  }
  get isEmpty(): boolean {
    return this.moves.length === 0 && !this.newEvent && !this.newSnapshot;
  }

  hold = (holdId: string): Hold | undefined => this.changed.get(holdId) ?? this.stock.hold(holdId);
  isSettled = (orderId: string): boolean =>
    this.stock.isSettled(orderId) || this.orders.some((order) => order.orderId === orderId);
  availableOf = (ticketTypeId: string): number | undefined => {
    const allotment = this.stockOf.get(ticketTypeId);
    return allotment && availableOf(allotment);
  };
  liveHoldsOf = (userId: string): number => this.stock.liveHoldsOf(userId) + (this.live.get(userId) ?? 0);

  /** The hold that was made under this key, as it is now. */
  madeUnder(key: string): Hold | undefined {
    const holdId = this.requests.get(key) ?? this.stock.askedUnder(key);
    return holdId === undefined ? undefined : this.hold(holdId);
  }

  /** A text that no other move of this event's history has: of the move to come. */
  nextSuffix(): string {
    return suffixOf(this.nextPlace());
  }

  /** The caller has seen that all lines are available. */
  setAside(userId: string, lines: readonly Line[], expiresAt: Instant, request: RequestMark): Hold {
    const terms: HoldTerms = {
      holdId: holdIdAt(this.stock.eventId, this.nextPlace()),
      userId,
      lines,
      expiresAt,
      request,
    };
    const hold: Hold = { ...terms, status: 'held' };
    this.count(lines, withHeld);
    this.changed.set(terms.holdId, hold);
    this.requests.set(request.key, terms.holdId);
    this.live.set(userId, (this.live.get(userId) ?? 0) + 1);
    if (this.firstExpiry === undefined || expiresAt < this.firstExpiry) this.firstExpiry = expiresAt;
    this.moves.push({ kind: 'held', terms });
    return hold;
  }

  endUnsold(hold: HoldTerms, how: 'released' | 'expired'): Hold {
    this.count(hold.lines, withReturned);
    this.moves.push({ kind: how, holdId: hold.holdId });
    return this.ended(hold, { ...hold, status: how, endedAt: this.now });
  }

  confirm(hold: HoldTerms, orderId: string): void {
    this.count(hold.lines, withConfirmed);
    this.moves.push({ kind: 'confirmed', holdId: hold.holdId, orderId });
    this.ended(hold, { ...hold, status: 'confirmed', endedAt: this.now, orderId });
  }

  /** Without a hold; the caller has seen that all lines are available. */
  sell(orderId: string, userId: string, lines: readonly Line[]): void {
    this.count(lines, withHeld);
    this.count(lines, withConfirmed);
    this.moves.push({ kind: 'sold', orderId, userId, lines });
  }

  refuse(orderId: string): void {
    this.moves.push({ kind: 'refused', orderId });
  }

  resize(ticketTypeId: string, capacity: number): Allotment {
    const before = this.stockOf.get(ticketTypeId);
    const after = before ? resized(before, capacity) : opened(ticketTypeId, capacity);
    this.stockOf.set(ticketTypeId, after);
    this.moves.push({ kind: 'resized', ticketTypeId, capacity });
    return after;
  }

  /** False where a newer snapshot is in use already. */
  adopt(snapshot: SnapshotRef, epoch: number): boolean {
    if (epoch !== this.stock.epoch || snapshot.sequence <= (this.stock.snapshot?.sequence ?? 0)) return false;
    this.newSnapshot = snapshot;
    return true;
  }

  /** What has fallen due is available again before anyone is told that it isn't. */
  expireDue(most: number): void {
    let ended = 0;
    for (const terms of this.stock.overdueAt(this.now)) {
      this.hasMoreDue = ended++ === most;
      if (this.hasMoreDue) return;
      this.endUnsold(terms, 'expired');
    }
  }

  nextDue(): Instant | undefined {
    const known = this.stock.nextDue();
    return known === undefined || (this.firstExpiry !== undefined && this.firstExpiry < known)
      ? this.firstExpiry
      : known;
  }

  private nextPlace() {
    return { epoch: this.stock.epoch, sequence: this.stock.sequence + 1, index: this.moves.length };
  }

  private ended(terms: HoldTerms, hold: Hold): Hold {
    this.changed.set(terms.holdId, hold);
    this.live.set(terms.userId, (this.live.get(terms.userId) ?? 0) - 1);
    return hold;
  }

  private count(lines: readonly Line[], change: (allotment: Allotment, quantity: number) => Allotment): void {
    for (const { ticketTypeId, quantity } of lines) {
      const allotment = this.stockOf.get(ticketTypeId);
      if (!allotment) throw new Error(`no allotment of ${ticketTypeId} in ${this.stock.eventId}`);
      this.stockOf.set(ticketTypeId, change(allotment, quantity));
    }
  }
}
