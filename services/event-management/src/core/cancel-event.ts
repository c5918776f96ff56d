import { eventCancelled } from '@boxoffice/shared/contracts';
import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { ownEvent } from './draft-of';
import { changed, publishedAtOf, type Event } from './event';
import { Programme } from './ports';

@injectable()
export class Cancelling {
  constructor(
    @inject(Programme) private readonly programme: Programme,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The event will not be held. Whoever heard that it was on sale is told in the same commit; of a draft nobody did.
   * Cancelling what is cancelled changes nothing, whatever the reason this time.
   */
  async cancel(eventId: string, organizerId: string, reason: string): Promise<Event> {
    return this.programme.change(async (commit) => {
      const event = await ownEvent(commit, eventId, organizerId);
      if (event.status.is === 'cancelled') return event;
      const cancelledAt = this.clock.now();
      const publishedAt = publishedAtOf(event.status);
      const cancelled = changed(event, { status: { is: 'cancelled', cancelledAt, reason, publishedAt } });
      await commit.save(cancelled);
      if (publishedAt !== undefined) {
        const { version, details } = cancelled;
        const fact = { eventId, version, organizerId, title: details.title, cancelledAt };
        await commit.announce(eventCancelled, fact, cancelledAt);
      }
      return cancelled;
    });
  }
}
