import { fromMilliseconds, type Instant, type Money } from '@boxoffice/shared/kernel';
import type {
  Dispute,
  GatewayMovement,
  PaymentAtGateway,
  PaymentOutcome,
  RefundAtGateway,
  RefundOutcome,
} from '../../core/gateway';
import { amount, identifier, object, text, UnreadableAnswer, type Json } from './answer';

/** Where a link and a refund say which of ours they are, among their notes. What the shop does by hand has no such mark. */
export const mark = 'boxoffice';

/** Undefined for what is not ours. Notes that are empty come as a list. */
export function markOf(json: Json): string | undefined {
  const notes = json['notes'];
  if (typeof notes !== 'object' || notes === null || Array.isArray(notes) || !(mark in notes))
    return undefined;
  return identifier(object(notes), mark, 50);
}

export function paymentFrom(link: Json): PaymentAtGateway {
  const paymentId = markOf(link);
  if (paymentId === undefined) throw new UnreadableAnswer('notes');
  return {
    paymentId,
    reference: identifier(link, 'id', 64),
    checkoutUrl: text(link, 'short_url'),
    outcome: outcomeOf(link),
  };
}

function outcomeOf(link: Json): PaymentOutcome {
  switch (link['status']) {
    case 'created':
      return { is: 'open' };
    case 'cancelled':
    case 'expired':
      return { is: 'cancelled' };
    case 'paid': {
      const paid = capturedOf(link);
      return {
        is: 'captured',
        amount: moneyFrom({ ...link, amount: link['amount_paid'] }),
        capturedAt: momentOf(paid),
      };
    }
    default:
      throw new UnreadableAnswer('status');
  }
}

/** The payment that went through, of all that were tried. */
function capturedOf(link: Json): Json {
  const { payments } = link;
  const all = Array.isArray(payments) ? payments.map(object) : [];
  const captured = all.find(({ status }) => status === 'captured');
  if (!captured) throw new UnreadableAnswer('payments');
  return captured;
}

/** Razorpay's name for what was paid with a link; undefined where nothing was. */
export const paidWith = (link: Json): string | undefined =>
  link['status'] === 'paid' ? identifier(capturedOf(link), 'payment_id', 64) : undefined;

export function refundFrom(refund: Json): RefundAtGateway {
  const refundId = markOf(refund);
  if (refundId === undefined) throw new UnreadableAnswer('notes');
  return { refundId, reference: identifier(refund, 'id', 64), outcome: refundOutcome(refund) };
}

function refundOutcome(refund: Json): RefundOutcome {
  switch (refund['status']) {
    case 'pending':
      return { is: 'pending' };
    case 'processed':
      return { is: 'succeeded', refundedAt: momentOf(refund) }; // when it was asked for: no other time is told
    case 'failed':
      return { is: 'failed', reason: 'failed' };
    default:
      throw new UnreadableAnswer('status');
  }
}

export function disputeFrom(dispute: Json, paymentId: string): Dispute | undefined {
  const outcome = disputeOutcomes[text(dispute, 'status')];
  return (
    outcome && { disputeId: identifier(dispute, 'id', 50), paymentId, amount: moneyFrom(dispute), outcome }
  );
}

/** `closed` ends an inquiry, which took nothing. */
const disputeOutcomes: Readonly<Record<string, Dispute['outcome']>> = {
  open: 'opened',
  under_review: 'opened',
  won: 'won',
  lost: 'lost',
};

export function captureFrom(payment: Json, link: Json): GatewayMovement {
  const paid = moneyFrom(payment);
  const { fee } = payment;
  return {
    is: 'capture',
    reference: identifier(link, 'id', 64),
    ourId: markOf(link) ?? '',
    amount: paid,
    ...(typeof fee === 'number' ? { fee: amount(fee, paid.currency) } : {}),
    at: momentOf(payment),
  };
}

export function refundMovement(refund: Json): GatewayMovement {
  const ourId = markOf(refund);
  return {
    is: 'refund',
    reference: identifier(refund, 'id', 64),
    ...(ourId === undefined ? {} : { ourId }),
    amount: moneyFrom(refund),
    at: momentOf(refund),
  };
}

export const disputeMovement = (dispute: Json, link: Json): GatewayMovement => ({
  is: 'dispute',
  reference: identifier(link, 'id', 64),
  ourId: markOf(link) ?? '',
  amount: moneyFrom({ ...dispute, amount: dispute['amount_deducted'] }),
  at: momentOf(dispute),
});

const moneyFrom = (json: Json): Money => amount(json['amount'], json['currency']);

/** Seconds since 1970. */
export function momentOf({ created_at: seconds }: Json): Instant {
  if (!Number.isSafeInteger(seconds)) throw new UnreadableAnswer('created_at');
  return fromMilliseconds((seconds as number) * 1000);
}
