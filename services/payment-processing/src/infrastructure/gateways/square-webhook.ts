import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookFault } from '../../core/gateway';
import { identifier, object, text } from './answer';

/**
 * Base64 of HMAC-SHA256 over the address that Square was given, and the body. The package can tell too, but compares in a time that
 * tells how much was right. No time is signed but that of the event, which a repeat keeps for a day.
 */
export function squareFault(
  header: string | undefined,
  rawBody: Uint8Array,
  { webhookKey, webhookUrl }: { readonly webhookKey: string; readonly webhookUrl: string },
): WebhookFault | undefined {
  if (header === undefined || header === '') return 'unsigned';
  const right = createHmac('sha256', webhookKey).update(webhookUrl).update(rawBody).digest('base64');
  const given = Buffer.from(header);
  return given.length === right.length && timingSafeEqual(given, Buffer.from(right)) ? undefined : 'forged';
}

export interface SquareEvent {
  readonly id: string;
  /** What to look up: Square's names. Undefined for an event of another kind. */
  readonly about:
    { readonly order: string } | { readonly refund: string } | { readonly dispute: string } | undefined;
}

export function eventFrom(rawBody: Uint8Array): SquareEvent {
  const event = object(JSON.parse(Buffer.from(rawBody).toString()));
  const id = identifier(event, 'event_id', 50);
  const it = object(event['data'])['object'];
  switch (text(event, 'type')) {
    case 'payment.created':
    case 'payment.updated': {
      const payment = object(object(it)['payment']);
      return {
        id,
        about: payment['order_id'] === undefined ? undefined : { order: identifier(payment, 'order_id', 60) },
      };
    }
    case 'refund.created':
    case 'refund.updated':
      return { id, about: { refund: identifier(object(object(it)['refund']), 'id', 128) } };
    case 'dispute.created':
    case 'dispute.state.changed':
    case 'dispute.state.updated':
      return { id, about: { dispute: identifier(object(object(it)['dispute']), 'id', 50) } };
    default:
      return { id, about: undefined };
  }
}
