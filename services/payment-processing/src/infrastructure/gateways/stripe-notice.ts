import type { WebhookNotice } from '../../core/gateway';
import { identifier, object, text } from './answer';
import { disputeFrom, expanded, isOurs, paymentFrom, refundFrom, seconds } from './stripe-wire';

/** Asks Stripe what a notice does not say itself. */
export interface Inquiry {
  /** The Checkout Session of a PaymentIntent, expanded; undefined where there is none. */
  sessionOf(intentId: string): Promise<unknown>;
  intent(intentId: string): Promise<unknown>;
}

/** What a notice of Stripe's says, in the port's terms. Throws UnreadableAnswer. */
export async function noticeFrom(value: unknown, inquiry: Inquiry): Promise<WebhookNotice> {
  const event = object(value);
  const id = identifier(event, 'id', 50);
  const type = text(event, 'type');
  const about = object(object(event['data'])['object']);
  const foreign = { id, concerns: 'nothing-of-ours' } as const;

  if (type.startsWith('checkout.session.')) {
    if (!isOurs(about, 'paymentId')) return foreign;
    const payment = paymentFrom(about, seconds(event, 'created'));
    return type === 'checkout.session.async_payment_failed'
      ? {
          id,
          payment: { ...payment, outcome: { is: 'declined', reason: 'The payment did not go through.' } },
        }
      : { id, payment };
  }
  if (type.startsWith('payment_intent.')) {
    if (!isOurs(about, 'paymentId')) return foreign;
    const session = await inquiry.sessionOf(identifier(about, 'id', 128));
    return session === undefined ? foreign : { id, payment: paymentFrom(session) };
  }
  if (type.startsWith('refund.'))
    return isOurs(about, 'refundId') ? { id, refund: refundFrom(about) } : foreign;
  if (type.startsWith('charge.dispute.') && typeof about['payment_intent'] === 'string') {
    const intent = await inquiry.intent(about['payment_intent']);
    if (!isOurs(intent, 'paymentId')) return foreign;
    const dispute = disputeFrom(about, type, String(expanded(object(intent)['metadata'])?.['paymentId']));
    if (dispute) return { id, dispute };
  }
  return foreign;
}
