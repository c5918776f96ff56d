import { minorDigits, type Money } from '@boxoffice/shared/kernel';
import {
  GatewayRefused,
  type Dispute,
  type PaymentAtGateway,
  type PaymentOutcome,
  type PaymentToAuthorise,
  type WebhookNotice,
} from '../../core/gateway';
import { amount, identifier, moment, object, text, UnreadableAnswer, type Json } from './answer';

/** Adyen's minor units are its own, so none of them is taken from elsewhere: https://docs.adyen.com/development-resources/currency-codes */
const noDigits = [
  'CVE',
  'DJF',
  'GNF',
  'IDR',
  'JPY',
  'KMF',
  'KRW',
  'PYG',
  'RWF',
  'UGX',
  'VND',
  'VUV',
  'XAF',
  'XOF',
  'XPF',
];
const threeDigits = ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'];
function shift(currency: string): number {
  const theirs = noDigits.includes(currency) ? 0 : threeDigits.includes(currency) ? 3 : 2;
  return theirs - minorDigits(currency);
}

export function toAdyen({ amountMinor, currency }: Money): { value: number; currency: string } {
  const value =
    shift(currency) < 0 ? amountMinor / 10 ** -shift(currency) : amountMinor * 10 ** shift(currency);
  if (!Number.isSafeInteger(value)) throw new GatewayRefused(`adyen takes no parts of a ${currency}`);
  return { value, currency };
}

export function fromAdyen(value: unknown): Money {
  const json = object(value);
  const { amountMinor, currency } = amount(json['value'], json['currency']);
  const ours =
    shift(currency) > 0 ? amountMinor / 10 ** shift(currency) : amountMinor * 10 ** -shift(currency);
  return amount(ours, currency);
}

/**
 * What Adyen is told to call a payment. Its notices must say by themselves whether an authorised payment is captured as well, and
 * of what could say so only the reference is signed.
 */
export const referenceFor = ({
  paymentId,
  capture,
}: Pick<PaymentToAuthorise, 'paymentId' | 'capture'>): string =>
  capture === 'later' ? `${paymentId}${laterMark}` : paymentId;
const laterMark = '.later';

export const ourId = (reference: string): string => reference.replace(laterMark, '');

/**
 * What was paid or given back, as it is kept here: `<pspReference>.<our id>`. Adyen takes orders under the first and can't be asked
 * for the second. Undefined for a payment link, which has not been paid as far as is known.
 */
export const pspName = (pspReference: string, id: string): string => `${pspReference}.${id}`;

export function fromPspName(reference: string): { psp: string; id: string } | undefined {
  const [psp = '', id] = reference.split('.');
  return id === undefined ? undefined : { psp, id };
}

/** A link says whether it can still be paid. What became of the money only notices tell, so a link that was used is open. */
export function linkFrom(value: unknown): PaymentAtGateway {
  const json = object(value);
  return {
    paymentId: ourId(identifier(json, 'reference', 80)),
    reference: identifier(json, 'id', 64),
    checkoutUrl: text(json, 'url'),
    outcome: linkOutcome(json['status']),
  };
}

function linkOutcome(status: unknown): PaymentOutcome {
  switch (status) {
    case 'active':
    case 'paymentPending':
    case 'completed':
    case 'paid':
      return { is: 'open' };
    case 'expired':
      return { is: 'cancelled' };
    default:
      throw new UnreadableAnswer('status');
  }
}

/** One item of a notification, whose signature was found right. */
export function noticeFrom(item: Json): WebhookNotice {
  const psp = identifier(item, 'pspReference', 24);
  const event = text(item, 'eventCode');
  const success = item['success'] === 'true';
  const id = `${psp}~${event}~${success}`.slice(0, 50);
  switch (event) {
    case 'AUTHORISATION':
      // The link can be paid with another card after one was refused.
      return success ? { id, payment: authorised(item, psp) } : { id, concerns: 'nothing-of-ours' };
    case 'CAPTURE':
    case 'CAPTURE_FAILED':
    case 'CANCELLATION':
      return success
        ? { id, payment: modified(item, outcomeOf(event, item)) }
        : { id, concerns: 'nothing-of-ours' };
    case 'REFUND':
    case 'REFUND_FAILED': {
      const refundId = identifier(item, 'merchantReference', 50);
      const outcome =
        event === 'REFUND' && success
          ? ({ is: 'succeeded', refundedAt: moment(item, 'eventDate') } as const)
          : ({ is: 'failed', reason: reasonOf(item) } as const);
      return { id, refund: { refundId, reference: pspName(psp, refundId), outcome } };
    }
    default: {
      const outcome = disputes[event];
      return outcome && success
        ? { id, dispute: disputeFrom(item, psp, outcome) }
        : { id, concerns: 'nothing-of-ours' };
    }
  }
}

const disputes: Readonly<Record<string, Dispute['outcome']>> = {
  CHARGEBACK: 'opened',
  CHARGEBACK_REVERSED: 'won',
  PREARBITRATION_WON: 'won',
  SECOND_CHARGEBACK: 'lost',
  PREARBITRATION_LOST: 'lost',
};

function authorised(item: Json, psp: string): PaymentAtGateway {
  const reference = identifier(item, 'merchantReference', 80);
  const paymentId = ourId(reference);
  const paid = fromAdyen(item['amount']);
  const alias = item['additionalData'] === undefined ? undefined : object(item['additionalData'])['alias'];
  return {
    paymentId,
    reference: pspName(psp, paymentId),
    outcome: reference.endsWith(laterMark)
      ? { is: 'authorised', amount: paid }
      : { is: 'captured', amount: paid, capturedAt: moment(item, 'eventDate') },
    ...(typeof alias === 'string' && /^[\w.~-]{1,128}$/.test(alias) ? { fingerprint: alias } : {}),
  };
}

function modified(item: Json, outcome: PaymentOutcome): PaymentAtGateway {
  const paymentId = ourId(identifier(item, 'merchantReference', 80));
  return { paymentId, reference: pspName(identifier(item, 'originalReference', 24), paymentId), outcome };
}

function outcomeOf(event: 'CAPTURE' | 'CAPTURE_FAILED' | 'CANCELLATION', item: Json): PaymentOutcome {
  switch (event) {
    case 'CAPTURE':
      return { is: 'captured', amount: fromAdyen(item['amount']), capturedAt: moment(item, 'eventDate') };
    case 'CAPTURE_FAILED':
      return { is: 'declined', reason: reasonOf(item) };
    case 'CANCELLATION':
      return { is: 'cancelled' };
  }
}

const disputeFrom = (item: Json, disputeId: string, outcome: Dispute['outcome']): Dispute => ({
  disputeId,
  paymentId: ourId(identifier(item, 'merchantReference', 80)),
  amount: fromAdyen(item['amount']),
  outcome,
});

const reasonOf = (item: Json): string =>
  typeof item['reason'] === 'string' && item['reason'] !== '' ? item['reason'].slice(0, 200) : 'not told';
