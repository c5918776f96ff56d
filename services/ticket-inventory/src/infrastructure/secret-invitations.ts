import { Chance } from '@boxoffice/shared/kernel';
import type { Secrets } from '@boxoffice/shared/platform';
import { inject, injectable } from 'tsyringe';
import { createHmac } from 'node:crypto';
import type { Invitations } from '../core/ports';
import { SecretStore } from './secret-seals';

const secretName = 'invitation-secret';

/**
 * Invitations are made of a secret and what they are for, so that whoever repeats a request is told the same, and the store needs
 * to keep none. With another secret, those that have been given still hold: it is their hash that is compared.
 */
@injectable()
export class SecretInvitations implements Invitations {
  private secret: Promise<string> | undefined;

  constructor(
    @inject(SecretStore) private readonly secrets: Secrets,
    @inject(Chance) private readonly chance: Chance,
  ) {}

  async writer(): ReturnType<Invitations['writer']> {
    this.secret ??= this.fetch();
    this.secret.catch(() => (this.secret = undefined)); // the next who asks tries again
    const secret = await this.secret;
    // 132 bits: more than anyone can try.
    return (groupId, part) =>
      createHmac('sha256', secret).update(`${groupId} ${part}`).digest('base64url').slice(0, 22);
  }

  private fetch(): Promise<string> {
    const make = () => Buffer.from(this.chance.bytes(32)).toString('base64url');
    return this.secrets.getOrCreate(secretName, make);
  }
}
