import { Chance } from '@boxoffice/shared/kernel';
import type { Secrets } from '@boxoffice/shared/platform';
import {
  encodeTicketCode,
  sealHolds,
  signingKeyFrom,
  type KeyPurpose,
  type SigningKey,
} from '@boxoffice/shared/tokens';
import { inject, injectable } from 'tsyringe';
import type { PublishedKey, Seals } from '../core/ports';

export const SecretStore = Symbol('SecretStore');

const secretNames: Readonly<Record<KeyPurpose, string>> = {
  hold: 'hold-signing-key',
  ticket: 'ticket-signing-key',
};

/** Private keys kept as secrets: the 32 bytes that an Ed25519 key is made from, in base64url (a JWK's member `d`). */
@injectable()
export class SecretSeals implements Seals {
  private readonly keys = new Map<KeyPurpose, Promise<SigningKey>>();

  constructor(
    @inject(SecretStore) private readonly secrets: Secrets,
    @inject(Chance) private readonly chance: Chance,
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

  private key(purpose: KeyPurpose): Promise<SigningKey> {
    let key = this.keys.get(purpose);
    if (!key) {
      key = this.fetch(purpose);
      this.keys.set(purpose, key);
      key.catch(() => this.keys.delete(purpose)); // the next who asks tries again
    }
    return key;
  }

  private async fetch(purpose: KeyPurpose): Promise<SigningKey> {
    const make = () => Buffer.from(this.chance.bytes(32)).toString('base64url');
    const secret = await this.secrets.getOrCreate(secretNames[purpose], make);
    return signingKeyFrom(purpose, Buffer.from(secret, 'base64url'));
  }
}
