import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { PublishedKeys, Seals } from './ports';

/** Others learn of the keys before the first hold or ticket is signed with them. */
@injectable()
export class PublishKeys {
  constructor(
    @inject(Seals) private readonly seals: Seals,
    @inject(PublishedKeys) private readonly keys: PublishedKeys,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  async publish(): Promise<void> {
    const publishedAt = this.clock.now();
    for (const key of await this.seals.publicKeys()) await this.keys.publish({ ...key, publishedAt });
  }
}
