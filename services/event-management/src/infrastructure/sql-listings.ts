import { idPattern } from '@boxoffice/shared/kernel';
import type { Database } from '@boxoffice/shared/sql';
import type { ExpressionBuilder } from 'kysely';
import { inject, injectable } from 'tsyringe';
import type { Category } from '../core/category';
import type { Event } from '../core/event';
import type { EventFilter, EventSummary, IdPage, Listings, StartPage } from '../core/ports';
import { wordsOf } from '../core/words';
import { digestOf } from './digest';
import { readEvent, summaryColumns, summaryOf } from './event-rows';
import { EventDatabase } from './sql-programme';
import type { EventTables } from './tables';

/** More words than this no one types to find an event. */
const mostWords = 8;
/** Fewer events than this make a word rare. */
const fewEvents = 50;

@injectable()
export class SqlListings implements Listings {
  constructor(@inject(EventDatabase) private readonly database: Database<EventTables>) {}

  event = (eventId: string): Promise<Event | undefined> => readEvent(this.database.query, eventId);

  async eventBySlug(slug: string): Promise<Event | undefined> {
    const row = await this.database.query
      .selectFrom('slug')
      .select('eventId')
      .where('slug', '=', slug)
      .executeTakeFirst();
    return row && this.event(row.eventId);
  }

  async published(filter: EventFilter, page: StartPage): Promise<readonly EventSummary[]> {
    const categoryId = filter.category === undefined ? undefined : await this.categoryId(filter.category);
    if (filter.category !== undefined && categoryId === undefined) return [];
    const words =
      filter.words === undefined ? [] : await this.rarestFirst(wordsOf(filter.words), filter.from);
    if (filter.words !== undefined && words.length === 0) return [];
    const [first, ...others] = words;
    const rows = await (
      first === undefined
        ? this.byStart(filter, categoryId, page)
        : this.byWord(first, others, filter, categoryId, page)
    ).execute();
    return rows.map(summaryOf);
  }

  private byStart(filter: EventFilter, categoryId: string | undefined, page: StartPage) {
    return this.database.query
      .selectFrom('event')
      .select(summaryColumns)
      .where('state', '=', 'published')
      .where((eb) => this.also(eb, filter, categoryId))
      .where('startsAt', '>=', beginning(filter, page))
      .$if(filter.to !== undefined, (query) => query.where('startsAt', '<', filter.to ?? ''))
      .$if(page.after !== undefined, (query) =>
        query.where((eb) =>
          eb.or([
            eb('startsAt', '>', page.after?.startsAt ?? ''),
            eb('eventId', '>', page.after?.eventId ?? ''),
          ]),
        ),
      )
      .orderBy('startsAt')
      .orderBy('eventId')
      .limit(page.limit);
  }

  /** A look at the first few events of each word tells which has few: walking a common word to find a rare one takes long. */
  private async rarestFirst(words: readonly string[], from: string): Promise<readonly string[]> {
    const asked = words.slice(0, mostWords);
    if (asked.length < 2) return asked;
    const counted = asked.map(async (word) => {
      const few = this.database.query.selectFrom('searchWord').select('eventId');
      const rows = await few
        .where('word', '=', digestOf(word))
        .where('startsAt', '>=', from)
        .orderBy('startsAt')
        .limit(fewEvents)
        .execute();
      return { word, events: rows.length };
    });
    return (await Promise.all(counted)).sort((a, b) => a.events - b.events).map(({ word }) => word);
  }

  /** Walks the events that have one word by start, and asks of each whether it has the others. */
  private byWord(
    word: string,
    others: readonly string[],
    filter: EventFilter,
    categoryId: string | undefined,
    page: StartPage,
  ) {
    return this.database.query
      .selectFrom('searchWord as found')
      .innerJoin('event', 'event.eventId', 'found.eventId')
      .select(summaryColumns.map((column) => `event.${column}` as const))
      .where('found.word', '=', digestOf(word))
      .where('found.startsAt', '>=', beginning(filter, page))
      .$if(filter.to !== undefined, (query) => query.where('found.startsAt', '<', filter.to ?? ''))
      .$if(page.after !== undefined, (query) =>
        query.where((eb) =>
          eb.or([
            eb('found.startsAt', '>', page.after?.startsAt ?? ''),
            eb('found.eventId', '>', page.after?.eventId ?? ''),
          ]),
        ),
      )
      .where((eb) =>
        eb.and(
          others.map((other) =>
            eb.exists(
              eb
                .selectFrom('searchWord as also')
                .select('also.word')
                .whereRef('also.eventId', '=', 'found.eventId')
                .where('also.word', '=', digestOf(other)),
            ),
          ),
        ),
      )
      .where((eb) => this.also(eb, filter, categoryId))
      .orderBy('found.startsAt')
      .orderBy('found.eventId')
      .limit(page.limit);
  }

  private also(
    eb: ExpressionBuilder<EventTables, 'event'>,
    { city }: EventFilter,
    categoryId: string | undefined,
  ) {
    return eb.and([
      ...(categoryId === undefined ? [] : [eb('event.categoryId', '=', categoryId)]),
      ...(city === undefined ? [] : [eb('event.cityKey', '=', digestOf(city))]),
    ]);
  }

  private async categoryId(idOrSlug: string): Promise<string | undefined> {
    if (idPattern.test(idOrSlug)) return idOrSlug;
    const row = await this.database.query
      .selectFrom('category')
      .select('categoryId')
      .where('slug', '=', idOrSlug)
      .executeTakeFirst();
    return row?.categoryId;
  }

  async ofOrganizer(organizerId: string, { limit, before }: IdPage): Promise<readonly EventSummary[]> {
    const rows = await this.database.query
      .selectFrom('event')
      .select(summaryColumns)
      .where('organizerId', '=', organizerId)
      .$if(before !== undefined, (query) => query.where('eventId', '<', before ?? ''))
      .orderBy('eventId', 'desc')
      .limit(limit)
      .execute();
    return rows.map(summaryOf);
  }

  async categories(): Promise<readonly Category[]> {
    const rows = await this.database.query.selectFrom('category').selectAll().execute();
    // Databases order letters each in their own way; people expect one.
    return rows.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }
}

const beginning = ({ from }: EventFilter, { after }: StartPage): string =>
  after !== undefined && after.startsAt > from ? after.startsAt : from;
