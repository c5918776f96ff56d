import type { Instant } from '@boxoffice/shared/kernel';
import { DueHeap } from './due-heap';
import { Endings } from './endings';
import { isDue, type Hold, type HoldTerms, type PartPayment } from './hold';
import type { Journal } from './journal';

type Ended = Hold & { readonly endedAt: Instant };

/** The holds of an event: those that are held, and those that have ended, for a day. */
export class HoldBook {
  private readonly holds = new Map<string, Hold>();
  private readonly requests = new Map<string, string>();
  private readonly orders = new Map<string, true>();
  private readonly live = new Map<string, number>();
  private readonly due = new DueHeap();
  private readonly endings = new Endings<{ readonly holdId: string } | { readonly orderId: string }>();
  /** What the open draft has done that no map shows. */
  private readonly popped: HoldTerms[] = [];

  constructor(private readonly journal: Journal) {}

  hold = (holdId: string): Hold | undefined => this.holds.get(holdId);
  isSettled = (orderId: string): boolean => this.orders.has(orderId);
  liveHoldsOf = (userId: string): number => this.live.get(userId) ?? 0;
  all = (): Iterable<Hold> => this.holds.values();
  get size(): number {
    return this.holds.size;
  }

  /** The hold that was made under this key, as it is now. */
  madeUnder(key: string): Hold | undefined {
    const holdId = this.requests.get(key);
    return holdId === undefined ? undefined : this.holds.get(holdId);
  }

  add(hold: Hold): void {
    this.journal.set(this.holds, hold.holdId, hold);
    this.journal.set(this.requests, hold.request.key, hold.holdId);
    this.countLive(hold.userId, 1);
    this.due.push(hold);
  }

  extend(holdId: string, expiresAt: Instant, key: string): void {
    const { extension, ...hold } = this.held(holdId);
    const { count, insteadOf } = extension ?? { count: 0, insteadOf: hold.expiresAt };
    const extended: Hold = { ...hold, expiresAt, extension: { count: count + 1, key, insteadOf } };
    this.journal.set(this.holds, holdId, extended);
    this.due.push(extended);
  }

  /** Whose it is from now on. */
  claim(holdId: string, userId: string): Hold {
    const hold = this.held(holdId);
    this.countLive(hold.userId, -1);
    this.countLive(userId, 1);
    this.journal.set(this.holds, holdId, { ...hold, userId });
    return hold;
  }

  pay(holdId: string, paid: PartPayment): void {
    this.journal.set(this.holds, holdId, { ...this.held(holdId), paid });
  }

  /** Answers what was held. */
  end(holdId: string, ended: (hold: HoldTerms) => Ended): Hold {
    const held = this.held(holdId);
    const hold = ended(held);
    this.journal.set(this.holds, holdId, hold);
    this.countLive(hold.userId, -1);
    this.endings.push(hold.endedAt, { holdId });
    return held;
  }

  /** An order has its outcome; its record is elsewhere. */
  settle(orderId: string, at: Instant): void {
    if (this.orders.has(orderId)) return;
    this.journal.set(this.orders, orderId, true);
    this.endings.push(at, { orderId });
  }

  /** The first hold that is past its expiry and has not ended yet. */
  firstDue(now: Instant): HoldTerms | undefined {
    const first = this.first();
    return first && isDue(first, now) ? first : undefined;
  }

  nextDue = (): Instant | undefined => this.first()?.expiresAt;

  begin(): void {
    this.popped.length = 0;
    this.endings.begin();
  }

  takeBack(): void {
    for (const hold of this.popped) this.due.push(hold);
    this.endings.takeBack();
  }

  /** What ended long enough ago. */
  forget(now: Instant): void {
    for (const ended of this.endings.forget(now)) {
      if ('orderId' in ended) this.orders.delete(ended.orderId);
      else this.forgetHold(ended.holdId);
    }
  }

  /** As a snapshot remembers them; what ended first is forgotten first. */
  recall(holds: readonly Hold[]): void {
    for (const hold of holds) {
      this.holds.set(hold.holdId, hold);
      this.requests.set(hold.request.key, hold.holdId);
      if (hold.status !== 'held') continue;
      this.countLive(hold.userId, 1);
      this.due.push(hold);
    }
    const ended = holds.filter((hold) => hold.status !== 'held');
    for (const { endedAt, holdId } of ended.sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1)))
      this.endings.push(endedAt, { holdId });
  }

  private held(holdId: string): Hold & { readonly status: 'held' } {
    const hold = this.holds.get(holdId);
    if (hold?.status !== 'held') throw new Error(`${holdId} is not held`);
    return hold;
  }

  private countLive(userId: string, change: 1 | -1): void {
    const count = this.liveHoldsOf(userId) + change;
    this.journal.set(this.live, userId, count > 0 ? count : undefined);
  }

  private first(): HoldTerms | undefined {
    for (let first = this.due.first; first; first = this.due.first) {
      const hold = this.holds.get(first.holdId);
      if (hold?.status === 'held' && hold.expiresAt === first.expiresAt) return first;
      this.due.pop();
      if (this.journal.isOpen) this.popped.push(first);
    }
    return undefined;
  }

  private forgetHold(holdId: string): void {
    const hold = this.holds.get(holdId);
    if (!hold) return;
    this.holds.delete(holdId);
    if (this.requests.get(hold.request.key) === holdId) this.requests.delete(hold.request.key);
  }
}
