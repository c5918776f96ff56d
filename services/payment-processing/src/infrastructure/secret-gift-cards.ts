import { Chance } from '@boxoffice/shared/kernel';
import type { Secrets } from '@boxoffice/shared/platform';
import { inject, injectable } from 'tsyringe';
import { createHmac } from 'node:crypto';
import type { GiftCardCodes } from '../core/gift-card';

export const SecretStore = Symbol('SecretStore');

const secretName = 'gift-card-secret';
// No 0, O, 1, I, L or U: people read codes from paper.
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 4;
const groupLength = 5;

/**
 * Codes are made of a secret and the card's id, so that the store needs to keep none. With another secret, those that have been
 * told still hold: it is their hash that is looked for.
 */
@injectable()
export class SecretGiftCards implements GiftCardCodes {
  private secret: Promise<string> | undefined;

  constructor(
    @inject(SecretStore) private readonly secrets: Secrets,
    @inject(Chance) private readonly chance: Chance,
  ) {}

  async writer(): ReturnType<GiftCardCodes['writer']> {
    this.secret ??= this.fetch();
    this.secret.catch(() => (this.secret = undefined)); // the next who asks tries again
    const secret = await this.secret;
    return (giftCardId) => inWords(createHmac('sha256', secret).update(giftCardId).digest());
  }

  private fetch(): Promise<string> {
    const make = () => Buffer.from(this.chance.bytes(32)).toString('base64url');
    return this.secrets.getOrCreate(secretName, make);
  }
}

/** `7KQ2M-…`: twenty letters, 98 bits: more than anyone can try. */
function inWords(digest: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(digest).toString('hex')}`);
  const group = (): string => {
    let text = '';
    for (let place = 0; place < groupLength; place++) {
      text += letters.charAt(Number(rest % BigInt(letters.length)));
      rest /= BigInt(letters.length);
    }
    return text;
  };
  return Array.from({ length: groups }, group).join('-');
}
