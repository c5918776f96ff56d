import { Refusal, type Money } from '@boxoffice/shared/kernel';
import type { HoldTokenFault } from '@boxoffice/shared/tokens';
import type { PurchaseFault } from './faults';

export const orderNotFound = (): Refusal =>
  new Refusal('order-not-found', 'There is no such order of yours.');
export const paymentNotFound = (): Refusal =>
  new Refusal('payment-not-found', 'There is no such payment of yours.');
export const userNotFound = (): Refusal => new Refusal('user-not-found', 'That is not you.');

const holdTokenFaults: Readonly<Record<Exclude<HoldTokenFault, 'unknown-key'>, string>> = {
  malformed: 'This is not a hold token.',
  forged: 'This hold token was not signed by the box office.',
  expired: 'The hold has ended. Hold again, then order.',
};
export const holdTokenRefused = (fault: Exclude<HoldTokenFault, 'unknown-key'>): Refusal =>
  new Refusal(fault === 'expired' ? 'hold-expired' : 'hold-token-refused', holdTokenFaults[fault]);

/** The key or the price is announced ahead of its use; what was announced a moment ago may not have arrived. */
export const notReady = (what: 'signing key' | 'price'): Refusal =>
  new Refusal('not-ready', `The ${what} for this hold has not arrived here yet. Try again in a moment.`, {
    retryAfterSeconds: 1,
  });

export const eventCancelled = (): Refusal =>
  new Refusal('event-cancelled', 'This event has been cancelled; nothing of it is sold any more.');

export const mixedCurrencies = (): Refusal =>
  new Refusal(
    'mixed-currencies',
    'One order is paid in one currency. Hold what is sold in another by itself.',
  );

/** Everything at once: codes, named prices, add-ons, gift cards, answers. */
export const purchaseRefused = (errors: readonly PurchaseFault[]): Refusal =>
  new Refusal('purchase-refused', 'These tickets can’t be had in this way.', { errors });

export const giftCardUnknown = (): Refusal =>
  new Refusal('gift-card-unknown', 'There is no gift card with this code.');
export const giftCardWouldBeOver = (): Refusal =>
  new Refusal('gift-card-over', 'A gift card has to last beyond the moment it is issued.');

export const unknownGateway = (names: readonly string[]): Refusal =>
  new Refusal('gateway-not-available', 'Payments are not taken through this gateway here.', {
    gateways: names,
  });
export const gatewayNotFound = (): Refusal =>
  new Refusal('gateway-not-found', 'There is no such gateway here.');
export const webhookRefused = (fault: string): Refusal =>
  new Refusal('webhook-refused', 'This notice is not a genuine one of about now.', { fault });
export const gatewayDoesNotAnswer = (): Refusal =>
  new Refusal(
    'gateway-silent',
    'The gateway does not answer. It is asked again by itself; so may you, later.',
    {
      retryAfterSeconds: 10,
    },
  );

export const orderPaidAlready = (): Refusal => new Refusal('order-paid', 'This order is paid for.');
export const orderEnded = (): Refusal =>
  new Refusal('order-expired', 'The hold behind this order has ended. Hold again, then order.');
export const paymentUnderWay = (paymentId: string): Refusal =>
  new Refusal(
    'payment-under-way',
    'A payment for this order is under way. Finish that one, or wait until it has ended.',
    {
      paymentId,
    },
  );
export const notPaidYet = (): Refusal =>
  new Refusal('not-paid', 'There is a receipt once the order is paid.');

export const eventNotFound = (): Refusal =>
  new Refusal('event-not-found', 'There is no such event of yours.');
export const organizerNotFound = (): Refusal =>
  new Refusal('organizer-not-found', 'There is no such organiser of yours.');
export const refundNotFound = (): Refusal => new Refusal('refund-not-found', 'There is no such refund.');
export const versionChanged = (version: number): Refusal =>
  new Refusal(
    'version-changed',
    'Somebody else has changed this. Look at it again, then repeat your change.',
    {
      version,
    },
  );

export const nothingToRefund = (): Refusal =>
  new Refusal('nothing-to-refund', 'Nothing of this payment is left to be given back.');
export const aboveCaptured = (left: Money): Refusal =>
  new Refusal('above-captured', 'That is more than is left of this payment.', { left });
export const ticketsNotToRefund = (ticketIds: readonly string[]): Refusal =>
  new Refusal('tickets-not-to-refund', 'These are no tickets of the order, or were given back before.', {
    ticketIds,
  });
export const ticketsUnderWay = (): Refusal =>
  new Refusal(
    'tickets-under-way',
    'The tickets of this order are not issued yet: until then all of it can be given back, and no part.',
  );
export const refundReasonNotYours = (): Refusal =>
  new Refusal('reason-not-yours', 'A buyer asks for a refund as buyer-asked.');
export const refundNotFailed = (): Refusal =>
  new Refusal('refund-not-failed', 'The gateway has not refused this refund: it needs nobody’s hand.');
export const aboveBalance = (owedMinor: number, currency: string): Refusal =>
  new Refusal('above-balance', 'That is more than is owed to this organiser.', {
    balance: { amountMinor: owedMinor, currency },
  });
export const windowTooLarge = (rows: number): Refusal =>
  new Refusal('too-many-rows', `That is more than ${rows} rows. Ask for a shorter time.`);
export const windowTooLong = (days: number): Refusal =>
  new Refusal('time-too-long', `Ask for ${days} days at most.`);

export const notIssuedYet = (): Refusal =>
  new Refusal('not-issued', 'The receipt is issued with the tickets, which are not there yet.', {
    retryAfterSeconds: 2,
  });
export const creditNoteNotFound = (): Refusal =>
  new Refusal('credit-note-not-found', 'There is no such credit note of this order.');
