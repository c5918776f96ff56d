import { eventPublished, type SeatMap } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import type { Event } from './event';
import { sizeFaults } from './hindrances';
import type { Commit } from './ports';
import { publication } from './publication';
import { refuseFaults } from './refusals';
import { seatsOnSale } from './seating';

/** Saves the event; where it is published, others are told how it is now in the same commit. */
export async function saveAndTell(commit: Commit, event: Event, now: Instant): Promise<void> {
  await commit.save(event);
  if (event.status.is !== 'published') return;
  const fact = publication(event, event.status.publishedAt, await seatsSold(event, commit));
  refuseFaults(sizeFaults(fact));
  await commit.announce(eventPublished, fact, now);
}

export async function seatsSold({ seating }: Event, commit: Commit): Promise<SeatMap | undefined> {
  if (!seating) return undefined;
  const map = await commit.seatMap(seating.seatMapId);
  // Without it, numbered seats would go on sale as if they were none.
  if (!map) throw new Error(`the seat map ${seating.seatMapId}, which an event has taken, is not there`);
  return seatsOnSale(map, seating);
}
