import type { Instant } from '@boxoffice/shared/kernel';
import type { GroupTerms } from './group';
import type { HoldTerms, Line, PartPayment, RequestMark } from './hold';
import type { Scan } from './scan';
import type { EntryTerms } from './waiting-entry';

/** One change of an event's stock. A commit's moves are one segment; all segments together are the stock's history. */
export type Move =
  | {
      readonly kind: 'resized';
      readonly ticketTypeId: string;
      readonly capacity: number;
      /** The pool that it shares from now on; absent: none. */
      readonly poolId?: string;
    }
  | { readonly kind: 'pool-resized'; readonly poolId: string; readonly capacity: number }
  | { readonly kind: 'held'; readonly terms: HoldTerms }
  /** `key` is the hash of the request's Idempotency-Key. */
  | {
      readonly kind: 'extended';
      readonly holdId: string;
      readonly expiresAt: Instant;
      readonly key: string;
    }
  | { readonly kind: 'released'; readonly holdId: string }
  | { readonly kind: 'expired'; readonly holdId: string }
  | { readonly kind: 'confirmed'; readonly holdId: string; readonly orderId: string }
  /** Paid after the hold had ended, with stock still there: held and sold in one move. */
  | {
      readonly kind: 'sold';
      readonly orderId: string;
      readonly userId: string;
      readonly lines: readonly Line[];
    }
  | { readonly kind: 'refused'; readonly orderId: string }
  /** A ticket has a new holder, whom a note names; its codes before `issue` are revoked. */
  | {
      readonly kind: 'transferred';
      readonly ticketId: string;
      readonly issue: number;
      readonly request: RequestMark;
    }
  /** Tickets of an order are void, and what they were for is stock again. */
  | {
      readonly kind: 'returned';
      readonly orderId: string;
      readonly userId: string;
      readonly ticketIds: readonly string[];
      readonly lines: readonly Line[];
    }
  | { readonly kind: 'blocked' | 'unblocked'; readonly ticketId: string }
  | { readonly kind: 'scanned'; readonly scan: Scan }
  /** Somebody waits from now on. An offer is a hold that names the entry, which ends as the hold does. */
  | { readonly kind: 'joined'; readonly entry: EntryTerms }
  /** Somebody waits no longer, before anything was offered. */
  | { readonly kind: 'withdrawn'; readonly entryId: string }
  /** People will buy together: the holds that follow are their parts. They end as one. */
  | { readonly kind: 'grouped'; readonly group: GroupTerms }
  | { readonly kind: 'claimed'; readonly holdId: string; readonly userId: string }
  | { readonly kind: 'paid'; readonly holdId: string; readonly payment: PartPayment };

/** What it takes or gives back, where it says so itself. */
export function linesOf(move: Move): readonly Line[] {
  switch (move.kind) {
    case 'held':
      return move.terms.lines;
    case 'sold':
    case 'returned':
      return move.lines;
    default:
      return [];
  }
}

export interface Segment {
  readonly epoch: number;
  /** 1 for an event's first commit, then one more each. */
  readonly sequence: number;
  /** Names one attempt to write: how an attempt whose outcome is unknown is recognised. */
  readonly commitId: string;
  readonly at: Instant;
  readonly moves: readonly Move[];
  /** Of the stock's report, up to and with this commit. */
  readonly chain: string;
}
