import {
  orderFulfilled,
  paymentCaptured,
  paymentRefunded,
  type Envelope,
  type IssuedPaper,
} from '@boxoffice/shared/contracts';
import type { Ids, Instant } from '@boxoffice/shared/kernel';
import { announce } from '@boxoffice/shared/messaging';
import type { Transaction } from 'kysely';
import { heldBy, isFree, linesOf, type Order } from '../core/order';
import type { Effect } from '../core/order-saga';
import { postCapture, postRefund, postRefundOwed, type Posting } from '../core/ledger';
import { issueCreditNote } from '../core/papers/issue-credit-note';
import { issueInvoice } from '../core/papers/issue-invoice';
import type { PaperRules } from '../core/papers/paper-book';
import type { Payment } from '../core/payment';
import { refundFor, type Refund, type RefundReason } from '../core/refund';
import { giveBackUses } from './allowance-rows';
import { giveBackGiftCards } from './gift-card-rows';
import { insertPosting } from './ledger-rows';
import { paperBook } from './paper-rows';
import { askSoon } from './payment-rows';
import { insertRefund } from './refund-rows';
import type { PaymentTables } from './tables';

/** One step of the saga, about to be made true. */
export interface Stage {
  readonly tx: Transaction<PaymentTables>;
  readonly ids: Ids;
  readonly paperRules: PaperRules;
  readonly now: Instant;
  readonly traceparent: string | undefined;
  readonly order: Order;
  readonly payment: Payment | undefined;
  readonly refund: Refund | undefined;
}

/** True when something was recorded for the bus. */
export async function carryOut(effects: readonly Effect[], stage: Stage): Promise<boolean> {
  const announced: Envelope[] = [];
  for (const effect of effects) {
    const envelope = await deeds[effect](stage);
    if (envelope) announced.push(envelope);
  }
  await announce(stage.tx, ...announced);
  return announced.length > 0;
}

const deeds: Readonly<Record<Effect, (stage: Stage) => Promise<Envelope | undefined>>> = {
  'announce-captured': async (stage) => capturedEnvelope(stage),
  'announce-fulfilled': async (stage) => {
    const { tx, order, paperRules, now } = stage;
    return fulfilledEnvelope(stage, await issueInvoice(paperBook(tx), order, paperRules, now));
  },
  'announce-refunded': async (stage) => {
    const { tx, order, paperRules, now } = stage;
    await issueCreditNote(paperBook(tx), order, refundOf(stage), paperRules, now);
    return refundedEnvelope(stage, refundOf(stage));
  },
  'return-uses': async ({ tx, order }) => {
    await giveBackUses(tx, order.orderId);
    return undefined;
  },
  'return-gift-cards': async ({ tx, order, now }) => {
    await giveBackGiftCards(tx, order, `${order.orderId}~${order.version}`, now);
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
  'post-refund': async (stage) => {
    const { refundId, gateway, amount } = refundOf(stage);
    return post(stage, postRefund(refundId, gateway, amount));
  },
  'refund-no-stock-left': (stage) => requestRefund(stage, 'no-stock-left'),
  'refund-paid-twice': (stage) => requestRefund(stage, 'paid-twice'),
};

async function requestRefund(stage: Stage, reason: RefundReason): Promise<undefined> {
  const refund = refundFor(paymentOf(stage), reason, stage.ids.next(), stage.now);
  await insertRefund(stage.tx, refund);
  return post(stage, postRefundOwed(refund.refundId, stage.order.event.organizerId, refund.amount));
}

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

function refundedEnvelope({ ids, now, traceparent, order }: Stage, refund: Refund): Envelope {
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
