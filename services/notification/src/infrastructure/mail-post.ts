import { MailRefused, type Mail } from '@boxoffice/shared/platform';
import { inject, injectable } from 'tsyringe';
import type { Enclosure, Letter, Post, Posted } from '../core/ports';

export const MailProvider = Symbol('MailProvider');

@injectable()
export class MailPost implements Post {
  constructor(@inject(MailProvider) private readonly mail: Mail) {}

  async send(id: string, letter: Letter, enclosures: readonly Enclosure[]): Promise<Posted> {
    try {
      const { providerId } = await this.mail.send({ id, ...letter, attachments: enclosures });
      return { taken: true, providerId };
    } catch (error) {
      if (error instanceof MailRefused) return { taken: false, reason: 'the provider refused it' };
      throw error;
    }
  }
}
