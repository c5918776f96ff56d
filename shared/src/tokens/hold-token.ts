import type { Instant } from '../kernel';
import { exactBytes } from './base64url';
import { hashTree, rootOf } from './hash-tree';
import { readClaims, writeClaims, type HoldClaims } from './hold-claims';
import { isSignedBy, signBytes, type FindKey, type SigningKey } from './keys';
import type { VerifiedRoots } from './verified-roots';

export type HoldTokenFault =
  | 'malformed'
  | 'unknown-key' // perhaps published a moment ago and not heard of here yet
  | 'forged'
  | 'expired';

export type HoldTokenVerdict =
  | { readonly valid: true; readonly claims: HoldClaims; readonly keyId: string }
  | { readonly valid: false; readonly fault: HoldTokenFault };

const longest = 4096;
const signatureLength = 86;

/**
 * The tokens of holds that were made together, by their place among them: one signature vouches for all, as it is over the root of a
 * hash tree of their claims. `BH2.<key id>.<claims>.<path><signature>`: claims as base64url of their JSON, the path through the tree
 * (44 characters a step, none where the hold is alone), and in 86 characters the signature over `BH2.<key id>.<root>`.
 * The same holds in the same order get the same tokens.
 */
export function sealHolds(holds: readonly HoldClaims[], key: SigningKey): (at: number) => string {
  const contents = holds.map((claims) => Buffer.from(writeClaims(claims)).toString('base64url'));
  const { root, paths } = hashTree(contents);
  const opening = `BH2.${key.keyId}.`;
  const signature = signBytes(Buffer.from(opening + root), key).toString('base64url');
  return (at) => {
    const content = contents[at];
    if (content === undefined) throw new RangeError(`there is no hold ${at} among ${contents.length}`);
    return `${opening}${content}.${paths[at] ?? ''}${signature}`;
  };
}

/**
 * Needs no one but the public key. At the moment of its expiry a token is expired. Holds that were made together have one
 * signature: it is checked once where `roots` remembers that.
 *
 * The version comes first and is signed too: another way of signing gets another version, and old tokens stay readable. `BH1` was
 * `BH1.<key id>.<claims>.<signature>`, the signature over all that stands before its dot.
 */
export function verifyHoldToken(
  token: string,
  findKey: FindKey,
  now: Instant,
  roots?: VerifiedRoots,
): HoldTokenVerdict {
  const parts = token.length > longest ? [] : token.split('.');
  const [version, keyId, content, proof] = parts;
  if (parts.length !== 4 || !version || !keyId || !content || !proof) return refused('malformed');
  const subject = subjectOf(version, content, proof.slice(0, -signatureLength));
  const signature = exactBytes(proof.slice(-signatureLength));
  if (!subject || !signature) return refused('malformed');
  const key = keyId.startsWith('h-') ? findKey(keyId) : undefined;
  if (!key) return refused('unknown-key');
  const signed = Buffer.from(`${version}.${keyId}.${subject}`);
  const isGenuine = roots ? roots.isSignedBy(key, signed, signature) : isSignedBy(key, signed, signature);
  if (!isGenuine) return refused('forged');
  const claims = readClaims(Buffer.from(content, 'base64url').toString());
  if (!claims) return refused('malformed');
  return claims.expiresAt <= now ? refused('expired') : { valid: true, claims, keyId };
}

/** What the signature speaks of, spelt as it is in the token; undefined where there can be none. */
function subjectOf(version: string, content: string, path: string): string | undefined {
  if (version === 'BH2') return rootOf(content, path);
  return version === 'BH1' && path === '' ? content : undefined;
}

const refused = (fault: HoldTokenFault): HoldTokenVerdict => ({ valid: false, fault });
