import { money, negate, type Money } from '@boxoffice/shared/kernel';

/**
 * Double entry, append only. An amount above zero is a debit, below zero a credit.
 * `gateway:<name>`: what the gateway holds for us. `organizer:<id>`: what we owe the organiser.
 * `buyers:refunds`: what we owe buyers whose money is on its way back. `fees`: what the platform keeps.
 * `payouts`: what was sent to organisers. `by-hand`: what people gave back beside a gateway.
 * `giftcards:<organizer>`: what is left on an organiser's gift cards, and `giftcards-issued:<organizer>` what they were issued for. The organiser
 * was paid for a card outside of here, or gave it away: spending it moves nothing that we owe them.
 */
export type Account =
  | `gateway:${string}`
  | `organizer:${string}`
  | `giftcards:${string}`
  | `giftcards-issued:${string}`
  | 'buyers:refunds'
  | 'fees'
  | 'payouts'
  | 'by-hand';

/** One movement of money between two accounts: it sums to zero because there is nothing else to write. */
export interface Posting {
  /** Unique: the same movement can't be written twice. What it is called up to `~` says what it is. */
  readonly transactionId: string;
  readonly entries: readonly [LedgerEntry, LedgerEntry];
}

export interface LedgerEntry {
  readonly account: Account;
  readonly amount: Money;
}

export const organizerAccount = (organizerId: string): Account => `organizer:${organizerId}`;
export const gatewayAccount = (gateway: string): Account => `gateway:${gateway}`;

export const postCapture = (
  paymentId: string,
  gateway: string,
  organizerId: string,
  amount: Money,
): Posting => posting(`capture~${paymentId}`, gatewayAccount(gateway), organizerAccount(organizerId), amount);

export const postFee = (orderId: string, organizerId: string, amount: Money): Posting =>
  posting(`fee~${orderId}`, organizerAccount(organizerId), 'fees', amount);

/** `again`: after it failed, and the money went back all the same. */
export const postRefundOwed = (
  refundId: string,
  organizerId: string,
  amount: Money,
  again?: 'again',
): Posting =>
  posting(
    `refund-owed${again === undefined ? '' : '-again'}~${refundId}`,
    organizerAccount(organizerId),
    'buyers:refunds',
    amount,
  );

export const postRefund = (refundId: string, from: Account, amount: Money): Posting =>
  posting(`refund~${refundId}`, 'buyers:refunds', from, amount);

export const postRefundFailed = (refundId: string, organizerId: string, amount: Money): Posting =>
  posting(`refund-failed~${refundId}`, 'buyers:refunds', organizerAccount(organizerId), amount);

export const postPayout = (payoutId: string, organizerId: string, amount: Money): Posting =>
  posting(`payout~${payoutId}`, organizerAccount(organizerId), 'payouts', amount);

export const postGiftCardIssued = (giftCardId: string, organizerId: string, amount: Money): Posting =>
  posting(`card-issued~${giftCardId}`, `giftcards-issued:${organizerId}`, `giftcards:${organizerId}`, amount);

/** `movementId`: of which this is the only one. */
export const postGiftCardsUsed = (movementId: string, organizerId: string, amount: Money): Posting =>
  posting(`cards-used~${movementId}`, `giftcards:${organizerId}`, `giftcards-issued:${organizerId}`, amount);

export const postGiftCardsGivenBack = (movementId: string, organizerId: string, amount: Money): Posting =>
  posting(`cards-back~${movementId}`, `giftcards-issued:${organizerId}`, `giftcards:${organizerId}`, amount);

/** A bank takes a payment back: out of what the gateway holds for us, at the organiser's cost. */
export const postDispute = (
  disputeId: string,
  gateway: string,
  organizerId: string,
  amount: Money,
): Posting => posting(`dispute~${disputeId}`, organizerAccount(organizerId), gatewayAccount(gateway), amount);

export const postDisputeWon = (
  disputeId: string,
  gateway: string,
  organizerId: string,
  amount: Money,
): Posting =>
  posting(`dispute-won~${disputeId}`, gatewayAccount(gateway), organizerAccount(organizerId), amount);

function posting(transactionId: string, debit: Account, credit: Account, amount: Money): Posting {
  if (amount.amountMinor <= 0)
    throw new RangeError(`a posting moves an amount above zero, not ${amount.amountMinor}`);
  return {
    transactionId,
    entries: [
      { account: debit, amount: money(amount.amountMinor, amount.currency) },
      { account: credit, amount: negate(amount) },
    ],
  };
}
