import { hash } from 'node:crypto';
import type { Principal } from '../principal';

interface Verified {
  readonly principal: Principal;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Tokens that were found to hold: checking a signature costs a hundred times a look here. By hash: the tokens themselves are not kept. */
export class VerifiedTokens {
  private readonly kept = new Map<string, Verified>();

  constructor(private readonly most: number) {}

  get(token: string, now: number): Principal | undefined {
    const key = keyOf(token);
    const verified = this.kept.get(key);
    if (verified === undefined) return undefined;
    this.kept.delete(key);
    if (verified.until <= now) return undefined;
    // A Map keeps the order of insertion: whoever was asked for last goes last.
    this.kept.set(key, verified);
    return verified.principal;
  }

  keep(token: string, principal: Principal, until: number): void {
    this.kept.set(keyOf(token), { principal, until });
    if (this.kept.size <= this.most) return;
    const oldest = this.kept.keys().next();
    if (!oldest.done) this.kept.delete(oldest.value);
  }
}

const keyOf = (token: string): string => hash('sha256', token, 'base64url');
