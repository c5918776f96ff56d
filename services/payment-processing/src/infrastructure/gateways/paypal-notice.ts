import { verify, X509Certificate } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { parseInstant, toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import type { WebhookFault, WebhookNotice } from '../../core/gateway';
import { identifier, object, text, UnreadableAnswer, type Json } from './answer';
import { capturedFrom, disputeFrom, isOurs, refundFrom } from './paypal-wire';

type Headers = Readonly<Record<string, string | undefined>>;
const toleranceSeconds = 300;

/** The certificate at an address of PayPal's, as PEM. Throws GatewaySilent. */
export type FindCertificate = (url: string) => Promise<string>;

/**
 * Why a notice is not to be believed; undefined where it is. PayPal signs `<transmission>|<time>|<webhook>|<crc32 of the body>`
 * under a certificate of its own (developer.paypal.com/api/rest/webhooks/rest).
 */
export async function noticeFault(
  rawBody: Uint8Array,
  headers: Headers,
  webhookId: string,
  findCertificate: FindCertificate,
  now: Instant,
): Promise<WebhookFault | undefined> {
  const id = headers['paypal-transmission-id'];
  const time = headers['paypal-transmission-time'];
  const signature = headers['paypal-transmission-sig'];
  const url = headers['paypal-cert-url'];
  if (!id || !time || !signature || !url || id.length > 100 || signature.length > 1000) return 'unsigned';
  // Whoever may name the certificate may sign anything.
  if (headers['paypal-auth-algo'] !== 'SHA256withRSA' || !isPayPals(url)) return 'forged';
  const sentAt = parseInstant(time);
  if (sentAt === undefined) return 'unsigned';
  const certificate = certificateFrom(await findCertificate(url));
  const signed = Buffer.from(`${id}|${time}|${webhookId}|${crc32(rawBody)}`);
  const right =
    certificate !== undefined &&
    isValidAt(certificate, now) &&
    verify('RSA-SHA256', signed, certificate.publicKey, Buffer.from(signature, 'base64'));
  if (!right) return 'forged';
  const ageSeconds = (toMilliseconds(now) - toMilliseconds(sentAt)) / 1000;
  if (ageSeconds > toleranceSeconds) return 'too-old';
  return ageSeconds < -toleranceSeconds ? 'from-the-future' : undefined;
}

export function isPayPals(url: string): boolean {
  if (url.length > 500 || !URL.canParse(url)) return false;
  const { protocol, hostname, port, username } = new URL(url);
  return protocol === 'https:' && port === '' && username === '' && /(^|\.)paypal\.com$/.test(hostname);
}

function certificateFrom(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

const isValidAt = ({ validFromDate, validToDate }: X509Certificate, now: Instant): boolean =>
  validFromDate.getTime() <= toMilliseconds(now) && toMilliseconds(now) <= validToDate.getTime();

/** What a notice says, in the port's terms. Throws UnreadableAnswer. */
export function noticeFrom(value: unknown): WebhookNotice {
  const event = object(value);
  const id = identifier(event, 'id', 50);
  const type = text(event, 'event_type');
  const about = object(event['resource']);
  const foreign = { id, concerns: 'nothing-of-ours' } as const;

  // Money that was refunded tells of the refund, under the name of a capture.
  if (type === 'PAYMENT.CAPTURE.REFUNDED' || type.startsWith('PAYMENT.REFUND.'))
    return isOurs(about['custom_id']) ? { id, refund: refundFrom(about) } : foreign;
  if (type.startsWith('PAYMENT.CAPTURE.') && type !== 'PAYMENT.CAPTURE.REVERSED')
    return isOurs(about['custom_id']) ? { id, payment: capturedFrom(about) } : foreign;
  if (type.startsWith('CUSTOMER.DISPUTE.')) {
    const dispute = disputeFrom(about);
    return dispute ? { id, dispute } : foreign;
  }
  const paymentId = customIdOf(type, about);
  return isOurs(paymentId) ? { id, asksAbout: paymentId } : foreign;
}

/** An approved order is captured when it is asked after, and only while it may be paid. */
function customIdOf(type: string, about: Json): unknown {
  if (type.startsWith('PAYMENT.AUTHORIZATION.')) return about['custom_id'];
  if (!type.startsWith('CHECKOUT.ORDER.')) return undefined;
  const units = about['purchase_units'];
  if (!Array.isArray(units)) throw new UnreadableAnswer('purchase_units');
  return object(units[0])['custom_id'];
}
