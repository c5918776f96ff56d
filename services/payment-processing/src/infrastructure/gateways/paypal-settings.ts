import type { GatewayAbilities } from '../../core/gateway';
import { gatewayPolicy } from './gateway-policy';
import { paypalCurrencies } from './paypal-money';

export interface PayPalSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** PayPal's name for the webhook that calls us: part of what it signs. */
  readonly webhookId: string;
  /** PayPal's own sandbox, where no money moves. */
  readonly sandbox: boolean;
}

export function readPayPalSettings(
  environment: Readonly<Record<string, string | undefined>>,
): PayPalSettings | undefined {
  const clientId = environment['PAYPAL_CLIENT_ID'];
  const clientSecret = environment['PAYPAL_CLIENT_SECRET'];
  const webhookId = environment['PAYPAL_WEBHOOK_ID'];
  if (!clientId || !clientSecret || !webhookId) return undefined;
  return { clientId, clientSecret, webhookId, sandbox: environment['PAYPAL_ENVIRONMENT'] === 'sandbox' };
}

export const paypalPolicy = gatewayPolicy('paypal', 15_000);

export const paypalAbilities: GatewayAbilities = {
  methods: ['paypal'],
  currencies: paypalCurrencies,
  capturesLater: true,
};
