import type { GatewayAbilities } from '../../core/gateway';
import { gatewayPolicy } from './gateway-policy';

export interface RazorpaySettings {
  readonly keyId: string;
  readonly keySecret: string;
  readonly url: string;
  readonly webhookSecret: string;
}

export function readRazorpaySettings(
  environment: Readonly<Record<string, string | undefined>>,
): RazorpaySettings | undefined {
  const keyId = environment['RAZORPAY_KEY_ID'];
  const keySecret = environment['RAZORPAY_KEY_SECRET'];
  const webhookSecret = environment['RAZORPAY_WEBHOOK_SECRET'];
  if (!keyId || !keySecret || !webhookSecret) return undefined;
  return { keyId, keySecret, webhookSecret, url: 'https://api.razorpay.com' };
}

export const razorpayPolicy = gatewayPolicy('razorpay');

export const razorpayAbilities: GatewayAbilities = {
  currencies: ['INR', 'USD', 'EUR', 'GBP', 'SGD', 'MYR', 'AED', 'AUD', 'CAD'], // whose smallest unit is a hundredth everywhere
  methods: ['card', 'upi'],
  capturesLater: false,
};
