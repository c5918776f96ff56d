import { Refusal, type Instant } from '@boxoffice/shared/kernel';

export const eventUnknown = (): Refusal => new Refusal('event-unknown', 'No event with this id is on sale.');
export const eventIsCancelled = (): Refusal =>
  new Refusal('event-cancelled', 'This event has been cancelled; nothing of it is sold any more.');
export const holdUnknown = (): Refusal => new Refusal('hold-unknown', 'You have no hold with this id.');
export const ticketUnknown = (): Refusal => new Refusal('ticket-unknown', 'You have no ticket with this id.');

export const ticketIsVoid = (): Refusal =>
  new Refusal('ticket-void', 'This ticket was given back; it admits nobody.');
export const ticketIsUsed = (): Refusal =>
  new Refusal('ticket-used', 'Somebody has come in with this ticket; it can be passed on no more.');
export const ticketIsTransferred = (): Refusal =>
  new Refusal('ticket-transferred', 'You have passed this ticket on; only its new holder can use it.');
export const eventIsOver = (): Refusal => new Refusal('event-over', 'This event is over.');
export const tooManyTransfers = (most: number): Refusal =>
  new Refusal('too-many-transfers', 'A ticket can be passed on no more often than this.', { most });

export const versionChanged = (currentVersion: number): Refusal =>
  new Refusal(
    'version-changed',
    'This has been changed since you read it. Read it again, then decide again.',
    { currentVersion },
  );

export interface Reason {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** The request can be read, but can't be so: every reason is in `errors`. */
export const notPossible = (errors: readonly Reason[]): Refusal =>
  new Refusal('not-possible', 'This can be read, but it can not be so: the errors say why.', { errors });

export const ticketTypeUnknown = (ticketTypeId: string): Refusal =>
  new Refusal('ticket-type-unknown', 'This event has no such ticket type.', { ticketTypeId });

export const salesNotOpen = (ticketTypeId: string, salesFrom: Instant): Refusal =>
  new Refusal('sales-not-open', 'Sales of this ticket type have not opened yet.', {
    ticketTypeId,
    salesFrom,
  });

export const salesClosed = (ticketTypeId: string, salesUntil: Instant): Refusal =>
  new Refusal('sales-closed', 'Sales of this ticket type have closed.', { ticketTypeId, salesUntil });

export const quantityBelowMinimum = (ticketTypeId: string, minPerOrder: number): Refusal =>
  new Refusal('quantity-below-minimum', 'This ticket type is sold in larger quantities.', {
    ticketTypeId,
    minPerOrder,
  });

export const quantityAboveMaximum = (ticketTypeId: string, maxPerOrder: number): Refusal =>
  new Refusal('quantity-above-maximum', 'This is more of this ticket type than one order may have.', {
    ticketTypeId,
    maxPerOrder,
  });

export const buyersLimitReached = (ticketTypeId: string, maxPerBuyer: number, taken: number): Refusal =>
  new Refusal(
    'buyer-limit-reached',
    'With what you hold and have bought, this is more than one buyer may have.',
    {
      ticketTypeId,
      maxPerBuyer,
      taken,
    },
  );

export const holdTooLarge = (most: number): Refusal =>
  new Refusal('hold-too-large', 'One hold can have no more tickets than this.', { most });

export const tooManyHolds = (most: number): Refusal =>
  new Refusal(
    'too-many-holds',
    'You hold tickets of this event several times already. Pay for a hold or release it first.',
    { most },
  );

export const soldOut = (
  short: readonly { readonly ticketTypeId: string; readonly available: number }[],
): Refusal => new Refusal('sold-out', 'There are not that many tickets left. Nothing was held.', { short });

export const seatUnknown = (seats: readonly string[]): Refusal =>
  new Refusal('seat-unknown', 'There are no such seats of this ticket type. Nothing was held.', { seats });

export const seatTaken = (seats: readonly string[]): Refusal =>
  new Refusal('seat-taken', 'Some of these seats are taken already. Nothing was held.', { seats });

export const seatsNotTogether = (ticketTypeId: string): Refusal =>
  new Refusal('seats-not-together', 'So many seats side by side are not left. Nothing was held.', {
    ticketTypeId,
  });

export const accessibleSeatsGone = (ticketTypeId: string): Refusal =>
  new Refusal('accessible-seats-gone', 'No accessible seat of this ticket type is left. Nothing was held.', {
    ticketTypeId,
  });

export const notSoldOut = (ticketTypeId: string, available: number): Refusal =>
  new Refusal('not-sold-out', 'As many as you want are left: hold them.', { ticketTypeId, available });

export const waitingListClosed = (ticketTypeId: string): Refusal =>
  new Refusal('waiting-list-closed', 'Sales end too soon to offer this ticket type to who waits.', {
    ticketTypeId,
  });

export const alreadyWaiting = (entryId: string): Refusal =>
  new Refusal(
    'already-waiting',
    'You wait for this ticket type, or have an offer of it. Withdraw that first.',
    {
      entryId,
    },
  );

export const waitingEntryUnknown = (): Refusal =>
  new Refusal('waiting-entry-unknown', 'You wait for nothing under this id.');

export const offerNotExtendable = (): Refusal =>
  new Refusal(
    'offer-not-extendable',
    'This was offered to you from the waiting list, where others wait for it.',
  );

export const groupUnknown = (): Refusal =>
  new Refusal('group-unknown', 'You have no part in a group booking with this id.');

export const groupTooLarge = (most: number): Refusal =>
  new Refusal('group-too-large', 'A group can have no more tickets than this, all parts together.', { most });

export const groupIsComplete = (): Refusal =>
  new Refusal('group-complete', 'Everyone in this group has paid; their tickets are issued.');

export const invitationUnknown = (): Refusal =>
  new Refusal('invitation-unknown', 'This invitation is for no part of such a group.');

export const partIsClaimed = (): Refusal =>
  new Refusal('part-claimed', 'Somebody else has claimed this part before.');

export const holdOfGroup = (): Refusal =>
  new Refusal('hold-of-group', 'This is a part of a group booking, which is bought or released as a whole.');

export const holdConfirmed = (): Refusal =>
  new Refusal('hold-confirmed', 'This hold has been paid for; its tickets are issued.');

export const holdEnded = (): Refusal =>
  new Refusal('hold-ended', 'This hold has ended: what it held is for sale again. Hold anew.');

export const tooManyExtensions = (most: number): Refusal =>
  new Refusal('too-many-extensions', 'A hold can be extended no more often than this.', { most });

export const idempotencyKeyReused = (): Refusal =>
  new Refusal(
    'idempotency-key-reused',
    'This Idempotency-Key was used before with another body. Use a new key for a new request.',
  );

export const tooBusy = (): Refusal =>
  new Refusal(
    'too-busy',
    'More people ask for this event than can be answered now. Nothing was held: try again in a moment.',
  );

/** Wallets that passes are made for. */
export type WalletName = 'apple' | 'google';
const walletTitles: Readonly<Record<WalletName, string>> = { apple: 'Apple Wallet', google: 'Google Wallet' };

export const walletNotConfigured = (wallet: WalletName): Refusal =>
  new Refusal(
    `${wallet}-wallet-not-configured`,
    `Tickets are not issued for ${walletTitles[wallet]} here. They can be printed, or shown on a screen.`,
  );

export const walletUnavailable = (wallet: WalletName, retryAfterSeconds: number): Refusal =>
  new Refusal(
    `${wallet}-wallet-unavailable`,
    `Tickets can't be signed for ${walletTitles[wallet]} at present. They can be printed, or shown on a screen.`,
    { retryAfterSeconds },
  );

export const tooManyListeners = (): Refusal =>
  new Refusal(
    'too-many-listeners',
    'More people watch than can be told of each change. Ask for the availability itself, once a second at most.',
    { retryAfterSeconds: 30 },
  );
