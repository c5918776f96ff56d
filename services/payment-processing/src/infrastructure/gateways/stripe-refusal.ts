import { GatewayRefused } from '../../core/gateway';

/**
 * A faulty request and a declined card are a no. Anything else proves nothing: a key in use (409), a lock (429), a wrong secret key;
 * and least of all an idempotency error, which says that the key was used before.
 */
export function stripeRefusal(error: unknown): GatewayRefused | undefined {
  const type = stripeErrorType(error);
  if (type !== 'StripeInvalidRequestError' && type !== 'StripeCardError') return undefined;
  const { code } = error as { code?: string };
  return new GatewayRefused(`Stripe refused: ${code ?? type}`, { cause: error });
}

/** How the package calls its error. */
export const stripeErrorType = (error: unknown): unknown =>
  error instanceof Error ? (error as Error & { type?: unknown }).type : undefined;
