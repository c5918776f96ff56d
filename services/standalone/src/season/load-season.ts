import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, atLocalTime, localTime, type Clock, type Instant } from '@boxoffice/shared/kernel';
import { enterEvent, NotEntered, type CallApi } from '../import/enter-event';
import { categories, programme, venues, type SeasonEvent } from './programme';

/** When it was begun, which all its dates count from, and whether it is all there. */
interface Marker {
  readonly firstStart: Instant;
  readonly loaded: boolean;
}

/** Enters the season once in the life of a data folder; what a crash cut short is finished at the next start. */
export async function loadSeason(
  call: CallApi,
  dataDir: string,
  clock: Clock,
): Promise<'loaded' | 'there-already'> {
  const file = path.join(dataDir, 'season.json');
  const marker = readMarker(file) ?? { firstStart: clock.now(), loaded: false };
  if (marker.loaded) return 'there-already';
  writeMarker(file, marker);
  for (const name of categories)
    await call({
      as: 'admin',
      method: 'POST',
      path: '/categories',
      body: { name },
      idempotencyKey: `season ${name}`,
    });
  for (const event of programme) {
    // Finished days after it was cut short, it leaves out what lies in the past by now.
    await enterEvent(call, eventToEnter(event, marker.firstStart)).catch((error: unknown) => {
      if (!(error instanceof NotEntered)) throw error;
    });
  }
  writeMarker(file, { ...marker, loaded: true });
  return 'loaded';
}

export function eventToEnter(event: SeasonEvent, firstStart: Instant) {
  const venue = venues.find(({ key }) => key === event.venue);
  if (!venue) throw new Error(`“${event.title}” is held at no venue of the season: ${event.venue}`);
  const { name, street, postalCode, city, country, timeZone, currency } = venue;
  const day = localTime(after(firstStart, { days: event.inDays }), venue.timeZone).slice(0, 10);
  const startsAt = atLocalTime(`${day}T${event.at}`, venue.timeZone);
  if (startsAt === undefined) throw new Error(`“${event.title}” starts at no time: ${event.at}`);
  return {
    title: event.title,
    summary: event.summary,
    description: [
      event.summary,
      ...(event.also === undefined ? [] : [event.also]),
      `Doors open half an hour before. ${venue.name}, ${venue.city}.`,
    ].join('\n\n'),
    category: event.category,
    venue: { name, street, postalCode, city, country, timeZone },
    startsAt,
    endsAt: after(startsAt, { minutes: event.minutes }),
    currency,
    ticketTypes: event.tickets.map(([name, priceMinor, capacity, options]) => ({
      name,
      priceMinor,
      capacity,
      ...options,
    })),
    ...(event.pools && { pools: event.pools }),
    ...(event.seats && { seats: event.seats }),
    ...(event.terms && { terms: event.terms }),
    ...(event.discounts && { discounts: event.discounts }),
  };
}

function readMarker(file: string): Marker | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Marker;
  } catch {
    return undefined; // the first start
  }
}

function writeMarker(file: string, marker: Marker): void {
  writeFileSync(`${file}.new`, JSON.stringify(marker));
  renameSync(`${file}.new`, file);
}
