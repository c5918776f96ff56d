import type { Instant } from '../kernel';
import { fact } from './fact';

/** A public key that hold tokens or tickets may be signed with from now on. Announced before its first use. */
export interface SigningKeyPublished {
  readonly keyId: string;
  readonly purpose: 'hold' | 'ticket';
  /** The Ed25519 public key as the JWK member `x` (base64url, RFC 8037). */
  readonly publicKey: string;
  readonly publishedAt: Instant;
}

export const signingKeyPublished = fact<SigningKeyPublished>('ticket-inventory', 'signing-key-published', 1, {
  keyId: 'h-7Qm2',
  purpose: 'hold',
  publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  publishedAt: '2027-01-04T09:00:00.000Z' as Instant,
});
