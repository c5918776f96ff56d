import { Clock, Ids } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import type { Category } from './category';
import { Programme, type RepeatableRequest } from './ports';
import { categoryExists } from './refusals';
import { slugFrom } from './slug';
import type { Venue } from './venue';

/** What events need before there is one: places and kinds. */
@injectable()
export class Furnishing {
  constructor(
    @inject(Programme) private readonly programme: Programme,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  async addVenue(details: Omit<Venue, 'venueId' | 'addedAt'>, request: RepeatableRequest): Promise<Venue> {
    return this.programme.once(request, async (commit) => {
      const venue: Venue = { venueId: this.ids.next(), ...details, addedAt: this.clock.now() };
      await commit.addVenue(venue);
      return venue;
    });
  }

  /** Its slug is made from the name where none is given. */
  async addCategory(
    details: { readonly name: string; readonly slug: string | undefined },
    request: RepeatableRequest,
  ): Promise<Category> {
    return this.programme.once(request, async (commit) => {
      const { name, slug = slugFrom(name) } = details;
      const category: Category = { categoryId: this.ids.next(), slug, name };
      if (!(await commit.addCategory(category))) throw categoryExists(slug);
      return category;
    });
  }
}
