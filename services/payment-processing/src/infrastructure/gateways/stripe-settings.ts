import type { GatewayAbilities, PaymentMethod } from '../../core/gateway';
import { gatewayPolicy } from './gateway-policy';

export interface StripeSettings {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Where its API is; Stripe's own where absent. */
  readonly url?: string;
}

export function readStripeSettings(
  environment: Readonly<Record<string, string | undefined>>,
): StripeSettings | undefined {
  const secretKey = environment['STRIPE_SECRET_KEY'];
  const webhookSecret = environment['STRIPE_WEBHOOK_SECRET'];
  return secretKey && webhookSecret ? { secretKey, webhookSecret } : undefined;
}

export const stripePolicy = gatewayPolicy('stripe');

export const stripeMethods: Readonly<Partial<Record<PaymentMethod, string>>> = {
  card: 'card',
  wallet: 'card', // Checkout shows Apple Pay and Google Pay wherever it takes cards
  alipay: 'alipay',
  'wechat-pay': 'wechat_pay',
  ideal: 'ideal',
  bancontact: 'bancontact',
  klarna: 'klarna',
};

export const stripeAbilities: GatewayAbilities = {
  methods: Object.keys(stripeMethods) as PaymentMethod[],
  capturesLater: true,
};
