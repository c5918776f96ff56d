import type {
  GatewayMovement,
  PaymentAtGateway,
  PaymentOutcome,
  RefundAtGateway,
  RefundOutcome,
} from '../../core/gateway';
import { amount, identifier, moment, object, text, UnreadableAnswer, type Json } from './answer';

export function paymentFrom(value: unknown): PaymentAtGateway {
  const json = object(value);
  return {
    paymentId: identifier(json, 'clientReference', 50),
    reference: identifier(json, 'reference', 128),
    checkoutUrl: text(json, 'checkoutUrl'),
    outcome: paymentOutcome(json),
    ...(json['fingerprint'] === undefined ? {} : { fingerprint: identifier(json, 'fingerprint', 128) }),
  };
}

export function refundFrom(value: unknown): RefundAtGateway {
  const json = object(value);
  return {
    refundId: identifier(json, 'clientReference', 50),
    reference: identifier(json, 'reference', 128),
    outcome: refundOutcome(json),
  };
}

/** A page of the gateway's own books; `next`, where there is another, is what the next one comes after. */
export function movementsFrom(value: unknown): {
  readonly items: readonly GatewayMovement[];
  readonly next: string | undefined;
} {
  const { items, next } = object(value);
  if (!Array.isArray(items)) throw new UnreadableAnswer('items');
  return {
    items: items.map((item: unknown) => {
      const json = object(item);
      const is = json['is'];
      if (is !== 'capture' && is !== 'refund') throw new UnreadableAnswer('is');
      return {
        is,
        reference: identifier(json, 'reference', 128),
        ourId: identifier(json, 'clientReference', 50),
        amount: amountOf(json),
        at: moment(json, 'at'),
      };
    }),
    next: typeof next === 'number' ? String(next) : undefined,
  };
}

function paymentOutcome(json: Json): PaymentOutcome {
  switch (json['status']) {
    case 'open':
    case 'pending':
      return { is: 'open' };
    case 'authorised':
      return { is: 'authorised', amount: amountOf(json) };
    case 'captured':
      return { is: 'captured', amount: amountOf(json), capturedAt: moment(json, 'capturedAt') };
    case 'declined':
      return { is: 'declined', reason: text(json, 'declineReason') };
    case 'cancelled':
      return { is: 'cancelled' };
    default:
      throw new UnreadableAnswer('status');
  }
}

function refundOutcome(json: Json): RefundOutcome {
  switch (json['status']) {
    case 'pending':
      return { is: 'pending' };
    case 'succeeded':
      return { is: 'succeeded', refundedAt: moment(json, 'refundedAt') };
    case 'failed':
      return { is: 'failed', reason: text(json, 'failure') };
    default:
      throw new UnreadableAnswer('status');
  }
}

const amountOf = (json: Json) => amount(json['amountMinor'], json['currency']);
