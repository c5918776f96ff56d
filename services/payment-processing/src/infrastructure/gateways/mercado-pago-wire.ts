import { parseInstant, type Instant, type Money } from '@boxoffice/shared/kernel';
import type {
  Dispute,
  GatewayMovement,
  PaymentAtGateway,
  PaymentOutcome,
  RefundAtGateway,
} from '../../core/gateway';
import { identifier, object, text, UnreadableAnswer, type Json } from './answer';
import { fromDecimal } from './decimal';

/** What Mercado Pago is told to call a payment, and finds its own payments by. What the shop sells without us is not called so. */
export const referenceFor = (paymentId: string): string => mark + paymentId;
const mark = 'boxoffice-';

/** Undefined for what is not ours. */
export function ourIdOf({ external_reference: reference }: Json): string | undefined {
  if (typeof reference !== 'string' || !reference.startsWith(mark)) return undefined;
  return identifier({ id: reference.slice(mark.length) }, 'id', 50);
}

/** Payments have numbers for names, preferences have not. */
export const isPaymentName = (reference: string): boolean => /^\d+$/.test(reference);

/** A page to pay at, and what was paid there. One that is said to end when it began was closed. */
export function fromPreference(preference: Json, payments: readonly Json[]): PaymentAtGateway {
  const ended =
    preference['expires'] === true &&
    momentIn(preference, 'expiration_date_to') <= momentIn(preference, 'date_created');
  return {
    paymentId: oursIn(preference),
    reference: identifier(preference, 'id', 128),
    checkoutUrl: text(preference, 'init_point'),
    outcome: capturedAmong(payments) ?? { is: ended ? 'cancelled' : 'open' },
  };
}

export const fromPayment = (payment: Json): PaymentAtGateway => ({
  paymentId: oursIn(payment),
  reference: nameOf(payment),
  outcome: capturedAmong([payment]) ?? { is: 'open' },
});

/** Refused cards and slips that nobody paid leave a payment each. */
function capturedAmong(payments: readonly Json[]): PaymentOutcome | undefined {
  const payment = payments.find(isCaptured);
  return (
    payment && { is: 'captured', amount: moneyIn(payment), capturedAt: momentIn(payment, 'date_approved') }
  );
}

/** What was given or taken back again was captured before. */
export const isCaptured = ({ status }: Json): boolean =>
  status === 'approved' || status === 'in_mediation' || status === 'refunded' || status === 'charged_back';
export const isPending = ({ status }: Json): boolean => status === 'pending' || status === 'in_process';

/** Mercado Pago keeps no name of ours for a refund, and tells of none by itself: whoever asks knows which of ours it is. */
export function fromRefund(refund: Json, refundId: string): RefundAtGateway {
  const reference = refundName(refund);
  switch (refund['status']) {
    case 'in_process':
      return { refundId, reference, outcome: { is: 'pending' } };
    case 'approved':
      return {
        refundId,
        reference,
        outcome: { is: 'succeeded', refundedAt: momentIn(refund, 'date_created') },
      };
    case 'rejected':
    case 'cancelled':
      return { refundId, reference, outcome: { is: 'failed', reason: refund['status'] } };
    default:
      throw new UnreadableAnswer('status');
  }
}

/** Undefined where the bank takes nothing back. A payment is disputed once, so it lends the dispute its name. */
export function disputeFrom(payment: Json): Dispute | undefined {
  if (payment['status'] !== 'charged_back') return undefined;
  const outcome = disputeOutcomes[text(payment, 'status_detail')];
  return (
    outcome && { disputeId: nameOf(payment), paymentId: oursIn(payment), amount: moneyIn(payment), outcome }
  );
}

const disputeOutcomes: Readonly<Record<string, Dispute['outcome']>> = {
  in_process: 'opened',
  settled: 'lost',
  reimbursed: 'won',
};

export function captureFrom(payment: Json): GatewayMovement {
  const amount = moneyIn(payment);
  const fee = feeIn(payment, amount.currency);
  return {
    is: 'capture',
    reference: nameOf(payment),
    ourId: oursIn(payment),
    amount,
    ...(fee === undefined ? {} : { fee }),
    at: momentIn(payment, 'date_approved'),
  };
}

export const refundMovement = (refund: Json, payment: Json): GatewayMovement => ({
  is: 'refund',
  reference: refundName(refund),
  amount: fromDecimal(refund['amount'], payment['currency_id']),
  at: momentIn(refund, 'date_created'),
});

/** What the shop pays of it; the buyer may pay for instalments. */
function feeIn({ fee_details: fees }: Json, currency: string): Money | undefined {
  if (!Array.isArray(fees)) return undefined;
  const ours = fees.map(object).filter(({ fee_payer }) => fee_payer === 'collector');
  const amounts = ours.map(({ amount }) => fromDecimal(amount, currency).amountMinor);
  return { amountMinor: amounts.reduce((sum, fee) => sum + fee, 0), currency };
}

export const nameOf = (payment: Json): string => numeral(payment, 'id');
const refundName = (refund: Json): string => `${numeral(refund, 'payment_id')}.${numeral(refund, 'id')}`;
const moneyIn = (payment: Json): Money => fromDecimal(payment['transaction_amount'], payment['currency_id']);

function oursIn(json: Json): string {
  const ours = ourIdOf(json);
  if (ours === undefined) throw new UnreadableAnswer('external_reference');
  return ours;
}

/** Names are numbers, and now and then numbers in quotes. */
function numeral(json: Json, member: string): string {
  const name = String(json[member]);
  if (!/^\d{1,20}$/.test(name)) throw new UnreadableAnswer(member);
  return name;
}

export function momentIn(json: Json, member: string): Instant {
  const at = parseInstant(text(json, member));
  if (at === undefined) throw new UnreadableAnswer(member);
  return at;
}
