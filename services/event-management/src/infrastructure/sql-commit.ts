import type { Fact } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import { announce } from '@boxoffice/shared/messaging';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Transaction } from 'kysely';
import type { Category } from '../core/category';
import { publishedAtOf, type Event } from '../core/event';
import type { AboutEvent, Commit } from '../core/ports';
import type { SeatMap } from '../core/seat-map';
import type { Venue } from '../core/venue';
import { beginningsOf } from '../core/words';
import { digestOf } from './digest';
import { readEvent, rowOf } from './event-rows';
import { poolRowsOf, ticketTypeRowsOf } from './part-rows';
import { readSeatMap, seatMapRowOf } from './seat-map-rows';
import type { EventTables } from './tables';
import { venueOf } from './venue-rows';

/** What an envelope needs beside its fact. */
export interface Announcing {
  nextId(): string;
  traceparent(): string | undefined;
}

/** What one transaction does to the programme. */
export class SqlCommit implements Commit {
  constructor(
    private readonly tx: Transaction<EventTables>,
    private readonly announcing: Announcing,
  ) {}

  event = (eventId: string): Promise<Event | undefined> => readEvent(this.tx, eventId);

  async venue(venueId: string): Promise<Venue | undefined> {
    const row = await this.tx
      .selectFrom('venue')
      .selectAll()
      .where('venueId', '=', venueId)
      .executeTakeFirst();
    return row && venueOf(row);
  }

  category(categoryId: string): Promise<Category | undefined> {
    return this.tx.selectFrom('category').selectAll().where('categoryId', '=', categoryId).executeTakeFirst();
  }

  async add(event: Event): Promise<void> {
    await this.tx.insertInto('event').values(rowOf(event)).execute();
    await this.writeParts(event);
  }

  async save(event: Event): Promise<void> {
    const { numUpdatedRows } = await this.tx
      .updateTable('event')
      .set(rowOf(event))
      .where('eventId', '=', event.eventId)
      .where('version', '=', event.version - 1)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new StaleVersion(event.eventId);
    await this.dropParts(event.eventId);
    await this.writeParts(event);
  }

  async remove({ eventId, version }: Event): Promise<void> {
    const { numDeletedRows } = await this.tx
      .deleteFrom('event')
      .where('eventId', '=', eventId)
      .where('version', '=', version)
      .executeTakeFirst();
    if (numDeletedRows !== 1n) throw new StaleVersion(eventId);
    await this.dropParts(eventId);
  }

  async claimSlug(slug: string, eventId: string): Promise<boolean> {
    const owner = await this.tx
      .selectFrom('slug')
      .select('eventId')
      .where('slug', '=', slug)
      .executeTakeFirst();
    if (owner) return owner.eventId === eventId;
    await this.tx.insertInto('slug').values({ slug, eventId }).execute();
    return true;
  }

  async addVenue(venue: Venue): Promise<void> {
    await this.tx.insertInto('venue').values(venue).execute();
  }

  seatMap = (seatMapId: string): Promise<SeatMap | undefined> => readSeatMap(this.tx, seatMapId);

  async addSeatMap(seatMap: SeatMap): Promise<void> {
    await this.tx.insertInto('seatMap').values(seatMapRowOf(seatMap)).execute();
  }

  async removeSeatMap(seatMapId: string, at: Instant): Promise<void> {
    await this.tx.updateTable('seatMap').set({ removedAt: at }).where('seatMapId', '=', seatMapId).execute();
  }

  async addCategory(category: Category): Promise<boolean> {
    const other = await this.tx
      .selectFrom('category')
      .select('slug')
      .where('slug', '=', category.slug)
      .executeTakeFirst();
    if (other) return false;
    await this.tx.insertInto('category').values(category).execute();
    return true;
  }

  async announce<Data extends AboutEvent>(fact: Fact<Data>, data: Data, at: Instant): Promise<void> {
    const envelope = fact.announce(
      this.announcing.nextId(),
      data.eventId,
      at,
      data,
      this.announcing.traceparent(),
    );
    await announce(this.tx, envelope);
  }

  /** Written anew each time: there are at most fifty ticket types, twenty pools, and some hundred words. */
  private async writeParts(event: Event): Promise<void> {
    const ticketTypes = ticketTypeRowsOf(event);
    if (ticketTypes.length > 0) await this.tx.insertInto('ticketType').values(ticketTypes).execute();
    const pools = poolRowsOf(event);
    if (pools.length > 0) await this.tx.insertInto('pool').values(pools).execute();
    if (publishedAtOf(event.status) === undefined) return;
    const { details, place, category, eventId } = event;
    const searched = [details.title, place.name, place.city, category.name].join(' ');
    const words = beginningsOf(searched).map((word) => ({
      word: digestOf(word),
      startsAt: details.startsAt,
      eventId,
    }));
    // SQL Server takes 2,100 parameters a statement.
    for (let from = 0; from < words.length; from += 500)
      await this.tx
        .insertInto('searchWord')
        .values(words.slice(from, from + 500))
        .execute();
  }

  private async dropParts(eventId: string): Promise<void> {
    await this.tx.deleteFrom('ticketType').where('eventId', '=', eventId).execute();
    await this.tx.deleteFrom('pool').where('eventId', '=', eventId).execute();
    await this.tx.deleteFrom('searchWord').where('eventId', '=', eventId).execute();
  }
}
