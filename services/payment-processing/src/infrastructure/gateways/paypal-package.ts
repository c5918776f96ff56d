import type * as PayPal from '@paypal/paypal-server-sdk' with { 'resolution-mode': 'import' };
import { paypalPolicy, type PayPalSettings } from './paypal-settings';

export interface PayPalApi {
  /** The package itself, for the words of its API. */
  readonly words: typeof PayPal;
  readonly orders: PayPal.OrdersController;
  readonly payments: PayPal.PaymentsController;
  readonly search: PayPal.TransactionSearchController;
}

/** `overrides`: of the HTTP client in the package. */
export async function openPayPal(
  { clientId, clientSecret, sandbox }: PayPalSettings,
  overrides: object,
): Promise<PayPalApi> {
  // Loaded when it is first needed: a cold start does not wait for it.
  const paypal = await import('@paypal/paypal-server-sdk');
  const client = new paypal.Client({
    clientCredentialsAuthCredentials: { oAuthClientId: clientId, oAuthClientSecret: clientSecret },
    environment: sandbox ? paypal.Environment.Sandbox : paypal.Environment.Production,
    timeout: paypalPolicy.timeoutMilliseconds,
    unstable_httpClientOptions: overrides,
  });
  return {
    words: paypal,
    orders: new paypal.OrdersController(client),
    payments: new paypal.PaymentsController(client),
    search: new paypal.TransactionSearchController(client),
  };
}
