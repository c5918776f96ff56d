import { Clock } from '@boxoffice/shared/kernel';
import { VerifiedRoots, verifyHoldToken, type HoldClaims } from '@boxoffice/shared/tokens';
import { inject, injectable } from 'tsyringe';
import { Announced } from './ports';
import { holdTokenRefused, notReady, orderNotFound } from './refusals';

/** Holds are vouched for by ticket-inventory's signature: nobody is asked while the buyer waits. */
@injectable()
export class HoldReading {
  private readonly roots = new VerifiedRoots();

  constructor(
    @inject(Announced) private readonly announced: Announced,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** The key is fetched now; the token is checked when its claims are asked for, which throw where it doesn't hold then. */
  async of(holdToken: string, userId: string): Promise<() => HoldClaims> {
    const keyId = holdToken.split('.')[1] ?? '';
    const key = await this.announced.holdKey(keyId);
    return () => {
      const findKey = (id: string) => (id === keyId ? key : undefined);
      const verdict = verifyHoldToken(holdToken, findKey, this.clock.now(), this.roots);
      if (!verdict.valid)
        throw verdict.fault === 'unknown-key' ? notReady('signing key') : holdTokenRefused(verdict.fault);
      if (verdict.claims.userId !== userId) throw orderNotFound();
      return verdict.claims;
    };
  }
}
