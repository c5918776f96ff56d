import { after, Chance, Clock, type Instant } from '@boxoffice/shared/kernel';
import type { Secrets } from '@boxoffice/shared/platform';
import {
  encodeTicketCode,
  sealHolds,
  signingKeyFrom,
  type KeyPurpose,
  type SigningKey,
} from '@boxoffice/shared/tokens';
import { Telemetry } from '@boxoffice/shared/telemetry';
import { inject, injectable } from 'tsyringe';
import { PublishedKeys, type PublishedKey, type Seals } from '../core/ports';

export const SecretStore = Symbol('SecretStore');

const secretNames: Readonly<Record<KeyPurpose, string>> = {
  hold: 'hold-signing-key',
  ticket: 'ticket-signing-key',
};

/** How long a key is used before somebody looks whether there is another. */
export const rereadMinutes = 5;

interface HeldKey {
  readonly purpose: KeyPurpose;
  signing: SigningKey;
  /** Published, so that others can hear of it; signs from the next look on. */
  next: SigningKey | undefined;
  lookAgainAt: Instant;
}

/**
 * Private keys kept as secrets: the 32 bytes that an Ed25519 key is made from, in base64url (a JWK's member `d`). A secret that has
 * been replaced is taken up without a restart: its key is published when it is seen, and signs some minutes later.
 */
@injectable()
export class SecretSeals implements Seals {
  private readonly keys = new Map<KeyPurpose, Promise<HeldKey>>();

  constructor(
    @inject(SecretStore) private readonly secrets: Secrets,
    @inject(Chance) private readonly chance: Chance,
    @inject(PublishedKeys) private readonly published: PublishedKeys,
    @inject(Clock) private readonly clock: Clock,
    @inject(Telemetry) private readonly telemetry: Telemetry,
  ) {}

  async holdSeal(): ReturnType<Seals['holdSeal']> {
    const key = await this.key('hold');
    return (holds) => sealHolds(holds, key);
  }

  async ticketSeal(): ReturnType<Seals['ticketSeal']> {
    const key = await this.key('ticket');
    return (ticket) => encodeTicketCode(ticket, key);
  }

  async publicKeys(): Promise<readonly Omit<PublishedKey, 'publishedAt'>[]> {
    const purposes = ['hold', 'ticket'] as const;
    const keys = await Promise.all(purposes.map((purpose) => this.key(purpose)));
    return keys.map(({ keyId, publicKey }, i) => ({ keyId, purpose: purposes[i] ?? 'hold', publicKey }));
  }

  private async key(purpose: KeyPurpose): Promise<SigningKey> {
    let first = this.keys.get(purpose);
    if (!first) {
      first = this.fetch(purpose).then((signing) => this.held(purpose, signing));
      this.keys.set(purpose, first);
      first.catch(() => this.keys.delete(purpose)); // the next who asks tries again
    }
    const held = await first;
    if (this.clock.now() >= held.lookAgainAt) await this.lookAgain(held);
    return held.signing;
  }

  private held = (purpose: KeyPurpose, signing: SigningKey): HeldKey => ({
    purpose,
    signing,
    next: undefined,
    lookAgainAt: after(this.clock.now(), { minutes: rereadMinutes }),
  });

  /** Whatever goes wrong with another key, the one at hand signs on. */
  private async lookAgain(held: HeldKey): Promise<void> {
    const { purpose, signing, next } = held;
    const publishedAt = this.clock.now();
    held.lookAgainAt = after(publishedAt, { minutes: rereadMinutes });
    try {
      const found = await this.fetch(purpose);
      const { keyId, publicKey } = found;
      if (publicKey === signing.publicKey) held.next = undefined;
      else if (publicKey === next?.publicKey) held.signing = found;
      else {
        await this.published.publish({ keyId, purpose, publicKey, publishedAt });
        held.next = found;
      }
    } catch (error) {
      this.telemetry.log.error('a signing key can not be looked for, or is none', error, { purpose });
    }
  }

  private async fetch(purpose: KeyPurpose): Promise<SigningKey> {
    const make = () => Buffer.from(this.chance.bytes(32)).toString('base64url');
    const secret = await this.secrets.getOrCreate(secretNames[purpose], make);
    return signingKeyFrom(purpose, Buffer.from(secret, 'base64url'));
  }
}
