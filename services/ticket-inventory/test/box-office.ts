import { after, Refusal, type Instant } from '@boxoffice/shared/kernel';
import { decideGroup, type BookedGroup, type GroupRequest } from '../src/core/book-group';
import { doorLimits } from '../src/core/door';
import { Draft } from '../src/core/draft';
import { endDue } from '../src/core/end-due';
import type { EventOnSale } from '../src/core/event-on-sale';
import type { Hold, Line } from '../src/core/hold';
import { decideClaim } from '../src/core/claim-part';
import type { GroupAsSeen } from '../src/core/find-group';
import { decideGroupRelease } from '../src/core/release-group';
import { decideHold, type HoldRequest } from '../src/core/hold-tickets';
import { decideJoining, type WaitingRequest } from '../src/core/join-waiting-list';
import { decideLeaving } from '../src/core/leave-waiting-list';
import { availableAtCounter, makeOffers } from '../src/core/offers';
import { decideOpening } from '../src/core/open-sales';
import type { OrderOutcome } from '../src/core/ports';
import { decideRelease } from '../src/core/release-hold';
import { decideOrder } from '../src/core/settle-order';
import { Stock } from '../src/core/stock';
import type { Entry, EntryState } from '../src/core/waiting-entry';
import { invite } from './one-process';
import { capture, concert, eventId, noon, stalls } from './season';

const seal = ({ ticketId }: { ticketId: string }) => `signed ${ticketId}`;
const rules = { liveHoldsPerBuyer: 100 };

type Limits = Readonly<Record<'expiries' | 'lapsedOrders' | 'offers' | 'seats', number>>;

/** One event's stock without a store, as its buyers use it: each visit is a commit of its own, as the door makes it. */
export class BoxOffice {
  readonly stock = new Stock(eventId);
  readonly outcomes: OrderOutcome[] = [];
  now: Instant = noon;
  private numbers = 0;

  constructor(event: EventOnSale = concert()) {
    this.visit((draft) => decideOpening(draft, event));
  }

  visit<T>(decide: (draft: Draft) => T, limits: Limits = doorLimits): T {
    const { stock, now } = this;
    const draft = new Draft(stock, now);
    try {
      endDue(draft, limits);
      makeOffers(draft, limits);
      return decide(draft);
    } finally {
      if (draft.hasFreed) makeOffers(draft, limits);
      const sequence = stock.sequence + 1;
      stock.keep({ epoch: 1, sequence, commitId: 'c', at: now, moves: draft.moves, chain: '' });
      stock.event = draft.event;
      this.outcomes.push(...draft.orders);
    }
  }

  /** The code of the refusal, which is to have changed nothing. */
  refusal(decide: (draft: Draft) => unknown): string {
    return this.visit((draft) => {
      const moves = draft.moves.length;
      try {
        decide(draft);
      } catch (error) {
        if (!(error instanceof Refusal) || draft.moves.length > moves) throw error;
        return error.code;
      }
      return 'no refusal';
    });
  }

  pass(length: { readonly minutes?: number; readonly hours?: number }): void {
    this.now = after(this.now, length);
  }

  mark = () => ({ key: `key-${++this.numbers}`, fingerprint: 'body' });

  asks = (userId: string, quantity: number, more: Partial<HoldRequest> = {}): HoldRequest => ({
    ...{ eventId, userId, lines: [{ ticketTypeId: stalls, quantity }], mark: this.mark() },
    ...more,
  });
  hold = (userId: string, quantity: number, more: Partial<HoldRequest> = {}): Hold =>
    this.visit((draft) => decideHold(draft, this.asks(userId, quantity, more), rules));
  refusesToHold = (userId: string, quantity: number, more: Partial<HoldRequest> = {}): string =>
    this.refusal((draft) => decideHold(draft, this.asks(userId, quantity, more), rules));
  release = ({ holdId, userId }: Hold): Hold => this.visit((draft) => decideRelease(draft, holdId, userId));
  pay = ({ holdId, userId, lines }: Hold): OrderOutcome | undefined =>
    this.visit((draft) => decideOrder(draft, capture(++this.numbers, holdId, userId, lines), seal));
  /** What was sold is stock again. */
  giveBack = (userId: string, ...lines: Line[]): void =>
    this.visit((draft) =>
      draft.returnTickets(userId, lines, {
        ...{ kind: 'void', refundId: 'r', orderId: 'o', eventId, at: this.now },
        tickets: [],
      }),
    );
  /** What can be had there of a ticket type. */
  atCounter = (ticketTypeId = stalls): number =>
    this.visit((draft) => availableAtCounter(draft, ticketTypeId));

  groupOf = (userId: string, sizes: readonly number[], more: Partial<GroupRequest> = {}): GroupRequest => ({
    ...{ eventId, userId, mark: this.mark() },
    parts: sizes.map((quantity) => ({ lines: [{ ticketTypeId: stalls, quantity }] })),
    ...more,
  });
  book = (userId: string, sizes: readonly number[], more: Partial<GroupRequest> = {}): BookedGroup =>
    this.visit((draft) => decideGroup(draft, this.groupOf(userId, sizes, more), rules, invite));
  refusesToBook = (userId: string, sizes: readonly number[], more: Partial<GroupRequest> = {}): string =>
    this.refusal((draft) => decideGroup(draft, this.groupOf(userId, sizes, more), rules, invite));
  claim = ({ group, parts }: BookedGroup, part: number, userId: string): Hold => {
    const { groupId } = group;
    const invitation = parts[part - 1]?.invitation ?? '';
    return this.visit((draft) => decideClaim(draft, { groupId, part, invitation, userId }, rules));
  };
  releaseGroup = ({ group }: BookedGroup): GroupAsSeen =>
    this.visit((draft) => decideGroupRelease(draft, group.groupId, group.userId));
  /** What has become of each part. */
  parts = ({ group }: BookedGroup): readonly string[] =>
    this.stock.groups.group(group.groupId)?.holdIds.map((id) => this.stock.holds.hold(id)?.status ?? '') ??
    [];

  wishes = (userId: string, quantity: number, more: Partial<WaitingRequest> = {}): WaitingRequest => ({
    ...{ eventId, ticketTypeId: stalls, quantity, mark: this.mark() },
    holder: { userId, name: userId, email: `${userId}@example.org` },
    ...more,
  });
  join = (userId: string, quantity: number, more: Partial<WaitingRequest> = {}): Entry =>
    this.visit((draft) => decideJoining(draft, this.wishes(userId, quantity, more)));
  refusesToJoin = (userId: string, quantity: number, more: Partial<WaitingRequest> = {}): string =>
    this.refusal((draft) => decideJoining(draft, this.wishes(userId, quantity, more)));
  leave = ({ entryId, userId }: Entry): Entry => this.visit((draft) => decideLeaving(draft, entryId, userId));
  state = ({ entryId }: Entry): EntryState | undefined => this.stock.waiting.entry(entryId)?.standing.state;
  offerTo({ entryId }: Entry): Hold {
    const standing = this.stock.waiting.entry(entryId)?.standing;
    const hold = standing?.state === 'offered' ? this.stock.holds.hold(standing.holdId) : undefined;
    if (!hold) throw new Error(`${entryId} is offered nothing`);
    return hold;
  }
}

/** Stalls alone, and sold out: Sol holds them for two hours, in as many holds as are given. */
export function soldOut(...holds: number[]): { readonly office: BoxOffice; readonly held: readonly Hold[] } {
  const capacity = holds.reduce((sum, quantity) => sum + quantity, 0);
  const office = new BoxOffice(concert({ holdMinutes: 120 }, [capacity, 0]));
  return { office, held: holds.map((quantity) => office.hold('sol', quantity)) };
}
