import { createHash } from 'node:crypto';
import { folded } from '../core/words';

/** Text as search sees it, in 22 characters of ASCII that the database compares byte by byte. */
export const digestOf = (text: string): string =>
  createHash('sha256').update(folded(text)).digest('base64url').slice(0, 22);
