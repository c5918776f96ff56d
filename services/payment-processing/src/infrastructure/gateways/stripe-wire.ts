import { fromMilliseconds, idPattern, type Instant } from '@boxoffice/shared/kernel';
import type {
  Dispute,
  GatewayMovement,
  PaymentAtGateway,
  PaymentOutcome,
  RefundAtGateway,
  RefundOutcome,
} from '../../core/gateway';
import { identifier, object, text, UnreadableAnswer, type Json } from './answer';
import { fromStripe } from './stripe-money';

/**
 * A Checkout Session. With its PaymentIntent and charge expanded it tells all; as a notice shows it, `at` is when that was
 * and there is no telling whether money that is not captured was set aside.
 */
export function paymentFrom(value: unknown, at?: Instant): PaymentAtGateway {
  const session = object(value);
  const intent = expanded(session['payment_intent']);
  const url = session['url'];
  const fingerprint = fingerprintOf(intent);
  return {
    paymentId: ourId(session, 'paymentId'),
    reference: identifier(session, 'id', 128),
    ...(typeof url === 'string' ? { checkoutUrl: url } : {}),
    outcome: outcomeOf(session, intent, at),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

function outcomeOf(session: Json, intent: Json | undefined, at: Instant | undefined): PaymentOutcome {
  switch (session['status']) {
    case 'open':
      return { is: 'open' }; // also after a card was declined: the buyer may try another
    case 'expired':
      return { is: 'cancelled' };
    case 'complete':
      if (intent) return intentOutcome(intent);
      return session['payment_status'] === 'paid' && at !== undefined
        ? {
            is: 'captured',
            amount: fromStripe(session['amount_total'], session['currency']),
            capturedAt: at,
          }
        : { is: 'open' };
    default:
      throw new UnreadableAnswer('status');
  }
}

function intentOutcome(intent: Json): PaymentOutcome {
  switch (intent['status']) {
    case 'succeeded':
      return {
        is: 'captured',
        amount: fromStripe(intent['amount_received'], intent['currency']),
        capturedAt: capturedAt(intent),
      };
    case 'requires_capture':
      return { is: 'authorised', amount: fromStripe(intent['amount_capturable'], intent['currency']) };
    case 'canceled':
      return { is: 'cancelled' };
    // The session is over: nobody can pay it with something else.
    case 'requires_payment_method':
      return { is: 'declined', reason: declineReason(intent) };
    case 'processing':
    case 'requires_action':
    case 'requires_confirmation':
      return { is: 'open' };
    default:
      throw new UnreadableAnswer('payment_intent.status');
  }
}

/** A charge is as old as its authorisation; the movement on the balance is the capture. */
function capturedAt(intent: Json): Instant {
  const charge = object(intent['latest_charge']);
  return seconds(expanded(charge['balance_transaction']) ?? charge, 'created');
}

function declineReason(intent: Json): string {
  const message = expanded(intent['last_payment_error'])?.['message'];
  return typeof message === 'string' && message !== '' ? message : 'The payment did not go through.';
}

/** Of the card, or of the account behind another method: each kind of method has its own member. */
function fingerprintOf(intent: Json | undefined): string | undefined {
  const details = expanded(expanded(intent?.['latest_charge'])?.['payment_method_details']);
  const fingerprint = expanded(details?.[String(details['type'])])?.['fingerprint'];
  return typeof fingerprint === 'string' ? fingerprint : undefined;
}

export function refundFrom(value: unknown): RefundAtGateway {
  const refund = object(value);
  return {
    refundId: ourId(refund, 'refundId'),
    reference: identifier(refund, 'id', 128),
    outcome: refundOutcome(refund),
  };
}

function refundOutcome(refund: Json): RefundOutcome {
  switch (refund['status']) {
    case 'pending':
    case 'requires_action':
      return { is: 'pending' };
    case 'succeeded':
      return { is: 'succeeded', refundedAt: seconds(refund, 'created') };
    case 'failed':
    case 'canceled':
      return { is: 'failed', reason: failureOf(refund) };
    default:
      throw new UnreadableAnswer('status');
  }
}

function failureOf({ failure_reason: reason }: Json): string {
  return typeof reason === 'string' ? reason : 'Stripe does not say why.';
}

/** `event` is the notice's type: the status of a dispute does not tell whether the money moved. */
export function disputeFrom(value: unknown, event: string, paymentId: string): Dispute | undefined {
  const dispute = object(value);
  const outcome = disputeOutcome(event, dispute['status']);
  if (!outcome) return undefined;
  const amount = fromStripe(dispute['amount'], dispute['currency']);
  return { disputeId: identifier(dispute, 'id', 128), paymentId, amount, outcome };
}

function disputeOutcome(event: string, status: unknown): Dispute['outcome'] | undefined {
  if (event === 'charge.dispute.funds_withdrawn') return 'opened';
  if (event === 'charge.dispute.funds_reinstated') return 'won';
  return event === 'charge.dispute.closed' && status === 'lost' ? 'lost' : undefined;
}

/** One row of Stripe's balance with its source expanded; undefined for what is not a buyer's money: payouts, fees of its own. */
export function movementFrom(value: unknown): GatewayMovement | undefined {
  const row = object(value);
  const is = kindOf(row);
  const source = expanded(row['source']);
  // A refund that failed came back by another row: together they moved nothing.
  if (!is || !source || source['status'] === 'failed') return undefined;
  // The row is in the currency of the account, its source in that which the buyer paid in.
  const amount = fromStripe(source[is === 'capture' ? 'amount_captured' : 'amount'], source['currency']);
  const ours = expanded(source['metadata'])?.[is === 'capture' ? 'paymentId' : 'refundId'];
  return {
    is,
    reference: identifier(source, 'id', 128),
    ...(typeof ours === 'string' ? { ourId: ours } : {}),
    amount,
    fee: fromStripe(row['fee'], row['currency']),
    at: seconds(row, 'created'),
  };
}

function kindOf(row: Json): GatewayMovement['is'] | undefined {
  switch (row['reporting_category']) {
    case 'charge':
      return 'capture';
    case 'refund':
      return 'refund';
    case 'dispute':
      return 'dispute';
    case 'dispute_reversal':
      return 'dispute-won';
    default:
      return undefined;
  }
}

export const isOurs = (value: unknown, id: 'paymentId' | 'refundId'): boolean =>
  idPattern.test(String(expanded(object(value)['metadata'])?.[id]));

function ourId(json: Json, member: 'paymentId' | 'refundId'): string {
  const id = text(object(json['metadata']), member);
  if (!idPattern.test(id)) throw new UnreadableAnswer(member);
  return id;
}

/** What Stripe shows in full only where asked to; undefined where it is absent or a mere id. */
export const expanded = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null ? (value as Json) : undefined;

export function seconds(json: Json, member: string): Instant {
  const value = json[member];
  if (!Number.isSafeInteger(value)) throw new UnreadableAnswer(member);
  return fromMilliseconds((value as number) * 1000);
}
