import { inMilliseconds, toMilliseconds } from '@boxoffice/shared/kernel';
import type { Stripe } from 'stripe' with { 'resolution-mode': 'import' };
import { GatewayRefused, type PaymentToAuthorise } from '../../core/gateway';
import { toStripe } from './stripe-money';
import { stripeMethods } from './stripe-settings';

type SessionParams = NonNullable<Parameters<Stripe['checkout']['sessions']['create']>[0]>;

/** A session lives from 30 minutes to 24 hours (docs.stripe.com/api/checkout/sessions/create), a hold mostly less. */
const beyondTheHold = inMilliseconds({ minutes: 31 });

/** What is asked of Stripe for a payment. Throws GatewayRefused where it does not take the method. */
export function sessionFor(order: PaymentToAuthorise): SessionParams {
  const { paymentId, orderId, amount, description, returnUrl, expiresAt, capture, method, buyer } = order;
  const { amount: unit_amount, currency } = toStripe(amount);
  const type = method && stripeMethods[method];
  if (method && !type) throw new GatewayRefused(`Stripe does not take ${method} here`);
  const metadata = { paymentId, orderId };
  return {
    mode: 'payment',
    client_reference_id: paymentId,
    metadata,
    customer_email: buyer.email,
    line_items: [{ quantity: 1, price_data: { currency, unit_amount, product_data: { name: description } } }],
    payment_intent_data: {
      metadata, // Stripe copies it to the charge
      description,
      capture_method: capture === 'later' ? 'manual' : 'automatic',
    },
    ...(type === undefined ? {} : { payment_method_types: [type as 'card'] }),
    ...(type === 'wechat_pay' ? { payment_method_options: { wechat_pay: { client: 'web' } } } : {}),
    adaptive_pricing: { enabled: false }, // the order has one currency
    success_url: returnUrl,
    cancel_url: returnUrl,
    // Made of nothing but the order, so that the same request repeated is the same to the last byte.
    expires_at: Math.ceil((toMilliseconds(expiresAt) + beyondTheHold) / 1000),
  };
}
