import { createHash } from 'node:crypto';
import { toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import type { WebhookFault } from '../../core/gateway';
import { object, text, UnreadableAnswer } from './answer';

/** How far the gateway's clock and ours may differ, and how long a notice may be on its way. */
const toleranceSeconds = 300;

export interface MercadoPagoNotice {
  readonly id: string;
  /** The number of the payment to look up; undefined for a notice of something else. */
  readonly payment: string | undefined;
}

/**
 * `ts=<time>,v1=<hex>`: HMAC-SHA256 over `id:<what it is about>;request-id:<header>;ts:<time>;`. Nothing else of the notice is signed,
 * so nothing else is believed, and its id is made of these. Throws UnreadableAnswer, SyntaxError.
 */
export async function readNotice(
  rawBody: Uint8Array,
  headers: Readonly<Record<string, string | undefined>>,
  secret: string,
  now: Instant,
): Promise<MercadoPagoNotice | { readonly fault: WebhookFault }> {
  const notice = object(JSON.parse(Buffer.from(rawBody).toString()));
  const dataId = String(object(notice['data'])['id']).toLowerCase();
  if (!/^[\w-]{1,64}$/.test(dataId)) throw new UnreadableAnswer('data');
  const [signature, requestId] = [headers['x-signature'], headers['x-request-id']];
  const fault = await signatureFault(signature, requestId, dataId, secret);
  if (fault) return { fault };
  const time = /(?:^|,)\s*ts=(\d+)/.exec(signature ?? '')?.[1] ?? '';
  const untimely = faultOfTime(time, now);
  if (untimely) return { fault: untimely };
  const signed = `${dataId};${requestId};${time}`;
  return {
    id: createHash('sha256').update(signed).digest('base64url'),
    payment: text(notice, 'type') === 'payment' && /^\d+$/.test(dataId) ? dataId : undefined,
  };
}

async function signatureFault(
  xSignature: string | undefined,
  xRequestId: string | undefined,
  dataId: string,
  secret: string,
): Promise<WebhookFault | undefined> {
  const { InvalidWebhookSignatureError, SignatureFailureReason, WebhookSignatureValidator } =
    await import('mercadopago');
  try {
    WebhookSignatureValidator.validate({ xSignature, xRequestId, dataId, secret });
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidWebhookSignatureError)) throw error;
    return error.reason === SignatureFailureReason.SignatureMismatch ? 'forged' : 'unsigned';
  }
}

/** Mercado Pago writes seconds in some places and milliseconds in others; no second of our time has thirteen digits. */
function faultOfTime(time: string, now: Instant): WebhookFault | undefined {
  const milliseconds = time.length >= 13 ? Number(time) : Number(time) * 1000;
  const ageSeconds = (toMilliseconds(now) - milliseconds) / 1000;
  if (ageSeconds > toleranceSeconds) return 'too-old';
  return ageSeconds < -toleranceSeconds ? 'from-the-future' : undefined;
}
