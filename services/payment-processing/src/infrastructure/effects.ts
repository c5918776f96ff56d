import type { Envelope } from '@boxoffice/shared/contracts';
import { add, zero, type Money } from '@boxoffice/shared/kernel';
import { announce } from '@boxoffice/shared/messaging';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Effect } from '../core/order-saga';
import {
  gatewayAccount,
  postCapture,
  postFee,
  postRefund,
  postRefundFailed,
  postRefundOwed,
  type Posting,
} from '../core/ledger';
import { issueCreditNote, type Credited } from '../core/papers/issue-credit-note';
import { issueInvoice } from '../core/papers/issue-invoice';
import type { Payment } from '../core/payment';
import { cardMoneyOf } from '../core/ticket-money';
import { feeOn } from '../core/platform-fee';
import { refundFor, wholeRefund, type Refund, type RefundReason } from '../core/refund';
import { giveBackUses } from './allowance-rows';
import { cancelledEnvelope, capturedEnvelope, fulfilledEnvelope, refundedEnvelope } from './envelopes';
import { countFee, countRefund, countSale } from './event-figures';
import { giveBackGiftCards } from './gift-card-rows';
import { insertPosting } from './ledger-rows';
import { paperBook } from './paper-rows';
import { askSoon, giveUp, setAside } from './payment-rows';
import { insertRefund } from './refund-rows';
import type { Stage } from './stage';

/** A stage on which effects follow each other: what one has put back on gift cards is credited by the next. */
interface Step extends Stage {
  readonly toCards: Money[];
}

/** True when something was recorded for the bus. */
export async function carryOut(effects: readonly Effect[], stage: Stage): Promise<boolean> {
  const announced: Envelope[] = [];
  const step = { ...stage, toCards: [] };
  for (const effect of effects) {
    const envelope = await deeds[effect](step);
    if (envelope) announced.push(envelope);
  }
  await announce(stage.tx, ...announced);
  return announced.length > 0;
}

const deeds: Readonly<Record<Effect, (stage: Step) => Promise<Envelope | undefined>>> = {
  'announce-captured': async (stage) => capturedEnvelope(stage),
  'announce-fulfilled': async (stage) => {
    const { tx, order, paperRules, now } = stage;
    return fulfilledEnvelope(stage, await issueInvoice(paperBook(tx), order, paperRules, now));
  },
  'announce-refunded': async (stage) => {
    const refund = refundOf(stage);
    const { refundId, paymentId, amount } = refund;
    await credit(stage, { cause: refundId, paymentId, amount });
    return refundedEnvelope(stage, refund, refund.ticketIds);
  },
  'announce-cancelled': async (stage) => cancelledEnvelope(stage),
  'return-uses': async ({ tx, order }) => {
    await giveBackUses(tx, order.orderId);
    return undefined;
  },
  'return-gift-cards': async ({ tx, order, now, toCards }) => {
    toCards.push(await giveBackGiftCards(tx, order, `${order.orderId}~${order.version}`, now));
    return undefined;
  },
  'credit-gift-cards': async (stage) => {
    const { paymentId, price } = stage.order;
    await credit(stage, { cause: 'called-off', paymentId, amount: zero(price.total.currency) });
    return undefined;
  },
  'close-other-payment': async ({ tx, order, now }) => {
    if (order.livePaymentId !== undefined) await askSoon(tx, order.livePaymentId, now);
    return undefined;
  },
  'post-capture': async (stage) => {
    const { paymentId, gateway, amount } = paymentOf(stage);
    return post(stage, postCapture(paymentId, gateway, stage.order.event.organizerId, amount));
  },
  'count-sale': async ({ tx, order }) => {
    await countSale(tx, order);
    return undefined;
  },
  'post-fee': async (stage) => {
    const { tx, order, fee } = stage;
    const kept = feeOn(order.price.due, fee);
    if (kept.amountMinor === 0) return undefined;
    await countFee(tx, order, kept);
    return post(stage, postFee(order.orderId, order.event.organizerId, kept));
  },
  'post-refund': postRefundDone,
  'post-refund-failed': async (stage) => {
    const { refundId, paymentId, amount } = refundOf(stage);
    await giveUp(stage.tx, paymentId, amount.amountMinor);
    return post(stage, postRefundFailed(refundId, stage.order.event.organizerId, amount));
  },
  'refund-no-tickets': (stage) => refundWhole(stage, stage.because ?? 'no-stock-left'),
  'refund-paid-twice': (stage) => refundWhole(stage, 'paid-twice'),
  'refund-given-up': (stage) => refundWhole(stage, 'buyer-asked'),
  'request-refund': (stage) => record(stage, refundOf(stage)),
  'void-late-tickets': async (stage) =>
    refundedEnvelope(
      stage,
      refundOf(stage),
      stage.order.tickets.map(({ ticketId }) => ticketId),
    ),
};

function refundWhole(stage: Stage, reason: RefundReason): Promise<undefined> {
  const payment = paymentOf(stage);
  const { ids, now, order } = stage;
  return record(
    stage,
    refundFor(payment, order.event.eventId, wholeRefund(payment, reason), ids.next(), now),
  );
}

async function record(stage: Stage, refund: Refund): Promise<undefined> {
  const { refundId, paymentId, amount } = refund;
  // Another refund took what was left while this one was decided on: it is decided anew.
  if (!(await setAside(stage.tx, paymentId, amount.amountMinor)))
    throw new StaleVersion(`payment ${paymentId}`);
  await insertRefund(stage.tx, refund);
  return post(stage, postRefundOwed(refundId, stage.order.event.organizerId, amount));
}

async function credit(step: Step, back: Omit<Credited, 'toCards'>): Promise<void> {
  const { tx, order, paperRules, now } = step;
  const toCards = add(zero(order.price.total.currency), ...step.toCards);
  await issueCreditNote(paperBook(tx), order, { ...back, toCards }, paperRules, now);
}

async function postRefundDone(stage: Step): Promise<undefined> {
  const { tx, order } = stage;
  const refund = refundOf(stage);
  const { refundId, paymentId, gateway, amount, failure, settledBy } = refund;
  if (failure !== undefined) {
    // It had failed, and was owed no more. A fact now: it can't be refused, not even for going above what was captured.
    await giveUp(tx, paymentId, -amount.amountMinor);
    await post(stage, postRefundOwed(refundId, order.event.organizerId, amount, 'again'));
  }
  if (order.paymentId === paymentId) await countRefund(tx, order, refund, refund.ticketIds);
  // What is left of the order's gift cards goes back with the last of its money.
  const byCards = cardMoneyOf(order, refund.ticketIds);
  if (byCards.amountMinor > 0 && order.state === 'partly-refunded')
    stage.toCards.push(await giveBackGiftCards(tx, order, refundId, stage.now, byCards));
  const from = settledBy === undefined ? gatewayAccount(gateway) : 'by-hand';
  return post(stage, postRefund(refundId, from, amount));
}

async function post({ tx, order, now }: Stage, posting: Posting): Promise<undefined> {
  await insertPosting(tx, posting, order.orderId, now);
}

function paymentOf({ order, payment }: Stage): Payment {
  if (!payment) throw new Error(`order ${order.orderId}: this step needs its payment`);
  return payment;
}

function refundOf({ order, refund }: Stage): Refund {
  if (!refund) throw new Error(`order ${order.orderId}: this step needs its refund`);
  return refund;
}
