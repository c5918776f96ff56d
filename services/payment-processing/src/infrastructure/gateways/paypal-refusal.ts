import type { ApiError } from '@paypal/paypal-server-sdk' with { 'resolution-mode': 'import' };
import { GatewayRefused } from '../../core/gateway';

/** Issues that say that another request is, or was, here. */
const provesNothing = /PREVIOUS_REQUEST_IN_PROGRESS|DUPLICATE_INVOICE_ID/;

/** A faulty request is a no, with PayPal's word for it; whatever was said to a request for a token is not about the payment. */
export function paypalRefusal(error: unknown): GatewayRefused | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode, body, request } = error as Partial<ApiError> & Error;
  if (statusCode !== 400 && statusCode !== 404 && statusCode !== 422) return undefined;
  if (request?.url.endsWith('/v1/oauth2/token') !== false) return undefined;
  const issue =
    /"issue"\s*:\s*"([A-Z_]+)"/.exec(typeof body === 'string' ? body : '')?.[1] ?? String(statusCode);
  return provesNothing.test(issue)
    ? undefined
    : new GatewayRefused(`PayPal refused: ${issue}`, { cause: error });
}
