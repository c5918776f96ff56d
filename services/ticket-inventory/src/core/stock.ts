import type { Instant } from '@boxoffice/shared/kernel';
import { AdmissionBook } from './admission-book';
import { defaultRules, type AdmissionRules } from './admission-rules';
import { BuyerBook } from './buyer-book';
import { Counts } from './counts';
import type { EventOnSale } from './event-on-sale';
import type { GroupEnd } from './group';
import { GroupBook } from './group-book';
import type { HoldTerms } from './hold';
import { HoldBook } from './hold-book';
import { Journal } from './journal';
import type { Memory } from './memory';
import type { Move, Segment } from './move';
import type { Root, SnapshotRef } from './ports';
import { SeatTable } from './seat-table';
import { recallInto, rememberedIn } from './stock-memory';
import { TicketBook } from './ticket-book';
import type { EntryEnd } from './waiting-entry';
import { WaitingList } from './waiting-list';

const rememberedCommits = 100;
const keptSegments = 16;

/**
 * One event's stock as this process knows it: what a snapshot remembered, and every move since. A draft adds moves to it that
 * are kept once they are durable, and taken back otherwise.
 */
export class Stock {
  event: EventOnSale | undefined;
  rules: AdmissionRules = defaultRules;
  fence: string | undefined;
  epoch = 1;
  sequence = 0;
  chain: string;
  snapshot: SnapshotRef | undefined;
  /** How much reading a new process would have after the snapshot, in moves; a segment weighs as ten. */
  unsnapped = 0;

  private readonly journal = new Journal();
  readonly counts = new Counts(this.journal);
  readonly holds = new HoldBook(this.journal);
  readonly buyers = new BuyerBook(this.journal);
  readonly seats = new SeatTable(this.journal);
  readonly tickets = new TicketBook(this.journal);
  readonly admissions = new AdmissionBook(this.journal);
  readonly waiting = new WaitingList(this.journal);
  readonly groups = new GroupBook(this.journal);
  private readonly commits = new Map<number, string>();
  private readonly segments = new Map<number, Segment>();

  constructor(readonly eventId: string) {
    this.chain = eventId;
  }

  /** What a copy of it is made of, nearly: what it costs to make one. */
  get size(): number {
    return this.holds.size + this.admissions.size + this.waiting.size;
  }
  /** The name of a recent commit; undefined for one long ago, or not yet. */
  commitAt = (sequence: number): string | undefined => this.commits.get(sequence);
  /** One of the last few. */
  segmentAt = (epoch: number, sequence: number): Segment | undefined =>
    epoch === this.epoch ? this.segments.get(sequence) : undefined;

  /** The one way in which anything here changes. */
  apply(move: Move, at: Instant): void {
    switch (move.kind) {
      case 'resized':
        this.counts.resize(move.ticketTypeId, move.capacity, move.poolId);
        break;
      case 'pool-resized':
        this.counts.resizePool(move.poolId, move.capacity);
        break;
      case 'held': {
        const { holdId, userId, lines, entryId, part } = move.terms;
        this.counts.hold(lines);
        this.seats.take(lines);
        this.buyers.take(userId, lines);
        this.holds.add({ ...move.terms, status: 'held' });
        if (entryId !== undefined) this.waiting.offer(entryId, holdId);
        if (part) this.groups.addPart(part.groupId, holdId);
        break;
      }
      case 'extended':
        this.holds.extend(move.holdId, move.expiresAt, move.key);
        break;
      case 'released':
      case 'expired': {
        const status = move.kind;
        const held = this.holds.end(move.holdId, (hold) => ({ ...hold, status, endedAt: at }));
        this.counts.release(held.lines);
        this.seats.giveBack(held.lines);
        this.buyers.giveBack(held.userId, held.lines);
        this.endWith(held, status, at);
        break;
      }
      case 'confirmed': {
        const { holdId, orderId } = move;
        const ended = { status: 'confirmed', endedAt: at, orderId } as const;
        const held = this.holds.end(holdId, (hold) => ({ ...hold, ...ended }));
        this.counts.confirm(held.lines);
        this.buyers.buy(held.userId, held.lines);
        this.holds.settle(orderId, at);
        this.endWith(held, 'confirmed', at);
        break;
      }
      case 'sold':
        this.counts.hold(move.lines);
        this.counts.confirm(move.lines);
        this.seats.take(move.lines);
        this.buyers.take(move.userId, move.lines);
        this.buyers.buy(move.userId, move.lines);
        this.holds.settle(move.orderId, at);
        break;
      case 'refused':
        this.holds.settle(move.orderId, at);
        break;
      case 'transferred':
        this.tickets.transfer(move.ticketId, move.issue, move.request, this.sequence + 1);
        break;
      case 'returned':
        this.tickets.void(move.ticketIds, this.sequence + 1);
        this.counts.takeBack(move.lines);
        this.seats.giveBack(move.lines);
        this.buyers.takeBack(move.userId, move.lines);
        break;
      case 'blocked':
      case 'unblocked':
        this.tickets.block(move.ticketId, move.kind === 'blocked', this.sequence + 1);
        break;
      case 'scanned':
        this.admissions.add(move.scan, this.sequence + 1);
        break;
      case 'joined':
        this.waiting.join(move.entry, at);
        break;
      case 'withdrawn':
        this.waiting.end(move.entryId, 'withdrawn', at);
        break;
      case 'grouped':
        this.groups.open(move.group);
        break;
      case 'claimed': {
        const { userId: before, lines } = this.holds.claim(move.holdId, move.userId);
        this.buyers.giveBack(before, lines);
        this.buyers.take(move.userId, lines);
        break;
      }
      case 'paid':
        this.holds.pay(move.holdId, move.payment);
        break;
    }
  }

  /** What a hold was for ends as the hold does. */
  private endWith({ entryId, part }: HoldTerms, how: keyof typeof ends, at: Instant): void {
    if (entryId !== undefined) this.waiting.end(entryId, ends[how].entry, at);
    if (part) this.groups.end(part.groupId, ends[how].group, at);
  }

  /** What is applied from here on is a draft. */
  begin(): void {
    this.journal.begin();
    this.holds.begin();
    this.admissions.begin();
    this.waiting.begin();
    this.groups.begin();
  }

  takeBack(): void {
    this.journal.takeBack();
    this.holds.takeBack();
    this.admissions.takeBack();
    this.waiting.takeBack();
    this.groups.takeBack();
  }

  /** The draft is durable: it is this segment. */
  keep(segment: Segment): void {
    this.journal.keep();
    this.remember(segment);
  }

  /** What another has committed. */
  fold(segment: Segment): void {
    for (const move of segment.moves) this.apply(move, segment.at);
    this.remember(segment);
  }

  /** Once the segments up to a root are folded in. Whoever wrote the root has counted the same, or somebody counts wrongly. */
  standAt(root: Root): void {
    if (!this.counts.agreeWith(root.allotments, root.pools ?? []))
      throw new Error(`the history of ${this.eventId} adds up to other counts than its root has`);
    this.fence = root.fence;
    this.epoch = root.epoch;
    this.chain = root.chain;
    this.snapshot = root.snapshot;
  }

  remembered(): Iterable<Memory> {
    if (this.journal.isOpen) throw new Error('a draft is no memory');
    return rememberedIn(this);
  }

  recall = (memories: readonly Memory[]): void => recallInto(this, memories);

  private remember(segment: Segment): void {
    const { sequence } = segment;
    this.sequence = sequence;
    this.chain = segment.chain;
    this.commits.set(sequence, segment.commitId);
    this.commits.delete(sequence - rememberedCommits);
    this.segments.set(sequence, segment);
    this.segments.delete(sequence - keptSegments);
    this.unsnapped += segment.moves.length + 10;
    this.holds.forget(segment.at);
    this.waiting.forget(segment.at);
    this.groups.forget(segment.at);
  }
}

/** What becomes of who was offered it, and of the group whose part it was. */
const ends: Readonly<
  Record<'confirmed' | 'released' | 'expired', { readonly entry: EntryEnd; readonly group: GroupEnd }>
> = {
  confirmed: { entry: 'taken', group: 'complete' },
  released: { entry: 'withdrawn', group: 'released' },
  expired: { entry: 'lapsed', group: 'expired' },
};
