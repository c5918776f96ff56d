import { after, Clock, type Instant } from '@boxoffice/shared/kernel';
import { findKeyAmong, type TicketKey } from '@boxoffice/shared/scanning';
import { verifyTicketCode, type FindKey, type TicketCodeVerdict } from '@boxoffice/shared/tokens';
import { inject, injectable } from 'tsyringe';
import { PublishedKeys } from './ports';

interface Known {
  readonly keys: readonly TicketKey[];
  readonly findKey: FindKey;
  readonly at: Instant;
}

/** A key is published before it signs: one that isn't known a moment after it was looked for is none of ours. */
const rememberedSeconds = { known: 60, unknown: 1 };

/** The public keys that tickets were ever signed by. */
@injectable()
export class TicketKeys {
  private known: Known | undefined;

  constructor(
    @inject(PublishedKeys) private readonly published: PublishedKeys,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  async list(): Promise<readonly TicketKey[]> {
    return (await this.notOlderThan(rememberedSeconds.known)).keys;
  }

  async verify(code: string): Promise<TicketCodeVerdict> {
    const { findKey } = await this.notOlderThan(rememberedSeconds.known);
    const verdict = verifyTicketCode(code, findKey);
    if (verdict.valid || verdict.fault !== 'unknown-key') return verdict;
    return verifyTicketCode(code, (await this.notOlderThan(rememberedSeconds.unknown)).findKey);
  }

  private async notOlderThan(seconds: number): Promise<Known> {
    const now = this.clock.now();
    if (this.known && now < after(this.known.at, { seconds })) return this.known;
    const published = await this.published.list();
    const keys = published
      .filter(({ purpose }) => purpose === 'ticket')
      .map(({ keyId, publicKey }) => ({ kid: keyId, x: publicKey }));
    return (this.known = { keys, findKey: findKeyAmong(keys), at: now });
  }
}
