import { createHash } from 'node:crypto';

/**
 * What is told of an access code: 22 characters of base64url, the beginning of a SHA-256. People type codes in any case, with
 * spaces around them, and the same code of another ticket type has another hash.
 */
export const accessCodeHash = (ticketTypeId: string, code: string): string =>
  createHash('sha256')
    .update(`${ticketTypeId}\n${code.trim().toUpperCase()}`)
    .digest('base64url')
    .slice(0, 22);
