import type { Instant } from '@boxoffice/shared/kernel';

/** A ticket has passed to a new holder. Holds names: unlike the log of the event, it can be erased. */
export interface TransferNote {
  readonly kind: 'transfer';
  readonly ticketId: string;
  readonly ticketTypeId: string;
  readonly orderId: string;
  readonly eventId: string;
  /** The new code's, from 2. */
  readonly issue: number;
  readonly seat?: string;
  readonly from: { readonly userId: string; readonly name: string; readonly owner: Owner };
  readonly to: { readonly name: string; readonly email: string };
  readonly at: Instant;
}

/** Tickets are void. */
export interface VoidNote {
  readonly kind: 'void';
  readonly refundId: string;
  readonly orderId: string;
  readonly eventId: string;
  readonly tickets: readonly { readonly ticketId: string; readonly issue: number }[];
  readonly at: Instant;
}

/** Who waits, and where to tell them of an offer. Can be erased: then nobody is told. */
export interface WaitNote {
  readonly kind: 'waiting';
  readonly entryId: string;
  readonly eventId: string;
  readonly userId: string;
  /** Without an address where none is known to be theirs. */
  readonly to: { readonly name: string; readonly email: string };
  readonly at: Instant;
}

/** What a commit records beside the stock, for the change feed to make known. */
export type Note = TransferNote | VoidNote | WaitNote;

/** Whose ticket it is: of who bought it, or of whoever signs in with the address it was passed on to. */
export type Owner = { readonly userId: string } | { readonly email: string };
