import { Clock, Ids } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { draftOf } from './draft-of';
import { changed, hasPrices, type Event, type EventDetails } from './event';
import { Programme, type Commit, type RepeatableRequest } from './ports';
import { notPossible, type Reason } from './refusals';
import { slugsFor } from './slug';
import { placeOf } from './venue';

export interface EventWriting {
  readonly organizerId: string;
  readonly details: EventDetails;
  readonly venueId: string;
  readonly categoryId: string;
}

/** Making, changing and dropping drafts. */
@injectable()
export class Drafts {
  constructor(
    @inject(Programme) private readonly programme: Programme,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** Refuses with `not-possible`, listing every reason. */
  async create(writing: EventWriting, request: RepeatableRequest): Promise<Event> {
    return this.programme.once(request, async (commit) => {
      const eventId = this.ids.next();
      const where = await whereAndWhat(commit, writing);
      const event: Event = {
        eventId,
        organizerId: writing.organizerId,
        version: 1,
        status: { is: 'draft' },
        slug: await claimSlug(commit, writing.details.title, eventId),
        details: writing.details,
        ...where,
        ticketTypes: [],
        pools: [],
        seating: undefined,
        terms: {},
        discounts: [],
        createdAt: this.clock.now(),
      };
      await commit.add(event);
      return event;
    });
  }

  /** `seenVersion`: the one that the change was decided on. */
  async rewrite(eventId: string, seenVersion: string, writing: EventWriting): Promise<Event> {
    return this.programme.change(async (commit) => {
      const event = await draftOf(commit, eventId, writing.organizerId, seenVersion);
      const { details } = writing;
      const also: Reason[] = [];
      if (hasPrices(event) && details.currency !== event.details.currency)
        also.push({
          field: 'currency',
          code: 'prices-set',
          message: 'there are prices in the event’s currency; remove them first',
        });
      if (event.seating && writing.venueId !== event.place.venueId)
        also.push({
          field: 'venueId',
          code: 'seats-assigned',
          message: 'seats of the event’s venue are assigned; remove its seating first',
        });
      const where = await whereAndWhat(commit, writing, also);
      const slug =
        details.title === event.details.title ? event.slug : await claimSlug(commit, details.title, eventId);
      const rewritten = changed(event, { details, slug, ...where });
      await commit.save(rewritten);
      return rewritten;
    });
  }

  async remove(eventId: string, organizerId: string, seenVersion: string): Promise<void> {
    await this.programme.change(async (commit) =>
      commit.remove(await draftOf(commit, eventId, organizerId, seenVersion)),
    );
  }
}

async function whereAndWhat(
  commit: Commit,
  { venueId, categoryId, details }: EventWriting,
  also: readonly Reason[] = [],
): Promise<Pick<Event, 'place' | 'category'>> {
  const venue = await commit.venue(venueId);
  const category = await commit.category(categoryId);
  const faults: Reason[] = [...also];
  if (details.endsAt <= details.startsAt)
    faults.push({ field: 'endsAt', code: 'ends-before-start', message: 'endsAt must be after startsAt' });
  if (!venue) faults.push({ field: 'venueId', code: 'unknown-venue', message: 'there is no such venue' });
  if (!category)
    faults.push({ field: 'categoryId', code: 'unknown-category', message: 'there is no such category' });
  if (!venue || !category || faults.length > 0) throw notPossible(faults);
  return { place: placeOf(venue), category: { categoryId, name: category.name } };
}

async function claimSlug(commit: Commit, title: string, eventId: string): Promise<string> {
  const [short, long] = slugsFor(title, eventId);
  if (await commit.claimSlug(short, eventId)) return short;
  await commit.claimSlug(long, eventId);
  return long;
}
