import { isCurrency, parseInstant, type Instant } from '@boxoffice/shared/kernel';
import type {
  GatewayMovement,
  PaymentAtGateway,
  PaymentOutcome,
  RefundAtGateway,
  RefundOutcome,
} from '../../core/gateway';

/** What the sandbox says is not what its API promises. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

type Json = Readonly<Record<string, unknown>>;

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

function amountOf(json: Json): { amountMinor: number; currency: string } {
  const amountMinor = json['amountMinor'];
  const currency = text(json, 'currency');
  if (!Number.isSafeInteger(amountMinor) || !isCurrency(currency)) throw new UnreadableAnswer('amount');
  return { amountMinor: amountMinor as number, currency };
}

export function object(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UnreadableAnswer('not an object');
  return value as Json;
}

export function text(json: Json, member: string): string {
  const value = json[member];
  if (typeof value !== 'string' || value === '' || value.length > 2000) throw new UnreadableAnswer(member);
  return value;
}

/** What is kept as a key: ASCII, and short. */
export function identifier(json: Json, member: string, longest: number): string {
  const value = text(json, member);
  if (value.length > longest || !/^[\w.~-]+$/.test(value)) throw new UnreadableAnswer(member);
  return value;
}

function moment(json: Json, member: string): Instant {
  const at = parseInstant(text(json, member));
  if (at === undefined) throw new UnreadableAnswer(member);
  return at;
}
