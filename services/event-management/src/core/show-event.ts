import { inject, injectable } from 'tsyringe';
import { publishedAtOf, type Event } from './event';
import { Listings } from './ports';
import { eventNotFound } from './refusals';

/** What has been published is everybody's to see, cancelled or not; a draft is its organiser's alone. */
@injectable()
export class Showing {
  constructor(@inject(Listings) private readonly listings: Listings) {}

  /** `viewerId`: who asks, where that is known. */
  async byId(eventId: string, viewerId: string | undefined): Promise<Event> {
    return shownTo(viewerId, await this.listings.event(eventId));
  }

  /** For what is an organiser's to see, published or not. */
  async own(eventId: string, organizerId: string): Promise<Event> {
    const event = await this.listings.event(eventId);
    if (event?.organizerId !== organizerId) throw eventNotFound();
    return event;
  }

  /** May answer an event whose slug is another by now. */
  async bySlug(slug: string, viewerId: string | undefined): Promise<Event> {
    return shownTo(viewerId, await this.listings.eventBySlug(slug));
  }
}

function shownTo(viewerId: string | undefined, event: Event | undefined): Event {
  if (!event || (publishedAtOf(event.status) === undefined && event.organizerId !== viewerId))
    throw eventNotFound();
  return event;
}
