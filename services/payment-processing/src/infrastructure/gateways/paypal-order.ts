import type * as PayPal from '@paypal/paypal-server-sdk' with { 'resolution-mode': 'import' };
import { GatewayRefused, type PaymentToAuthorise } from '../../core/gateway';
import { toPayPal } from './paypal-money';
import type { PayPalApi } from './paypal-package';
import { markedAsOver } from './paypal-wire';

/** What is asked of PayPal for a payment. Throws GatewayRefused where it does not take the method. */
export function orderFor(order: PaymentToAuthorise, words: PayPalApi['words']): PayPal.OrderRequest {
  const { paymentId, amount, description, returnUrl, capture, method } = order;
  if (method !== undefined && method !== 'paypal')
    throw new GatewayRefused(`PayPal does not take ${method} here`);
  return {
    intent: words.CheckoutPaymentIntent[capture === 'later' ? 'Authorize' : 'Capture'],
    purchaseUnits: [
      { customId: paymentId, description: description.slice(0, 127), amount: toPayPal(amount) },
    ],
    paymentSource: {
      paypal: {
        experienceContext: {
          returnUrl,
          cancelUrl: returnUrl,
          userAction: words.PaypalExperienceUserAction.PayNow,
          shippingPreference: words.PaypalWalletContextShippingPreference.NoShipping,
        },
      },
    },
  };
}

/** What makes an open order one that is taken back. */
export const markOver = (paymentId: string, words: PayPalApi['words']): PayPal.Patch => ({
  op: words.PatchOp.Replace,
  path: "/purchase_units/@reference_id=='default'/custom_id",
  value: markedAsOver(paymentId),
});
