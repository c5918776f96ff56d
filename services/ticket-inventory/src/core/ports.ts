import type { IssuedTicket } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import type { HoldClaims, TicketClaims } from '@boxoffice/shared/tokens';
import type { AdmissionRules } from './admission-rules';
import type { Allotment } from './allotment';
import type { Pool } from './counts';
import type { EventOnSale } from './event-on-sale';
import type { Memory } from './memory';
import type { Move, Segment } from './move';
import type { Note, Owner, TransferNote, WaitNote } from './note';
import type { Gathering } from './waiting-rules';

/** Where an event's stock stands now. Whoever commits replaces it as it was read, or not at all: that is the fence. */
export interface Root {
  /** Changes with each commit. */
  readonly fence: string;
  readonly epoch: number;
  readonly sequence: number;
  readonly eventVersion: number;
  /** Absent: nobody has set any. */
  readonly rulesVersion?: number;
  /** Of the stock's report: `stockChain` over every commit that changed stock. */
  readonly chain: string;
  /** New ones come last, and none ever goes. */
  readonly allotments: readonly Allotment[];
  readonly pools?: readonly Pool[];
  /** Stock that is not on sale while it gathers for who waits. */
  readonly gatherings?: readonly Gathering[];
  /** When the next hold expires; at times a little early, never late. */
  readonly nextDue?: Instant;
  readonly snapshot?: SnapshotRef;
}

/** A complete copy of what was remembered after `sequence`: what follows is in the segments. */
export interface SnapshotRef {
  readonly sequence: number;
  readonly maker: string;
  readonly chunks: number;
}

/** What became of a paid order, for ever. */
export type OrderOutcome = {
  readonly orderId: string;
  readonly eventId: string;
  readonly holdId: string;
  readonly userId: string;
  readonly at: Instant;
  /** Of the message that told of the payment. */
  readonly traceparent?: string;
} & (
  | { readonly status: 'issued'; readonly tickets: readonly IssuedTicket[] }
  | { readonly status: 'refused'; readonly reason: 'sold-out' | 'event-not-on-sale' | 'group-incomplete' }
);

/** All of it or nothing. */
export interface Commit {
  /** Without a fence, it is the event's first. */
  readonly root: Omit<Root, 'fence'> & { readonly fence: string | undefined };
  readonly segment: Segment;
  readonly orders: readonly OrderOutcome[];
  readonly notes: readonly Note[];
  readonly event?: EventOnSale;
  readonly rules?: AdmissionRules;
}

export type CommitOutcome =
  | { readonly kind: 'committed'; readonly fence: string }
  /** Another has committed since: nothing was written. */
  | { readonly kind: 'stale' }
  /** One of the orders has its outcome already: nothing was written. */
  | { readonly kind: 'order-settled' }
  /** The store has no room for it now: nothing was written. */
  | { readonly kind: 'busy'; readonly retryAfterMilliseconds: number }
  /** Written or not; or it will yet be. */
  | { readonly kind: 'unknown'; readonly cause: Error };

/** The records of events' stock, one partition an event. */
export interface StockRecords {
  root(eventId: string): Promise<Root | undefined>;
  event(eventId: string): Promise<EventOnSale | undefined>;
  rules(eventId: string): Promise<AdmissionRules | undefined>;
  /** Those after one sequence and up to another, ascending. */
  segments(eventId: string, epoch: number, after: number, upTo: number): Promise<readonly Segment[]>;
  order(eventId: string, orderId: string): Promise<OrderOutcome | undefined>;
  transfer(eventId: string, ticketId: string, issue: number): Promise<TransferNote | undefined>;
  /** Who waits under this entry; undefined once they are forgotten. */
  waiter(eventId: string, entryId: string): Promise<WaitNote | undefined>;
  commit(eventId: string, commit: Commit): Promise<CommitOutcome>;
  keepSnapshot(
    eventId: string,
    epoch: number,
    snapshot: Omit<SnapshotRef, 'chunks'>,
    chunk: number,
    memories: readonly Memory[],
  ): Promise<void>;
  /** Undefined when parts of it are gone: a newer one has taken its place. */
  snapshot(eventId: string, epoch: number, snapshot: SnapshotRef): Promise<readonly Memory[] | undefined>;
  /** Forgets all that was made before this one. */
  dropSnapshotsBefore(eventId: string, epoch: number, snapshot: SnapshotRef): Promise<void>;
}
export const StockRecords = Symbol('StockRecords');

/** Which events have holds that fall due when, so that any process finds them, whoever made them. */
export interface DueHolds {
  /** A hold of the event falls due then. Noted again whenever it is said again. */
  note(eventId: string, dueAt: Instant): Promise<void>;
  /** Events with something that may have fallen due by now. */
  fallenDue(now: Instant, limit: number): Promise<readonly DueNote[]>;
  /** Done with, unless it has been noted again meanwhile. */
  strike(note: DueNote): Promise<void>;
}
export const DueHolds = Symbol('DueHolds');
export interface DueNote {
  readonly eventId: string;
  readonly mark: string;
  readonly id: string;
}

/** A ticket in a wallet. */
export interface OwnedTicket extends IssuedTicket {
  readonly owner: Owner;
  /** Where it was passed on to somebody: who holds it, as they were named. */
  readonly holderName?: string;
  /** Which of the ticket's codes this is, from 1. */
  readonly issue: number;
  readonly state: 'valid' | 'transferred' | 'void';
  readonly orderId: string;
  readonly eventId: string;
  readonly issuedAt: Instant;
}

/** Each holder's tickets. */
export interface Wallets {
  /** Safe to repeat, in any order: what has become of a ticket since stays. */
  put(tickets: readonly OwnedTicket[]): Promise<void>;
  /** Of all these owners together. Ascending by id, after the one named; the id is the cursor. */
  list(
    owners: readonly Owner[],
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly OwnedTicket[]>;
  /** The latest that any of these owners has or had. */
  find(owners: readonly Owner[], ticketId: string): Promise<OwnedTicket | undefined>;
}
export const Wallets = Symbol('Wallets');

export interface PublishedKey {
  readonly keyId: string;
  readonly purpose: 'hold' | 'ticket';
  readonly publicKey: string;
  readonly publishedAt: Instant;
}

/** The public halves of all keys that were ever signed with. */
export interface PublishedKeys {
  /** Keeps it where it is new; its announcement follows from that. Throws where another has its id. */
  publish(key: PublishedKey): Promise<void>;
  list(): Promise<readonly PublishedKey[]>;
}
export const PublishedKeys = Symbol('PublishedKeys');

/** One signature for all of these holds; answers the token of each by its place among them. The same holds get the same tokens. */
export type HoldSeal = (holds: readonly HoldClaims[]) => (at: number) => string;

/** The private halves. Both resolve at once after the first time. */
export interface Seals {
  /** What makes hold tokens. */
  holdSeal(): Promise<HoldSeal>;
  /** What makes ticket codes. */
  ticketSeal(): Promise<(ticket: Omit<TicketClaims, 'eventId'>) => string>;
  publicKeys(): Promise<readonly Omit<PublishedKey, 'publishedAt'>[]>;
}
export const Seals = Symbol('Seals');

/** The same part's invitation is the same, whenever it is asked for; nobody else can make it. */
export interface Invitations {
  writer(): Promise<(groupId: string, part: number) => string>;
}
export const Invitations = Symbol('Invitations');

/** A document that the store shows as changed, in the field's words; undefined for one that nobody need hear of. */
export interface ChangeReader {
  read(document: {
    readonly partition: string;
    readonly id: string;
    readonly body: object;
  }): Change | undefined;
}
export const ChangeReader = Symbol('ChangeReader');
export type Change =
  | { readonly kind: 'order-settled'; readonly order: OrderOutcome }
  | { readonly kind: 'noted'; readonly note: Note }
  | {
      readonly kind: 'held';
      readonly eventId: string;
      readonly dueAt: readonly Instant[];
      readonly offers: readonly Offer[];
    }
  | { readonly kind: 'key-published'; readonly key: PublishedKey };

/** A hold that was made for who waits. */
export interface Offer {
  readonly eventId: string;
  readonly entryId: string;
  readonly holdId: string;
  readonly userId: string;
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly expiresAt: Instant;
  readonly offeredAt: Instant;
}

/** What an operator wants to see of the doors. */
export interface DoorWatch {
  /** `visitors` were answered by one commit of `moves`, in its `rounds`-th try. */
  committed(
    eventId: string,
    group: { readonly visitors: number; readonly moves: readonly Move[]; readonly rounds: number },
  ): void;
  snapshotFailed(eventId: string, cause: unknown): void;
}
export const DoorWatch = Symbol('DoorWatch');

/** What an operator wants to see of those who listen. */
export interface ListenerTally {
  joined(): void;
  left(): void;
  /** So many were told how things stand: of a change, or after a silence. */
  told(listeners: number): void;
  lookFailed(eventId: string, cause: unknown): void;
}
export const ListenerTally = Symbol('ListenerTally');
