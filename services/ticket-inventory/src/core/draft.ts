import type { Instant } from '@boxoffice/shared/kernel';
import type { AdmissionBook } from './admission-book';
import type { AdmissionRules } from './admission-rules';
import type { Allotment } from './allotment';
import type { EventOnSale } from './event-on-sale';
import type { Group } from './group';
import {
  seatsNamedBy,
  type Hold,
  type HoldTerms,
  type Line,
  type PartPayment,
  type RequestMark,
} from './hold';
import { linesOf, type Move } from './move';
import type { Note, TransferNote, VoidNote, WaitNote } from './note';
import { holdIdAt, suffixOf } from './places';
import type { OrderOutcome, SnapshotRef } from './ports';
import type { Scan } from './scan';
import type { SeatPlan } from './seat-plan';
import type { Stock } from './stock';
import type { Entry, EntryTerms } from './waiting-entry';

/** After which more may be free for who waits than before, be it that somebody older no longer waits for it. */
const freeing: ReadonlySet<Move['kind']> = new Set([
  'released',
  'expired',
  'returned',
  'withdrawn',
  'resized',
  'pool-resized',
]);

/**
 * What the next commit would change, as decisions add to it one after another; each sees those before it. Nothing of it is
 * true before it is written: whoever made the draft then keeps it, or takes it back.
 */
export class Draft {
  readonly moves: Move[] = [];
  readonly orders: OrderOutcome[] = [];
  readonly notes: Note[] = [];
  newEvent: EventOnSale | undefined;
  newRules: AdmissionRules | undefined;
  newSnapshot: SnapshotRef | undefined;
  /** Whether more has fallen due than this commit ends. */
  hasMoreDue = false;
  /** Seats that its moves name, and tickets in its orders. */
  seatsNamed = 0;
  ticketsIssued = 0;
  /** Whether stock may have become free since offers were made last, and whether there are more to make than this commit takes. */
  hasFreed = false;
  owesOffers = false;
  /** To who waits, so far. */
  offers = 0;

  constructor(
    private readonly stock: Stock,
    readonly now: Instant,
  ) {
    stock.begin();
  }

  /** The last commit before it. */
  get place(): { readonly epoch: number; readonly sequence: number } {
    return this.stock;
  }
  get eventId(): string {
    return this.stock.eventId;
  }
  get event(): EventOnSale | undefined {
    return this.newEvent ?? this.stock.event;
  }
  get rules(): AdmissionRules {
    return this.newRules ?? this.stock.rules;
  }
  get counts(): Pick<
    Stock['counts'],
    'list' | 'poolList' | 'of' | 'pool' | 'availableOf' | 'shortOf' | 'takenOfPool'
  > {
    return this.stock.counts;
  }
  get seats(): Pick<Stock['seats'], 'isFree'> {
    return this.stock.seats;
  }
  get tickets(): Pick<Stock['tickets'], 'mark' | 'issueOf' | 'isVoid' | 'statusOf' | 'all'> {
    return this.stock.tickets;
  }
  get admissions(): Omit<AdmissionBook, 'add' | 'begin' | 'takeBack'> {
    return this.stock.admissions;
  }
  /** The hall as the event has it; undefined where no seats are numbered. */
  get seatPlan(): Omit<SeatPlan, 'take' | 'giveBack'> | undefined {
    const map = this.event?.seatMap;
    return map && this.stock.seats.planOf(map);
  }
  get waiting(): Pick<
    Stock['waiting'],
    'isEmpty' | 'ticketTypes' | 'waitingFor' | 'entry' | 'madeUnder' | 'latestOf' | 'all'
  > {
    return this.stock.waiting;
  }
  get groups(): Pick<Stock['groups'], 'group' | 'madeUnder'> {
    return this.stock.groups;
  }
  get isEmpty(): boolean {
    return this.moves.length === 0 && !this.newEvent && !this.newRules && !this.newSnapshot;
  }

  hold = (holdId: string): Hold | undefined => this.stock.holds.hold(holdId);
  /** By their numbers. */
  partsOf = ({ holdIds }: Group): readonly Hold[] => holdIds.flatMap((holdId) => this.hold(holdId) ?? []);
  /** The hold that was made under this key, as it is now. */
  madeUnder = (key: string): Hold | undefined => this.stock.holds.madeUnder(key);
  isSettled = (orderId: string): boolean => this.stock.holds.isSettled(orderId);
  /** A group that they lead is one of them. */
  liveHoldsOf = (userId: string): number =>
    this.stock.holds.liveHoldsOf(userId) + this.stock.groups.ledBy(userId);
  /** Held and bought. */
  takenBy = (userId: string, ticketTypeId: string): number => this.stock.buyers.takenBy(userId, ticketTypeId);
  nextDue = (): Instant | undefined => this.stock.holds.nextDue();

  /** A text that no other move of this event's history has: of the move to come. */
  nextSuffix(): string {
    return suffixOf(this.nextPlace());
  }

  /** The caller has seen that all lines are available. With an entry it is an offer to who waits, with a part a group's. */
  setAside(
    userId: string,
    lines: readonly Line[],
    expiresAt: Instant,
    request: RequestMark,
    whose: Pick<HoldTerms, 'entryId' | 'part'> = {},
  ): Hold {
    const holdId = this.nextId();
    this.make({ kind: 'held', terms: { holdId, userId, lines, expiresAt, request, ...whose } });
    if (whose.entryId !== undefined) this.offers++;
    return this.known(holdId);
  }

  extend({ holdId }: HoldTerms, expiresAt: Instant, key: string): Hold {
    this.make({ kind: 'extended', holdId, expiresAt, key });
    return this.known(holdId);
  }

  endUnsold({ holdId }: HoldTerms, how: 'released' | 'expired'): Hold {
    this.make({ kind: how, holdId });
    return this.known(holdId);
  }

  confirm({ holdId }: HoldTerms, orderId: string): void {
    this.make({ kind: 'confirmed', holdId, orderId });
  }

  /** Whom its parts, set aside after this, belong to. */
  group(userId: string, request: RequestMark): string {
    const groupId = this.nextId();
    this.make({ kind: 'grouped', group: { groupId, userId, request } });
    return groupId;
  }

  claim({ holdId }: HoldTerms, userId: string): Hold {
    this.make({ kind: 'claimed', holdId, userId });
    return this.known(holdId);
  }

  /** It waits for the others of its group. */
  payPart({ holdId }: HoldTerms, payment: PartPayment): void {
    this.make({ kind: 'paid', holdId, payment });
  }

  /** Without a hold; the caller has seen that all lines are available. */
  sell(orderId: string, userId: string, lines: readonly Line[]): void {
    this.make({ kind: 'sold', orderId, userId, lines });
  }

  refuse(orderId: string): void {
    this.make({ kind: 'refused', orderId });
  }

  /** What is to be known of it for ever. */
  settle(outcome: OrderOutcome): OrderOutcome {
    this.orders.push(outcome);
    if (outcome.status === 'issued') this.ticketsIssued += outcome.tickets.length;
    return outcome;
  }

  transfer(request: RequestMark, note: TransferNote): void {
    const { ticketId, issue } = note;
    this.make({ kind: 'transferred', ticketId, issue, request });
    this.notes.push(note);
  }

  /** What the tickets were for, of whose order, is stock again. */
  returnTickets(userId: string, lines: readonly Line[], note: VoidNote): void {
    const ticketIds = note.tickets.map(({ ticketId }) => ticketId);
    this.make({ kind: 'returned', orderId: note.orderId, userId, ticketIds, lines });
    this.notes.push(note);
  }

  block(ticketId: string): void {
    this.make({ kind: 'blocked', ticketId });
  }

  unblock(ticketId: string): void {
    this.make({ kind: 'unblocked', ticketId });
  }

  record(scan: Scan): void {
    this.make({ kind: 'scanned', scan });
  }

  /** Joins the line; who they are is in the note. */
  join(terms: Omit<EntryTerms, 'entryId'>, to: WaitNote['to']): Entry {
    const entryId = this.nextId();
    this.make({ kind: 'joined', entry: { entryId, ...terms } });
    const { eventId } = this.stock;
    this.notes.push({ kind: 'waiting', entryId, eventId, userId: terms.userId, to, at: this.now });
    return this.knownEntry(entryId);
  }

  /** Who has been offered something gives that up. */
  withdraw({ entryId, standing }: Entry): Entry {
    const offered = standing.state === 'offered' ? this.known(standing.holdId) : undefined;
    if (offered) this.endUnsold(offered, 'released');
    else this.make({ kind: 'withdrawn', entryId });
    return this.knownEntry(entryId);
  }

  resize(ticketTypeId: string, capacity: number, poolId?: string): Allotment | undefined {
    this.make({ kind: 'resized', ticketTypeId, capacity, ...(poolId === undefined ? {} : { poolId }) });
    return this.counts.of(ticketTypeId);
  }

  resizePool(poolId: string, capacity: number): void {
    this.make({ kind: 'pool-resized', poolId, capacity });
  }

  /** False where a newer snapshot is in use already. */
  adopt(snapshot: SnapshotRef, epoch: number): boolean {
    if (epoch !== this.stock.epoch || snapshot.sequence <= (this.stock.snapshot?.sequence ?? 0)) return false;
    this.newSnapshot = snapshot;
    return true;
  }

  /** The first hold that is past its expiry and has not ended yet. */
  firstDue = (): HoldTerms | undefined => this.stock.holds.firstDue(this.now);

  private make(move: Move): void {
    this.stock.apply(move, this.now);
    this.moves.push(move);
    this.seatsNamed += seatsNamedBy(linesOf(move));
    this.hasFreed ||= freeing.has(move.kind);
  }

  private known(holdId: string): Hold {
    const hold = this.hold(holdId);
    if (!hold) throw new Error(`${holdId} was made a moment ago`);
    return hold;
  }

  private knownEntry(entryId: string): Entry {
    const entry = this.waiting.entry(entryId);
    if (!entry) throw new Error(`${entryId} was made a moment ago`);
    return entry;
  }

  private nextId = (): string => holdIdAt(this.stock.eventId, this.nextPlace());

  private nextPlace() {
    return { epoch: this.stock.epoch, sequence: this.stock.sequence + 1, index: this.moves.length };
  }
}
