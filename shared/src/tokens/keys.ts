import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** What a key may sign; its first letter opens the key's id, so a key can't be mistaken for one of another purpose. */
export type KeyPurpose = 'hold' | 'ticket';

export interface SigningKey {
  /** `h-` or `t-`, then four characters made from the public key. */
  readonly keyId: string;
  readonly privateKey: KeyObject;
  /** The Ed25519 public key as the JWK member `x`: 43 characters of base64url (RFC 8037). */
  readonly publicKey: string;
}

/** Looks a public key up by its id; undefined for one that was never published. */
export type FindKey = (keyId: string) => KeyObject | undefined;

// RFC 8410: an Ed25519 private key in PKCS #8 is these sixteen bytes and the seed.
const pkcs8Opening = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key pair that 32 bytes of chance decide: the same bytes, the same key. */
export function signingKeyFrom(purpose: KeyPurpose, seed: Uint8Array): SigningKey {
  if (seed.length !== 32) throw new RangeError(`an Ed25519 seed has 32 bytes, not ${seed.length}`);
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Opening, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '';
  const mark = createHash('sha256').update(publicKey).digest('base64url').slice(0, 4);
  return { keyId: `${purpose.charAt(0)}-${mark}`, privateKey, publicKey };
}

/** The JWK member `x` → the key; throws when it is not an Ed25519 public key. Costs about 20 µs: keep what it answers. */
export const publicKeyFrom = (x: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });

export const signatureBytes = 64;
export const signBytes = (bytes: Uint8Array, key: SigningKey): Buffer => sign(null, bytes, key.privateKey);
export const isSignedBy = (key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean =>
  signature.length === signatureBytes && verify(null, bytes, key, signature);
