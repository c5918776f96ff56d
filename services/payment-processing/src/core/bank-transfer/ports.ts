import type { Instant } from '@boxoffice/shared/kernel';
import type { Credit, Outgoing, Payer, Transfer } from './transfer';

/** The part of a commit that bank transfers write. Every `save` fails when another has written since `version` was read. */
export interface TransferBook {
  transfer(by: 'paymentId' | 'reference', id: string): Promise<Transfer | undefined>;
  addTransfer(transfer: Transfer): Promise<void>;
  saveTransfer(transfer: Transfer): Promise<void>;
  credit(by: 'creditId' | 'bankId', id: string): Promise<Credit | undefined>;
  /** Parts that were collected for a payment which is not paid in full yet. */
  collectedFor(paymentId: string): Promise<readonly Credit[]>;
  addCredit(credit: Credit): Promise<void>;
  saveCredit(credit: Credit): Promise<void>;
  outgoing(outgoingId: string): Promise<Outgoing | undefined>;
  /** All that is or was to be sent back for a payment. */
  outgoingFor(paymentId: string): Promise<readonly Outgoing[]>;
  addOutgoing(outgoing: Outgoing): Promise<void>;
  saveOutgoing(outgoing: Outgoing): Promise<void>;
}

export interface DueTransfer extends Outgoing {
  /** To whom, where the statement told. */
  readonly to: Payer;
  /** What the money came in under. */
  readonly remittance: string;
}

export interface Page {
  readonly limit: number;
  readonly after: string | undefined;
}

/** Queries; oldest first, `after` is the id of the last one seen. */
export interface Transfers {
  of(paymentId: string): Promise<Transfer | undefined>;
  unmatched(page: Page): Promise<readonly Credit[]>;
  due(page: Page): Promise<readonly DueTransfer[]>;
  capturedBetween(since: Instant, until: Instant, page: Page): Promise<readonly Transfer[]>;
  sentBetween(since: Instant, until: Instant, page: Page): Promise<readonly Outgoing[]>;
}
export const Transfers = Symbol('Transfers');

/** The name under which payments by bank transfer are opened. */
export const bankTransfer = 'bank-transfer';
