import type { Event } from './event';
import type { Commit } from './ports';
import { eventIsCancelled, eventNotDraft, eventNotFound, versionChanged } from './refusals';

/** The organiser's own event, to be changed: whoever's it is not learns no more than that it isn't there. */
export async function ownEvent(commit: Commit, eventId: string, organizerId: string): Promise<Event> {
  const event = await commit.event(eventId);
  if (event?.organizerId !== organizerId) throw eventNotFound();
  return event;
}

/** The same, while it is a draft, and of the version that was seen (any, where none is given). */
export async function draftOf(
  commit: Commit,
  eventId: string,
  organizerId: string,
  seenVersion?: string,
): Promise<Event> {
  const event = await ownEvent(commit, eventId, organizerId);
  if (event.status.is === 'published') throw eventNotDraft();
  return stillOpen(event, seenVersion);
}

/** The same for a change that may also come once it is published. */
export const changeableOf = async (
  commit: Commit,
  eventId: string,
  organizerId: string,
  seenVersion?: string,
): Promise<Event> => stillOpen(await ownEvent(commit, eventId, organizerId), seenVersion);

function stillOpen(event: Event, seenVersion: string | undefined): Event {
  if (event.status.is === 'cancelled') throw eventIsCancelled();
  if (seenVersion !== undefined && seenVersion !== String(event.version)) throw versionChanged(event.version);
  return event;
}
