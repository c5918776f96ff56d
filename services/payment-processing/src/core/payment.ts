import { sameMoney, type Instant, type Money } from '@boxoffice/shared/kernel';
import { GatewayContradicts, type PaymentAtGateway, type PaymentMethod } from './gateway';
import { askAgainAt } from './waiting';

export type PaymentState =
  | 'created' // recorded here; the gateway was not asked yet
  | 'unknown' // the gateway was asked, and did not answer
  | 'processing' // the gateway has it; the buyer is to pay
  | 'authorised' // set aside at the buyer's bank; waits to be captured or taken back
  | 'captured'
  | 'declined'
  | 'abandoned'; // taken back before it was paid

export interface Payment {
  readonly paymentId: string;
  readonly orderId: string;
  readonly userId: string;
  readonly gateway: string;
  readonly amount: Money;
  /** `later`: authorised only, until a person has looked at it. */
  readonly capture: 'at-once' | 'later';
  /** Until when it can be paid, where that is later than the order's hold. */
  readonly payBy: Instant | undefined;
  /** What the buyer asked for; whatever the gateway offers where undefined. */
  readonly method: PaymentMethod | undefined;
  readonly state: PaymentState;
  readonly reference: string | undefined;
  readonly checkoutUrl: string | undefined;
  readonly declineReason: string | undefined;
  readonly createdAt: Instant;
  readonly capturedAt: Instant | undefined;
  /** What of it went back or is on its way, in minor units: never more than the amount. */
  readonly refundedMinor: number;
  /** When to ask the gateway, unless it speaks before. */
  readonly askAt: Instant | undefined;
  readonly asks: number;
  /** The payment that was opened in its place, at another gateway. */
  readonly replacedBy: string | undefined;
  /** Of the request that opened it: a gateway's notice brings none, and what the money leads to goes on in this one. */
  readonly traceparent?: string;
  readonly version: number;
}

/** What was learnt about a payment, by whichever door: the answer to a request, a look-up, a webhook. */
export type PaymentNews =
  | Pick<PaymentAtGateway, 'reference' | 'checkoutUrl' | 'outcome' | 'fingerprint'>
  | { readonly outcome: { readonly is: 'no-answer' } }
  | { readonly outcome: { readonly is: 'declined'; readonly reason: string } };

type Heard = PaymentNews['outcome']['is'];

/**
 * Captured is for ever. Everything else may still turn out to have been captured: a bank changes its mind, a notice was
 * delayed. What ended without money stays ended, whatever older news arrives late.
 */
const lifecycle: Readonly<Record<PaymentState, Readonly<Record<Heard, PaymentState>>>> = {
  created: {
    open: 'processing',
    authorised: 'authorised',
    captured: 'captured',
    declined: 'declined',
    cancelled: 'abandoned',
    'no-answer': 'unknown',
  },
  unknown: {
    open: 'processing',
    authorised: 'authorised',
    captured: 'captured',
    declined: 'declined',
    cancelled: 'abandoned',
    'no-answer': 'unknown',
  },
  processing: {
    open: 'processing',
    authorised: 'authorised',
    captured: 'captured',
    declined: 'declined',
    cancelled: 'abandoned',
    'no-answer': 'processing',
  },
  authorised: {
    open: 'authorised',
    authorised: 'authorised',
    captured: 'captured',
    declined: 'declined',
    cancelled: 'abandoned',
    'no-answer': 'authorised',
  },
  captured: {
    open: 'captured',
    authorised: 'captured',
    captured: 'captured',
    declined: 'captured',
    cancelled: 'captured',
    'no-answer': 'captured',
  },
  declined: {
    open: 'declined',
    authorised: 'declined',
    captured: 'captured',
    declined: 'declined',
    cancelled: 'declined',
    'no-answer': 'declined',
  },
  abandoned: {
    open: 'abandoned',
    authorised: 'abandoned',
    captured: 'captured',
    declined: 'abandoned',
    cancelled: 'abandoned',
    'no-answer': 'abandoned',
  },
};

const pauses = {
  /** A webhook comes within a second; one that does not come is missed soon. */
  live: { seconds: 30, atMostSeconds: 6 * 3600 },
  /** What ended without money is looked at once more, and closed at the gateway. */
  ended: { seconds: 600, atMostSeconds: 6 * 3600 },
} as const;

export const isLive = (state: PaymentState): boolean =>
  state === 'created' || state === 'unknown' || state === 'processing' || state === 'authorised';

/** The gateway has said where to pay, or there is nothing to be paid any more: it needs not be opened again. */
export const isOpenedOrOver = ({ checkoutUrl, state }: Payment): boolean =>
  checkoutUrl !== undefined || !isLive(state);

/** When a new payment is asked about, if its own request never learns what the gateway answered. */
export const firstAsk = (now: Instant): Instant => askAgainAt(now, 0, pauses.live);

/** The payment as it is while the gateway is being asked once more: later by itself, should no answer come. */
export const asking = (payment: Payment, now: Instant): Payment => ({
  ...payment,
  asks: payment.asks + 1,
  askAt: askAgainAt(now, payment.asks + 1, isLive(payment.state) ? pauses.live : pauses.ended),
});

/** The payment after the news; the very same object where it tells nothing new. Throws GatewayContradicts. */
export function learn(payment: Payment, news: PaymentNews, now: Instant): Payment {
  const { outcome } = news;
  if (
    (outcome.is === 'captured' || outcome.is === 'authorised') &&
    !sameMoney(outcome.amount, payment.amount)
  )
    throw new GatewayContradicts(
      `payment ${payment.paymentId} is over ${payment.amount.amountMinor} ${payment.amount.currency}, ` +
        `the gateway ${outcome.is} ${outcome.amount.amountMinor} ${outcome.amount.currency}`,
    );
  const state = lifecycle[payment.state][outcome.is];
  const moved = state !== payment.state;
  const next: Payment = {
    ...payment,
    state,
    reference: nameAfter(payment, news),
    checkoutUrl: payment.checkoutUrl ?? ('checkoutUrl' in news ? news.checkoutUrl : undefined),
    declineReason: moved && outcome.is === 'declined' ? outcome.reason : payment.declineReason,
    capturedAt: moved && outcome.is === 'captured' ? outcome.capturedAt : payment.capturedAt,
  };
  const timed = {
    ...next,
    asks: moved ? 0 : next.asks,
    askAt: moved ? askAfter(next, now) : askStill(next, outcome.is),
  };
  return tellsNothingNew(payment, timed) ? payment : timed;
}

/** Some gateways name what was paid otherwise than the page where it was; it is the former that can be given back. */
function nameAfter({ reference, state }: Payment, news: PaymentNews): string | undefined {
  if (!('reference' in news)) return reference;
  const isMoney = news.outcome.is === 'captured' || news.outcome.is === 'authorised';
  return isMoney && state !== 'captured' ? news.reference : (reference ?? news.reference);
}

function askAfter(payment: Payment, now: Instant): Instant | undefined {
  if (payment.state === 'captured') return undefined;
  if (isLive(payment.state)) return askAgainAt(now, 0, pauses.live);
  // What the gateway refused to open has no reference to look up.
  return payment.reference === undefined ? undefined : askAgainAt(now, 0, pauses.ended);
}

function askStill(payment: Payment, heard: Heard): Instant | undefined {
  const lookedAtOnceMore = payment.asks > 0 && (heard === 'declined' || heard === 'cancelled');
  return !isLive(payment.state) && lookedAtOnceMore ? undefined : payment.askAt;
}

const tellsNothingNew = (before: Payment, after: Payment): boolean =>
  before.state === after.state &&
  before.reference === after.reference &&
  before.checkoutUrl === after.checkoutUrl &&
  before.askAt === after.askAt;
