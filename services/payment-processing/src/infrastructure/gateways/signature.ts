import { createHmac, timingSafeEqual } from 'node:crypto';
import { toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import type { WebhookFault } from '../../core/gateway';

/** How far the gateway's clock and ours may differ, and how long a notice may be on its way. */
const toleranceSeconds = 300;

/**
 * `t=<unix seconds>,v1=<hex>`: HMAC-SHA256 over `<t>.<body>`. Several `v1` may stand there while a secret is being
 * changed. Undefined when one of them is right and of about now.
 */
export function signatureFault(
  header: string | undefined,
  body: Uint8Array,
  secret: string,
  now: Instant,
): WebhookFault | undefined {
  if (header === undefined || header.length > 1000) return 'unsigned';
  const parts = header.split(',').map((part) => part.trim().split('='));
  const time = parts.find(([name]) => name === 't')?.[1] ?? '';
  const given = parts.filter(([name]) => name === 'v1').map(([, value]) => value ?? '');
  if (!/^\d{1,12}$/.test(time) || given.length === 0) return 'unsigned';
  const right = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  if (!given.some((hex) => isSame(right, hex))) return 'forged';
  // Only now: what is not ours must not learn which times we take.
  const ageSeconds = toMilliseconds(now) / 1000 - Number(time);
  if (ageSeconds > toleranceSeconds) return 'too-old';
  return ageSeconds < -toleranceSeconds ? 'from-the-future' : undefined;
}

function isSame(right: Buffer, hex: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(hex)) return false;
  return timingSafeEqual(right, Buffer.from(hex, 'hex'));
}
