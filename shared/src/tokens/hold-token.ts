import { fromMilliseconds, idPattern, toMilliseconds, type Instant } from '../kernel';
import { exactBytes } from './base64url';
import { isSignedBy, signBytes, type FindKey, type SigningKey } from './keys';

/** What a hold token vouches for: this buyer has these tickets set aside until then. */
export interface HoldClaims {
  /** `<eventId>-<suffix>` */
  readonly holdId: string;
  readonly eventId: string;
  readonly userId: string;
  readonly lines: readonly { readonly ticketTypeId: string; readonly quantity: number }[];
  readonly expiresAt: Instant;
}

export type HoldTokenFault =
  | 'malformed'
  | 'unknown-key' // perhaps published a moment ago and not heard of here yet
  | 'forged'
  | 'expired';

export type HoldTokenVerdict =
  | { readonly valid: true; readonly claims: HoldClaims; readonly keyId: string }
  | { readonly valid: false; readonly fault: HoldTokenFault };

// The version comes first and is signed too: another way of signing gets another version, and old tokens stay readable.
const version = 'BH1';
const longest = 4096;

/**
 * `BH1.<key id>.<claims>.<signature>`: claims as the base64url of the JSON `[holdId, userId, [[ticketTypeId, quantity], …],
 * expiry in milliseconds]`, signature as base64url over all that stands before its dot.
 */
export function signHoldToken(claims: HoldClaims, key: SigningKey): string {
  const lines = claims.lines.map((line) => [line.ticketTypeId, line.quantity]);
  const content = JSON.stringify([claims.holdId, claims.userId, lines, toMilliseconds(claims.expiresAt)]);
  const signed = `${version}.${key.keyId}.${Buffer.from(content).toString('base64url')}`;
  return `${signed}.${signBytes(Buffer.from(signed), key).toString('base64url')}`;
}

/** Needs no one but the public key. At the moment of its expiry a token is expired. */
export function verifyHoldToken(token: string, findKey: FindKey, now: Instant): HoldTokenVerdict {
  const parts = token.length > longest ? [] : token.split('.');
  const [opening, keyId, content, seal] = parts;
  if (parts.length !== 4 || opening !== version || !keyId || !content || !seal) return refused('malformed');
  const bytes = exactBytes(content);
  const signature = exactBytes(seal);
  if (!bytes || !signature) return refused('malformed');
  const key = keyId.startsWith('h-') ? findKey(keyId) : undefined;
  if (!key) return refused('unknown-key');
  if (!isSignedBy(key, Buffer.from(`${version}.${keyId}.${content}`), signature)) return refused('forged');
  const claims = readClaims(bytes.toString());
  if (!claims) return refused('malformed');
  return claims.expiresAt <= now ? refused('expired') : { valid: true, claims, keyId };
}

const refused = (fault: HoldTokenFault): HoldTokenVerdict => ({ valid: false, fault });

function readClaims(content: string): HoldClaims | undefined {
  const read = parse(content);
  if (!Array.isArray(read) || read.length !== 4) return undefined;
  const [holdId, userId, lines, expiry] = read as unknown[];
  if (typeof holdId !== 'string' || typeof userId !== 'string' || !Array.isArray(lines)) return undefined;
  if (!Number.isSafeInteger(expiry) || !idPattern.test(holdId.slice(0, 26)) || holdId[26] !== '-')
    return undefined;
  const readLines = (lines as unknown[]).map(readLine);
  if (readLines.length === 0 || !readLines.every((line) => line !== undefined)) return undefined;
  return {
    holdId,
    eventId: holdId.slice(0, 26),
    userId,
    lines: readLines,
    expiresAt: fromMilliseconds(expiry as number),
  };
}

function readLine(line: unknown): HoldClaims['lines'][number] | undefined {
  if (!Array.isArray(line) || line.length !== 2) return undefined;
  const [ticketTypeId, quantity] = line as unknown[];
  if (typeof ticketTypeId !== 'string' || !Number.isSafeInteger(quantity) || (quantity as number) < 1)
    return undefined;
  return { ticketTypeId, quantity: quantity as number };
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return undefined;
  }
}
