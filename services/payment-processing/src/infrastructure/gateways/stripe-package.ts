import type { Stripe } from 'stripe' with { 'resolution-mode': 'import' };
import { stripePolicy, type StripeSettings } from './stripe-settings';

export async function openStripe({ secretKey, url }: StripeSettings): Promise<Stripe> {
  // Loaded when it is first needed: a cold start does not wait for it.
  const { default: StripeClient } = await import('stripe');
  const where = url === undefined ? undefined : new URL(url);
  return new StripeClient(secretKey, {
    maxNetworkRetries: 0, // the policy's to decide
    timeout: stripePolicy.timeoutMilliseconds,
    telemetry: false,
    ...(where && {
      host: where.hostname,
      port: where.port,
      protocol: where.protocol === 'http:' ? 'http' : 'https',
    }),
  });
}
