import { exactBytes } from './base64url';
import { isSignedBy, signatureBytes, signBytes, type FindKey, type SigningKey } from './keys';
import { bytesOfId, bytesOfTicketId, idOfBytes, ticketIdBytes, ticketIdOfBytes } from './ticket-id';

/** What a ticket's code vouches for. */
export interface TicketClaims {
  /** `<eventId>-<suffix>-<number>` */
  readonly ticketId: string;
  readonly eventId: string;
  readonly ticketTypeId: string;
  /** Which code of this ticket it is, 1 to 255: each new holder gets the next, and the ones before it are revoked. */
  readonly issue: number;
}

export type TicketCodeFault = 'malformed' | 'unknown-key' | 'forged';

export type TicketCodeVerdict =
  | { readonly valid: true; readonly ticket: TicketClaims; readonly keyId: string }
  | { readonly valid: false; readonly fault: TicketCodeFault };

// Tickets outlive releases: a code of this version stays readable for ever, and another layout gets another version.
const version = 'BX1';
const claimBytes = ticketIdBytes + 16 + 1;
const longest = 300;

/**
 * `BX1.<key id>.<claims and signature>`, about 155 characters: the key's id as base64url, then the base64url of 43 bytes of
 * claims (ticket id 26, ticket type 16, issue 1) and 64 of signature. Signed is all but the signature: the text `BX1.<key id>.` and
 * the claims. Throws RangeError for ids that don't fit.
 */
export function encodeTicketCode(ticket: Omit<TicketClaims, 'eventId'>, key: SigningKey): string {
  if (!Number.isInteger(ticket.issue) || ticket.issue < 1 || ticket.issue > 255)
    throw new RangeError(`not an issue: ${ticket.issue}`);
  const opening = openingOf(key.keyId);
  const claims = Buffer.concat([
    bytesOfTicketId(ticket.ticketId),
    bytesOfId(ticket.ticketTypeId),
    Buffer.of(ticket.issue),
  ]);
  const signature = signBytes(Buffer.concat([Buffer.from(opening), claims]), key);
  return opening + Buffer.concat([claims, signature]).toString('base64url');
}

/** Needs no network: who has the public keys can tell. Whether the ticket has been voided or used is another question. */
export function verifyTicketCode(code: string, findKey: FindKey): TicketCodeVerdict {
  const parts = code.length > longest ? [] : code.split('.');
  const [first, keyPart, rest] = parts;
  if (parts.length !== 3 || first !== version || !keyPart || !rest) return refused('malformed');
  const keyId = exactBytes(keyPart)?.toString('latin1');
  const bytes = exactBytes(rest);
  if (!keyId || bytes?.length !== claimBytes + signatureBytes) return refused('malformed');
  const key = keyId.startsWith('t-') ? findKey(keyId) : undefined;
  if (!key) return refused('unknown-key');
  const claims = bytes.subarray(0, claimBytes);
  const signed = Buffer.concat([Buffer.from(`${version}.${keyPart}.`), claims]);
  if (!isSignedBy(key, signed, bytes.subarray(claimBytes))) return refused('forged');
  const ticketId = ticketIdOfBytes(claims.subarray(0, ticketIdBytes));
  const ticketTypeId = idOfBytes(claims.subarray(ticketIdBytes, ticketIdBytes + 16));
  const issue = claims[claimBytes - 1] ?? 0;
  return { valid: true, keyId, ticket: { ticketId, eventId: ticketId.slice(0, 26), ticketTypeId, issue } };
}

const refused = (fault: TicketCodeFault): TicketCodeVerdict => ({ valid: false, fault });
const openingOf = (keyId: string): string =>
  `${version}.${Buffer.from(keyId, 'latin1').toString('base64url')}.`;
