import type { Instant } from '@boxoffice/shared/kernel';
import type { Database } from '@boxoffice/shared/sql';
import { inject, injectable } from 'tsyringe';
import type { IdPage, SeatMapSummary, VenueListings } from '../core/ports';
import type { SeatMap } from '../core/seat-map';
import type { Venue } from '../core/venue';
import { readSeatMap } from './seat-map-rows';
import { EventDatabase } from './sql-programme';
import type { EventTables } from './tables';
import { venueOf } from './venue-rows';

@injectable()
export class SqlVenueListings implements VenueListings {
  constructor(@inject(EventDatabase) private readonly database: Database<EventTables>) {}

  async venue(venueId: string): Promise<Venue | undefined> {
    const row = await this.database.query
      .selectFrom('venue')
      .selectAll()
      .where('venueId', '=', venueId)
      .executeTakeFirst();
    return row && venueOf(row);
  }

  async venues({ limit, before }: IdPage): Promise<readonly Venue[]> {
    const rows = await this.database.query
      .selectFrom('venue')
      .selectAll()
      .$if(before !== undefined, (query) => query.where('venueId', '<', before ?? ''))
      .orderBy('venueId', 'desc')
      .limit(limit)
      .execute();
    return rows.map(venueOf);
  }

  async seatMap(venueId: string, seatMapId: string): Promise<SeatMap | undefined> {
    const seatMap = await readSeatMap(this.database.query, seatMapId);
    return seatMap?.venueId === venueId && seatMap.removedAt === undefined ? seatMap : undefined;
  }

  async seatMaps(venueId: string, { limit, before }: IdPage): Promise<readonly SeatMapSummary[]> {
    const rows = await this.database.query
      .selectFrom('seatMap')
      .select(['seatMapId', 'name', 'seats', 'addedAt'])
      .where('venueId', '=', venueId)
      .where('removedAt', 'is', null)
      .$if(before !== undefined, (query) => query.where('seatMapId', '<', before ?? ''))
      .orderBy('seatMapId', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...row, addedAt: row.addedAt as Instant }));
  }
}
