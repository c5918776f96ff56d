import { createHash, timingSafeEqual } from 'node:crypto';

/** What is kept of an invitation: 22 characters of base64url, the beginning of a SHA-256. */
export const invitationHash = (invitation: string): string =>
  createHash('sha256').update(invitation).digest('base64url').slice(0, 22);

/** In the same time whether they differ in the first character or in none. */
export const isInvitation = (shown: string, keptHash: string): boolean =>
  keptHash.length === 22 && timingSafeEqual(Buffer.from(invitationHash(shown)), Buffer.from(keptHash));
