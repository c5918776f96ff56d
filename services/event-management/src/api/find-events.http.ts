import { decodeCursor, page, PageQuery, route, type Reply, type Route } from '@boxoffice/shared/http';
import type { Clock } from '@boxoffice/shared/kernel';
import type { EventFilter, EventSummary, Listings } from '../core/ports';
import { EventPageView, viewOfSummary } from './event.view';
import { FindEventsQuery } from './find-events.request';

const answers = {
  status: 200,
  description: 'One page; follow nextCursor for the next.',
  body: EventPageView,
};

export const findEvents = (listings: Listings, clock: Clock): Route =>
  route<object, FindEventsQuery>({
    method: 'GET',
    path: '/events',
    summary: 'Published events by start, those to come unless `from` says otherwise',
    access: 'anyone',
    query: FindEventsQuery,
    answers,
    handle: ({ query }) => found(listings, clock, query, {}),
  });

export const findEventsOfCategory = (listings: Listings, clock: Clock): Route =>
  route<object, FindEventsQuery>({
    method: 'GET',
    path: '/events/category/{categoryId}',
    summary: 'The same, of one category, by its id or its slug',
    access: 'anyone',
    query: FindEventsQuery,
    answers,
    handle: ({ query, params: { categoryId = '' } }) =>
      found(listings, clock, query, { category: categoryId }),
  });

async function found(
  listings: Listings,
  clock: Clock,
  query: FindEventsQuery,
  of: { readonly category?: string },
): Promise<Reply> {
  const { limit, cursor, category, city, q, from = clock.now(), to } = query;
  const position = decodeCursor(cursor, '', '');
  const filter: EventFilter = {
    ...(category === undefined ? {} : { category }),
    ...of,
    ...(city === undefined ? {} : { city }),
    ...(q === undefined ? {} : { words: q }),
    from,
    ...(to === undefined ? {} : { to }),
  };
  const after = position && { startsAt: position[0], eventId: position[1] };
  const events = await listings.published(filter, { limit: limit + 1, after });
  return pageReply(events, limit, ({ details, eventId }) => [details.startsAt, eventId]);
}

export const findOwnEvents = (listings: Listings): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/events/organizer',
    summary: 'Your own events, drafts too, the latest first',
    access: 'organizer',
    query: PageQuery,
    answers,
    async handle({ query: { limit, cursor }, principal }) {
      const before = decodeCursor(cursor, '')?.[0];
      const events = await listings.ofOrganizer(principal.userId, { limit: limit + 1, before });
      return pageReply(events, limit, ({ eventId }) => [eventId]);
    },
  });

function pageReply(
  events: readonly EventSummary[],
  limit: number,
  cursorOf: (last: EventSummary) => readonly string[],
): Reply {
  const { items, ...rest } = page(events, limit, cursorOf);
  return { status: 200, body: { items: items.map(viewOfSummary), ...rest } };
}
