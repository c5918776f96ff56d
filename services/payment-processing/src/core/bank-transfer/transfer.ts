import type { Instant, Money } from '@boxoffice/shared/kernel';

/** A payment by bank transfer, as the books of this gateway have it: they are ours. */
export interface Transfer {
  readonly paymentId: string;
  readonly reference: string;
  readonly amount: Money;
  readonly state: 'open' | 'captured' | 'cancelled';
  readonly payBy: Instant;
  readonly capturedAt: Instant | undefined;
  readonly version: number;
}

/** Money that has come into the account. */
export interface Credit {
  readonly creditId: string;
  /** The bank's name for the entry, the same on each statement. */
  readonly bankId: string;
  readonly amount: Money;
  readonly remittance: string;
  readonly bookedAt: Instant;
  readonly payer: Payer;
  readonly state: CreditState;
  /** Why nobody knows what it is for. */
  readonly why: Doubt | undefined;
  /** What it was for. */
  readonly paymentId: string | undefined;
  /** Who said so, where it was a person. */
  readonly decidedBy: string | undefined;
  readonly version: number;
}

export interface Payer {
  readonly name: string | undefined;
  readonly iban: string | undefined;
}

export type CreditState =
  | 'unmatched' // a person is to say what it is for
  | 'collected' // a part of what a payment waits for
  | 'matched' // a payment was captured by it
  | 'returned'; // to be sent back, all of it

export type Doubt =
  'unknown-reference' | 'other-currency' | 'too-little' | 'too-much' | 'paid-twice' | 'too-late';

/** Money that a person is to send. */
export interface Outgoing {
  /** The refund's id, or the credit's. */
  readonly outgoingId: string;
  readonly what: 'refund' | 'surplus' | 'return';
  readonly paymentId: string | undefined;
  readonly amount: Money;
  readonly state: 'due' | 'done';
  readonly dueSince: Instant;
  readonly doneAt: Instant | undefined;
  readonly doneBy: string | undefined;
  readonly version: number;
}

/** What a credit that names this transfer is: undefined where it pays exactly that, and anything else is for a person to say. */
export function doubtOf(
  credit: Money,
  transfer: Transfer | undefined,
  collectedMinor: number,
): Doubt | undefined {
  if (!transfer) return 'unknown-reference';
  if (transfer.state === 'captured') return 'paid-twice';
  if (credit.currency !== transfer.amount.currency) return 'other-currency';
  const missing = transfer.amount.amountMinor - collectedMinor;
  if (credit.amountMinor === missing) return undefined;
  return credit.amountMinor < missing ? 'too-little' : 'too-much';
}
