import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { ownEvent } from './draft-of';
import { changed, type Event } from './event';
import { hindrances } from './hindrances';
import { Programme } from './ports';
import { eventIsCancelled, notPublishable } from './refusals';
import { saveAndTell, seatsSold } from './tell-of-change';

@injectable()
export class Publishing {
  constructor(
    @inject(Programme) private readonly programme: Programme,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The event is on sale, and others are told in the same commit. Publishing what is published changes nothing. Refuses
   * with `event-not-publishable`, listing every reason.
   */
  async publish(eventId: string, organizerId: string): Promise<Event> {
    return this.programme.change(async (commit) => {
      const event = await ownEvent(commit, eventId, organizerId);
      if (event.status.is === 'cancelled') throw eventIsCancelled();
      if (event.status.is === 'published') return event;
      const now = this.clock.now();
      const reasons = hindrances(event, now, await seatsSold(event, commit));
      if (reasons.length > 0) throw notPublishable(reasons);
      const published = changed(event, { status: { is: 'published', publishedAt: now } });
      await saveAndTell(commit, published, now);
      return published;
    });
  }
}
