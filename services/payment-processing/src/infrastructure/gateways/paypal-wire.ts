import { idPattern } from '@boxoffice/shared/kernel';
import type {
  Dispute,
  GatewayMovement,
  PaymentAtGateway,
  PaymentOutcome,
  RefundAtGateway,
  RefundOutcome,
} from '../../core/gateway';
import { identifier, moment, object, text, UnreadableAnswer, type Json } from './answer';
import { fromPayPal } from './paypal-money';

/** PayPal keeps an order that nobody is to pay any more: it is marked as ours and over, and never captured. */
const over = 'over~';
export const markedAsOver = (paymentId: string): string => `${over}${paymentId}`;

/** What PayPal knows of an order (Orders v2), and where in it the money is. */
export interface OrderThere {
  readonly payment: PaymentAtGateway;
  readonly status: string;
  readonly isOver: boolean;
  readonly intent: 'CAPTURE' | 'AUTHORIZE';
  /** Ids of what hangs on it. */
  readonly authorization: string | undefined;
  readonly capture: string | undefined;
  readonly refunds: readonly unknown[];
}

export function orderFrom(value: unknown): OrderThere {
  const order = object(value);
  const unit = object(list(order, 'purchase_units')[0]);
  const payments = unit['payments'] === undefined ? {} : object(unit['payments']);
  const [capture] = list(payments, 'captures').map(object);
  const [authorization] = list(payments, 'authorizations').map(object);
  const mark = text(unit, 'custom_id');
  const isOver = mark.startsWith(over);
  const status = text(order, 'status');
  const checkoutUrl = payableAt(order);
  return {
    payment: {
      paymentId: ourId(isOver ? mark.slice(over.length) : mark),
      reference: identifier(order, 'id', 128),
      ...(checkoutUrl === undefined ? {} : { checkoutUrl }),
      outcome: outcomeOf(status, isOver, capture, authorization),
    },
    status,
    isOver,
    intent: order['intent'] === 'AUTHORIZE' ? 'AUTHORIZE' : 'CAPTURE',
    authorization: authorization && identifier(authorization, 'id', 128),
    capture: capture && identifier(capture, 'id', 128),
    refunds: list(payments, 'refunds'),
  };
}

function outcomeOf(
  status: string,
  isOver: boolean,
  capture: Json | undefined,
  authorization: Json | undefined,
): PaymentOutcome {
  if (capture) return captureOutcome(capture);
  if (authorization) return authorizationOutcome(authorization);
  return isOver || status === 'VOIDED' ? { is: 'cancelled' } : { is: 'open' };
}

function captureOutcome(capture: Json): PaymentOutcome {
  switch (capture['status']) {
    case 'COMPLETED':
    case 'PARTIALLY_REFUNDED':
    case 'REFUNDED':
      return {
        is: 'captured',
        amount: amountOf(capture, 'amount'),
        capturedAt: moment(capture, 'create_time'),
      };
    case 'PENDING':
      return { is: 'open' };
    case 'DECLINED':
    case 'FAILED':
      return { is: 'declined', reason: reasonOf(capture) };
    default:
      throw new UnreadableAnswer('capture.status');
  }
}

function authorizationOutcome(authorization: Json): PaymentOutcome {
  switch (authorization['status']) {
    case 'CREATED':
      return { is: 'authorised', amount: amountOf(authorization, 'amount') };
    case 'PENDING':
    case 'CAPTURED': // its capture is on the way
    case 'PARTIALLY_CAPTURED':
      return { is: 'open' };
    case 'DENIED':
      return { is: 'declined', reason: reasonOf(authorization) };
    case 'VOIDED':
    case 'EXPIRED':
      return { is: 'cancelled' };
    default:
      throw new UnreadableAnswer('authorization.status');
  }
}

/** A capture by itself, as a notice shows it. */
export const capturedFrom = (capture: Json): PaymentAtGateway => ({
  paymentId: ourId(text(capture, 'custom_id')),
  reference: identifier(object(object(capture['supplementary_data'])['related_ids']), 'order_id', 128),
  outcome: captureOutcome(capture),
});

export function refundFrom(value: unknown): RefundAtGateway {
  const refund = object(value);
  return {
    refundId: ourId(text(refund, 'custom_id')),
    reference: identifier(refund, 'id', 128),
    outcome: refundOutcome(refund),
  };
}

function refundOutcome(refund: Json): RefundOutcome {
  switch (refund['status']) {
    case 'PENDING':
      return { is: 'pending' };
    case 'COMPLETED':
      return { is: 'succeeded', refundedAt: moment(refund, 'create_time') };
    case 'CANCELLED':
    case 'FAILED':
      return { is: 'failed', reason: reasonOf(refund) };
    default:
      throw new UnreadableAnswer('refund.status');
  }
}

/** Undefined where it is no payment of ours. */
export function disputeFrom(dispute: Json): Dispute | undefined {
  const paymentId = list(dispute, 'disputed_transactions').map((one) => object(one)['custom'])[0];
  if (!isOurs(paymentId)) return undefined;
  return {
    disputeId: identifier(dispute, 'dispute_id', 128),
    paymentId,
    amount: amountOf(dispute, 'dispute_amount'),
    outcome: disputeOutcome(dispute),
  };
}

function disputeOutcome(dispute: Json): Dispute['outcome'] {
  if (dispute['status'] !== 'RESOLVED') return 'opened';
  switch (object(dispute['dispute_outcome'])['outcome_code']) {
    case 'RESOLVED_SELLER_FAVOUR':
    case 'RESOLVED_WITH_PAYOUT': // PayPal bears it
    case 'CANCELED_BY_BUYER':
    case 'DENIED':
    case 'NONE':
      return 'won';
    case 'RESOLVED_BUYER_FAVOUR':
    case 'ACCEPTED':
      return 'lost';
    default:
      throw new UnreadableAnswer('outcome_code');
  }
}

/** A page of the transaction search; undefined for rows that are not a buyer's money. */
export function movementsFrom(value: unknown): {
  readonly items: readonly (GatewayMovement | undefined)[];
  readonly pages: number;
} {
  const page = object(value);
  const pages = page['total_pages'];
  if (typeof pages !== 'number') throw new UnreadableAnswer('total_pages');
  return {
    items: list(page, 'transaction_details').map((row) =>
      movementFrom(object(object(row)['transaction_info'])),
    ),
    pages,
  };
}

function movementFrom(row: Json): GatewayMovement | undefined {
  const is = kindOf(text(row, 'transaction_event_code'));
  // S: it went through. Others were denied, wait, or were taken back whole.
  if (!is || row['transaction_status'] !== 'S') return undefined;
  const ours = row['custom_field'];
  return {
    is,
    reference: identifier(row, 'transaction_id', 128),
    ...(isOurs(ours) ? { ourId: ours } : {}),
    amount: amountOf(row, 'transaction_amount'),
    ...(row['fee_amount'] === undefined ? {} : { fee: amountOf(row, 'fee_amount') }),
    at: moment(row, 'transaction_initiation_date'),
  };
}

/** Source: developer.paypal.com/docs/transaction-search/transaction-event-codes. */
function kindOf(code: string): GatewayMovement['is'] | undefined {
  if (/^T00(?!02|01)/.test(code)) return 'capture'; // not mass payments (01) nor subscriptions (02)
  if (code === 'T1107') return 'refund';
  if (code === 'T1106' || code === 'T1110' || code === 'T1201') return 'dispute'; // reversed, held, charged back
  return code === 'T1111' || code === 'T1202' ? 'dispute-won' : undefined;
}

function payableAt(order: Json): string | undefined {
  const links = list(order, 'links').map(object);
  const link = links.find(({ rel }) => rel === 'payer-action' || rel === 'approve');
  return link && text(link, 'href');
}

function reasonOf({ status_details: details, status }: Json): string {
  const reason = details === undefined ? undefined : object(details)['reason'];
  return typeof reason === 'string' ? reason : String(status);
}

function amountOf(json: Json, member: string) {
  const { value, currency_code } = object(json[member]);
  return fromPayPal(value, currency_code);
}

export const isOurs = (value: unknown): value is string => typeof value === 'string' && idPattern.test(value);

function ourId(id: string): string {
  if (!isOurs(id)) throw new UnreadableAnswer('custom_id');
  return id;
}

function list(json: Json, member: string): readonly unknown[] {
  const value = json[member] ?? [];
  if (!Array.isArray(value)) throw new UnreadableAnswer(member);
  return value as readonly unknown[];
}
