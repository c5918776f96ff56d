import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookFault } from '../../core/gateway';
import { identifier, object, text, type Json } from './answer';

/** HMAC-SHA256 over the body, in hexadecimal. The package can tell too, but compares in a time that tells how much was right. */
export function razorpayFault(
  header: string | undefined,
  rawBody: Uint8Array,
  webhookSecret: string,
): WebhookFault | undefined {
  if (header === undefined || header === '') return 'unsigned';
  const right = createHmac('sha256', webhookSecret).update(rawBody).digest('hex');
  const given = Buffer.from(header);
  return given.length === right.length && timingSafeEqual(given, Buffer.from(right)) ? undefined : 'forged';
}

export interface RazorpayEvent {
  readonly id: string;
  /** What to look up: Razorpay's names. Undefined for an event of another kind. */
  readonly about:
    { readonly link: string } | { readonly refund: string } | { readonly dispute: string } | undefined;
}

/**
 * The event's own id comes in a header that is not signed, so whoever has heard one could send it again under another. What is signed
 * is the body, and a repeat has the same.
 */
export function eventFrom(rawBody: Uint8Array): RazorpayEvent {
  const event = object(JSON.parse(Buffer.from(rawBody).toString()));
  const id = createHash('sha256').update(rawBody).digest('base64url');
  const type = text(event, 'event');
  const nameIn = (entity: string): string => identifier(entityOf(event, entity), 'id', 64);
  if (/^payment_link\.(paid|cancelled|expired)$/.test(type))
    return { id, about: { link: nameIn('payment_link') } };
  if (/^refund\.(processed|failed)$/.test(type)) return { id, about: { refund: nameIn('refund') } };
  if (type.startsWith('payment.dispute.')) return { id, about: { dispute: nameIn('dispute') } };
  return { id, about: undefined };
}

const entityOf = (event: Json, name: string): Json =>
  object(object(object(event['payload'])[name])['entity']);
