import type { Instant } from '@boxoffice/shared/kernel';
import type { HoldTerms, Line } from './hold';

/** One change of an event's stock. A commit's moves are one segment; all segments together are the stock's history. */
export type Move =
  | { readonly kind: 'resized'; readonly ticketTypeId: string; readonly capacity: number }
  | { readonly kind: 'held'; readonly terms: HoldTerms }
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
  | { readonly kind: 'refused'; readonly orderId: string };

export interface Segment {
  readonly epoch: number;
  /** 1 for an event's first commit, then one more each. */
  readonly sequence: number;
  /** Names one attempt to write: how an attempt whose outcome is unknown is recognised. */
  readonly commitId: string;
  readonly at: Instant;
  readonly moves: readonly Move[];
}
