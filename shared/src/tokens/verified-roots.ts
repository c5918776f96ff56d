import type { KeyObject } from 'node:crypto';
import { isSignedBy } from './keys';

/** Remembers which signatures were found to hold, so that holds made together cost one check: it takes as long as fifty hashes. */
export class VerifiedRoots {
  private readonly known = new Map<string, KeyObject>();

  constructor(private readonly most = 1000) {}

  isSignedBy(key: KeyObject, signed: Buffer, signature: Buffer): boolean {
    const name = `${signature.toString('base64url')}.${signed.toString('latin1')}`;
    if (this.known.get(name) === key) return true;
    if (!isSignedBy(key, signed, signature)) return false;
    this.known.set(name, key);
    const [oldest] = this.known.keys();
    if (this.known.size > this.most && oldest !== undefined) this.known.delete(oldest);
    return true;
  }
}
