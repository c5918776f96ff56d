import { createHmac } from 'node:crypto';
import type { Pseudonym } from '../../core/fraud/count';

/** HMAC-SHA256, 43 characters. Whoever has the table and not the key can't try addresses out. */
export const pseudonymsUnder =
  (key: string): Pseudonym =>
  (what) =>
    createHmac('sha256', key).update(what).digest('base64url');
