import { parseInstant, type Instant, type Money } from '@boxoffice/shared/kernel';
import type { Square } from 'square';
import {
  type Dispute,
  type GatewayMovement,
  type PaymentAtGateway,
  type RefundAtGateway,
  type RefundOutcome,
} from '../../core/gateway';
import { amount, identifier, object, UnreadableAnswer } from './answer';

/** Where an order of Square says which payment of ours it is. The till's own sales have no such mark. */
export const mark = 'boxoffice_payment';

/**
 * A payment is known here as `<payment link>.<order>`, or as `<order>` where it was told of by a notice: the link is needed to close it
 * and the order for everything else.
 */
export const nameOf = (linkId: string, orderId: string): string => `${linkId}.${orderId}`;
export const orderOf = (reference: string): string => reference.split('.').at(-1) ?? '';
export const linkOf = (reference: string): string | undefined =>
  reference.includes('.') ? reference.split('.')[0] : undefined;

export function linkFrom(link: Square.PaymentLink | undefined, paymentId: string): PaymentAtGateway {
  const json = object({ ...link });
  const checkoutUrl = link?.longUrl ?? link?.url;
  if (checkoutUrl === undefined) throw new UnreadableAnswer('url');
  return {
    paymentId,
    reference: nameOf(identifier(json, 'id', 60), identifier(json, 'orderId', 60)),
    checkoutUrl,
    outcome: { is: 'open' },
  };
}

/** Undefined for what is not ours. */
export const paymentIdOf = (order: Square.Order): string | undefined => order.metadata?.[mark] ?? undefined;

/** Which of the payments of an order went through; cards that were refused leave one each. */
export const completed = (payments: readonly Square.Payment[]): Square.Payment | undefined =>
  payments.find(({ status }) => status === 'COMPLETED');

export function paymentFrom(
  order: Square.Order,
  payments: readonly Square.Payment[],
  reference: string,
): PaymentAtGateway {
  const paymentId = identifier({ mark: paymentIdOf(order) }, 'mark', 50);
  const paid = completed(payments);
  if (!paid)
    return { paymentId, reference, outcome: { is: order.state === 'CANCELED' ? 'cancelled' : 'open' } };
  const { fingerprint } = paid.cardDetails?.card ?? {};
  return {
    paymentId,
    reference,
    outcome: { is: 'captured', amount: moneyFrom(paid.amountMoney), capturedAt: momentFrom(paid.createdAt) },
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

/** Square keeps no reference of ours with a refund; its reason is ours to write. */
export function refundFrom(refund: Square.PaymentRefund | undefined): RefundAtGateway {
  if (!refund) throw new UnreadableAnswer('refund');
  return {
    refundId: identifier({ ...refund }, 'reason', 50),
    reference: identifier({ ...refund }, 'id', 128),
    outcome: refundOutcome(refund),
  };
}

export const isOurs = ({ reason }: Square.PaymentRefund): boolean => /^[\w-]{20,50}$/.test(reason ?? '');

function refundOutcome({ status, updatedAt, createdAt }: Square.PaymentRefund): RefundOutcome {
  switch (status) {
    case 'PENDING':
      return { is: 'pending' };
    case 'COMPLETED':
      return { is: 'succeeded', refundedAt: momentFrom(updatedAt ?? createdAt) };
    case 'REJECTED':
    case 'FAILED':
      return { is: 'failed', reason: status.toLowerCase() };
    default:
      throw new UnreadableAnswer('status');
  }
}

export function disputeFrom(dispute: Square.Dispute, paymentId: string): Dispute | undefined {
  const outcome = disputeOutcomes[dispute.state ?? ''];
  if (outcome === undefined) return undefined;
  const disputeId = identifier({ id: dispute.id ?? dispute.disputeId }, 'id', 50);
  return { disputeId, paymentId, amount: moneyFrom(dispute.amountMoney), outcome };
}

/** An inquiry takes no money yet. */
const disputeOutcomes: Readonly<Record<string, Dispute['outcome']>> = {
  EVIDENCE_REQUIRED: 'opened',
  PROCESSING: 'opened',
  WON: 'won',
  LOST: 'lost',
  ACCEPTED: 'lost',
};

export function captureFrom(payment: Square.Payment, ourId: string): GatewayMovement {
  const fees = payment.processingFee?.map(({ amountMoney }) => moneyFrom(amountMoney).amountMinor) ?? [];
  const paid = moneyFrom(payment.amountMoney);
  return {
    is: 'capture',
    reference: identifier({ ...payment }, 'orderId', 60),
    ourId,
    amount: paid,
    ...(fees.length === 0 ? {} : { fee: { ...paid, amountMinor: fees.reduce((sum, fee) => sum + fee, 0) } }),
    at: momentFrom(payment.createdAt),
  };
}

export const refundMovement = (refund: Square.PaymentRefund): GatewayMovement => ({
  is: 'refund',
  reference: refund.id,
  ...(isOurs(refund) ? { ourId: refund.reason ?? '' } : {}),
  amount: moneyFrom(refund.amountMoney),
  at: momentFrom(refund.createdAt),
});

/** What a dispute took, and what a dispute that was won brought back, each when Square says so. */
export function disputeMovements(
  dispute: Square.Dispute,
  payment: { readonly reference: string; readonly ourId: string },
): readonly GatewayMovement[] {
  const found = disputeFrom(dispute, payment.ourId);
  if (!found) return [];
  const taken = {
    is: 'dispute',
    ...payment,
    amount: found.amount,
    at: momentFrom(dispute.createdAt),
  } as const;
  return found.outcome === 'won'
    ? [taken, { ...taken, is: 'dispute-won', at: momentFrom(dispute.updatedAt) }]
    : [taken];
}

/** Square's smallest unit is ISO 4217's, in every currency that it settles in. */
export const toSquare = ({ amountMinor, currency }: Money): Square.Money => ({
  amount: BigInt(amountMinor),
  currency: currency as Square.Currency,
});
const moneyFrom = (money: Square.Money | undefined): Money => amount(Number(money?.amount), money?.currency);

function momentFrom(text: string | undefined): Instant {
  const at = parseInstant(text ?? '');
  if (at === undefined) throw new UnreadableAnswer('time');
  return at;
}
