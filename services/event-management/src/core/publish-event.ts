import { eventPublished, type SeatMap } from '@boxoffice/shared/contracts';
import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { ownEvent } from './draft-of';
import { changed, type Event } from './event';
import { hindrances } from './hindrances';
import { Programme, type Commit } from './ports';
import { publication } from './publication';
import { eventIsCancelled, notPublishable } from './refusals';
import { seatsOnSale } from './seating';

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
      const seats = await seatsSold(event, commit);
      const reasons = hindrances(event, now, seats);
      if (reasons.length > 0) throw notPublishable(reasons);
      const published = changed(event, { status: { is: 'published', publishedAt: now } });
      await commit.save(published);
      await commit.announce(eventPublished, publication(published, now, seats), now);
      return published;
    });
  }
}

async function seatsSold({ seating }: Event, commit: Commit): Promise<SeatMap | undefined> {
  if (!seating) return undefined;
  const map = await commit.seatMap(seating.seatMapId);
  // Without it, numbered seats would go on sale as if they were none.
  if (!map) throw new Error(`the seat map ${seating.seatMapId}, which an event has taken, is not there`);
  return seatsOnSale(map, seating);
}
