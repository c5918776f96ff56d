import {
  orderCancelled,
  orderFulfilled,
  paymentCaptured,
  paymentRefunded,
  type Envelope,
  type IssuedPaper,
} from '@boxoffice/shared/contracts';
import { add, zero, type Ids, type Instant, type Money } from '@boxoffice/shared/kernel';
import { announce } from '@boxoffice/shared/messaging';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Transaction } from 'kysely';
import { heldBy, isFree, linesOf, type Order } from '../core/order';
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
import type { PaperRules } from '../core/papers/paper-book';
import type { StepAbout } from '../core/ports';
import type { Payment } from '../core/payment';
import { cardMoneyOf } from '../core/ticket-money';
import { feeOn, type PlatformFee } from '../core/platform-fee';
import { refundFor, wholeRefund, type Refund, type RefundReason } from '../core/refund';
import { giveBackUses } from './allowance-rows';
import { countFee, countRefund, countSale } from './event-figures';
import { giveBackGiftCards } from './gift-card-rows';
import { insertPosting } from './ledger-rows';
import { paperBook } from './paper-rows';
import { askSoon, giveUp, setAside } from './payment-rows';
import { insertRefund } from './refund-rows';
import type { PaymentTables } from './tables';

/** One step of the saga, about to be made true. */
export interface Stage extends StepAbout {
  readonly tx: Transaction<PaymentTables>;
  readonly ids: Ids;
  readonly paperRules: PaperRules;
  readonly now: Instant;
  readonly traceparent: string | undefined;
  readonly order: Order;
  readonly fee: PlatformFee;
}

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
    const { refundId, paymentId, amount } = refundOf(stage);
    await credit(stage, { cause: refundId, paymentId, amount });
    return refundedEnvelope(stage, refundOf(stage));
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
  'void-late-tickets': async (stage) => refundedEnvelope(stage, refundOf(stage)),
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
  if (order.paymentId === paymentId) await countRefund(tx, order, refund, voidWith(order, refund));
  // What is left of the order's gift cards goes back with the last of its money.
  const byCards = cardMoneyOf(order, refund.ticketIds);
  if (byCards.amountMinor > 0 && order.state === 'partly-refunded')
    stage.toCards.push(await giveBackGiftCards(tx, order, refundId, stage.now, byCards));
  const from = settledBy === undefined ? gatewayAccount(gateway) : 'by-hand';
  return post(stage, postRefund(refundId, from, amount));
}

/** With the last of the money go the tickets that came after it was asked for. */
const voidWith = ({ state, paymentId, tickets }: Order, refund: Refund): readonly string[] =>
  refund.ticketIds.length === 0 && state === 'refunded' && paymentId === refund.paymentId
    ? tickets.map(({ ticketId }) => ticketId)
    : refund.ticketIds;

async function post({ tx, order, now }: Stage, posting: Posting): Promise<undefined> {
  await insertPosting(tx, posting, order.orderId, now);
}

// Said again, it is the same fact under a new id: the consumer, who knows the order, is to answer again.
function capturedEnvelope({ ids, now, traceparent, order }: Stage): Envelope {
  const data = {
    orderId: order.orderId,
    ...(isFree(order) || order.paymentId === undefined ? {} : { paymentId: order.paymentId }),
    eventId: order.event.eventId,
    holdId: order.holdId,
    userId: order.userId,
    lines: heldBy(order),
    amount: order.price.due,
    capturedAt: order.paidAt ?? now,
  };
  return paymentCaptured.announce(ids.next(), order.orderId, now, data, traceparent);
}

function fulfilledEnvelope({ ids, now, traceparent, order }: Stage, receipt: IssuedPaper): Envelope {
  const { eventId, title, startsAt, endsAt, timeZone, venueName, venueAddress } = order.event;
  const data = {
    orderId: order.orderId,
    userId: order.userId,
    buyer: addresseeOf(order),
    event: { eventId, title, startsAt, endsAt, timeZone, venueName, venueAddress },
    lines: linesOf(order),
    total: order.price.total,
    receiptNumber: receipt.number,
    receipt,
    tickets: order.tickets,
    fulfilledAt: order.fulfilledAt ?? now,
  };
  return orderFulfilled.announce(ids.next(), order.orderId, now, data, traceparent);
}

function cancelledEnvelope({ ids, now, traceparent, order, because }: Stage): Envelope {
  const { orderId, event, userId, tickets, price } = order;
  const data = {
    orderId,
    eventId: event.eventId,
    eventTitle: event.title,
    userId,
    buyer: addresseeOf(order),
    // Whoever has had tickets loses them with the event alone.
    reason: because ?? ('event-cancelled' as const),
    cancelledAt: now,
    ticketIds: tickets.map(({ ticketId }) => ticketId),
    // No gateway was asked for any of it.
    ...(price.giftCards.length === 0 ? {} : { returnedToGiftCards: price.total }),
  };
  return orderCancelled.announce(ids.next(), orderId, now, data, traceparent);
}

function refundedEnvelope({ ids, now, traceparent, order }: Stage, refund: Refund): Envelope {
  const ticketIds = voidWith(order, refund);
  const data = {
    orderId: order.orderId,
    paymentId: refund.paymentId,
    refundId: refund.refundId,
    eventId: order.event.eventId,
    eventTitle: order.event.title,
    userId: order.userId,
    buyer: addresseeOf(order),
    amount: refund.amount,
    reason: refund.reason,
    refundedAt: refund.refundedAt ?? now,
    ...(ticketIds.length === 0 ? {} : { ticketIds }),
  };
  return paymentRefunded.announce(ids.next(), order.orderId, now, data, traceparent);
}

const addresseeOf = ({ buyer: { name, email } }: Order) => ({ name, email });

function paymentOf({ order, payment }: Stage): Payment {
  if (!payment) throw new Error(`order ${order.orderId}: this step needs its payment`);
  return payment;
}

function refundOf({ order, refund }: Stage): Refund {
  if (!refund) throw new Error(`order ${order.orderId}: this step needs its refund`);
  return refund;
}
