import type { Instant } from '@boxoffice/shared/kernel';
import type { Kysely, Selectable } from 'kysely';
import { lowestPrice, publishedAtOf, type Event, type EventStatus } from '../core/event';
import type { Discount } from '../core/discount';
import type { EventSummary } from '../core/ports';
import type { Seating } from '../core/seating';
import type { Terms } from '../core/terms';
import { digestOf } from './digest';
import { poolOf, ticketTypeOf } from './part-rows';
import type { EventRow, EventTables } from './tables';

/** The event with its ticket types and pools. A transaction is a Kysely too. */
export async function readEvent(database: Kysely<EventTables>, eventId: string): Promise<Event | undefined> {
  const row = await database
    .selectFrom('event')
    .selectAll()
    .where('eventId', '=', eventId)
    .executeTakeFirst();
  if (!row) return undefined;
  const ticketTypes = await database
    .selectFrom('ticketType')
    .selectAll()
    .where('eventId', '=', eventId)
    .orderBy('position')
    .execute();
  const pools = await database
    .selectFrom('pool')
    .selectAll()
    .where('eventId', '=', eventId)
    .orderBy('position')
    .execute();
  const { details, ...rest } = baseOf(row);
  return {
    ...rest,
    details: { ...details, description: row.description },
    ticketTypes: ticketTypes.map(ticketTypeOf),
    pools: pools.map(poolOf),
    seating: row.seating === null ? undefined : (JSON.parse(row.seating) as Seating),
    terms: row.terms === null ? {} : (JSON.parse(row.terms) as Terms),
    discounts: row.discounts === null ? [] : (JSON.parse(row.discounts) as Discount[]),
  };
}

/** All that a list shows: the columns but the description, which may be long. */
export const summaryColumns = [
  'eventId',
  'organizerId',
  'version',
  'state',
  'slug',
  'title',
  'summary',
  'startsAt',
  'endsAt',
  'holdMinutes',
  'currency',
  'lowestPriceMinor',
  'venueId',
  'venueName',
  'venueAddress',
  'city',
  'country',
  'timeZone',
  'categoryId',
  'categoryName',
  'createdAt',
  'publishedAt',
  'cancelledAt',
  'cancelReason',
] as const satisfies readonly (keyof EventRow)[];

type SummaryRow = Pick<Selectable<EventRow>, (typeof summaryColumns)[number]>;

export const summaryOf = (row: SummaryRow): EventSummary => ({
  ...baseOf(row),
  lowestPriceMinor: row.lowestPriceMinor ?? undefined,
});

function baseOf(row: SummaryRow): Omit<EventSummary, 'lowestPriceMinor'> {
  const { title, summary, holdMinutes, currency } = row;
  return {
    eventId: row.eventId,
    organizerId: row.organizerId,
    version: row.version,
    status: statusOf(row),
    slug: row.slug,
    details: {
      title,
      summary,
      holdMinutes,
      currency,
      startsAt: row.startsAt as Instant,
      endsAt: row.endsAt as Instant,
    },
    place: {
      venueId: row.venueId,
      name: row.venueName,
      address: row.venueAddress,
      city: row.city,
      country: row.country,
      timeZone: row.timeZone,
    },
    category: { categoryId: row.categoryId, name: row.categoryName },
    createdAt: row.createdAt as Instant,
  };
}

function statusOf(row: Pick<EventRow, 'publishedAt' | 'cancelledAt' | 'cancelReason'>): EventStatus {
  const publishedAt = (row.publishedAt as Instant | null) ?? undefined;
  if (row.cancelledAt !== null) {
    const { cancelledAt, cancelReason } = row;
    return { is: 'cancelled', cancelledAt: cancelledAt as Instant, reason: cancelReason ?? '', publishedAt };
  }
  return publishedAt === undefined ? { is: 'draft' } : { is: 'published', publishedAt };
}

export function rowOf(event: Event): EventRow {
  const { eventId, organizerId, version, status, slug, details, place, category, createdAt } = event;
  const { seating, terms, discounts } = event;
  const publishedAt = publishedAtOf(status);
  return {
    eventId,
    organizerId,
    version,
    state: publishedAt === undefined ? 'draft' : 'published',
    slug,
    ...details,
    lowestPriceMinor: lowestPrice(event)?.amountMinor ?? null,
    venueId: place.venueId,
    venueName: place.name,
    venueAddress: place.address,
    city: place.city,
    cityKey: digestOf(place.city),
    country: place.country,
    timeZone: place.timeZone,
    categoryId: category.categoryId,
    categoryName: category.name,
    createdAt,
    publishedAt: publishedAt ?? null,
    cancelledAt: status.is === 'cancelled' ? status.cancelledAt : null,
    cancelReason: status.is === 'cancelled' ? status.reason : null,
    seating: seating === undefined ? null : JSON.stringify(seating),
    terms: Object.keys(terms).length === 0 ? null : JSON.stringify(terms),
    discounts: discounts.length === 0 ? null : JSON.stringify(discounts),
  };
}
