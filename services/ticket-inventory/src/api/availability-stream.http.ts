import {
  comeBackAfter,
  eventStreamHeaders,
  route,
  serverSentEvent,
  stillHere,
  type Route,
} from '@boxoffice/shared/http';
import type { Chance } from '@boxoffice/shared/kernel';
import type { Availability } from '../core/availability';
import type { Listen, WatchAvailability } from '../core/watch-availability';
import { versionOf } from './availability.http';

/** When it ended as it should, there is a place for whoever comes back. */
const nextMilliseconds = 50;

export const availabilityStream = (query: WatchAvailability, chance: Chance): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/availability/stream',
    summary: 'How many tickets of each type are left, told within a second of each change',
    access: 'anyone',
    answers: {
      status: 200,
      description:
        'Server-sent events `availability`, each with what `GET /events/{eventId}/availability` answers as its data, and the ETag of that as its id. ' +
        'It ends after a minute or so, and browsers come back by themselves.',
      contentType: eventStreamHeaders['content-type'],
    },
    async handle({ params, headers }) {
      const listen = await query.open(params['eventId'] ?? '');
      // Those whom a crash has sent away all at once come back within some seconds of each other.
      const [share = 0] = chance.bytes(1);
      const stream = (gone: AbortSignal) =>
        eventsOf(listen, gone, headers['last-event-id'], 1000 + 16 * share);
      return { status: 200, headers: eventStreamHeaders, stream };
    },
  });

async function* eventsOf(
  listen: Listen,
  gone: AbortSignal,
  lastEventId: string | undefined,
  retryMilliseconds: number,
): AsyncGenerator<Uint8Array> {
  yield comeBackAfter(retryMilliseconds);
  let told = lastEventId;
  for await (const seen of listen(gone)) {
    const { version, bytes } = printed(seen);
    yield version === told ? stillHere : bytes;
    told = version;
  }
  if (!gone.aborted) yield comeBackAfter(nextMilliseconds);
}

interface Printed {
  readonly version: string;
  readonly bytes: Uint8Array;
}
const prints = new WeakMap<Availability, Printed>();

/** However many are told, it is written out once. */
function printed(seen: Availability): Printed {
  const known = prints.get(seen);
  if (known) return known;
  const version = versionOf(seen);
  const bytes = serverSentEvent({ event: 'availability', id: version, data: JSON.stringify(seen) });
  const print = { version, bytes };
  prints.set(seen, print);
  return print;
}
