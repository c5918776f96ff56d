import type { Instant } from '@boxoffice/shared/kernel';
import type { Kysely } from 'kysely';
import { seatsOf, type SeatMap, type Section } from '../core/seat-map';
import type { EventTables, SeatMapRow } from './tables';

/** Removed ones, too. A transaction is a Kysely too. */
export async function readSeatMap(
  database: Kysely<EventTables>,
  seatMapId: string,
): Promise<SeatMap | undefined> {
  const row = await database
    .selectFrom('seatMap')
    .selectAll()
    .where('seatMapId', '=', seatMapId)
    .executeTakeFirst();
  return row && seatMapOf(row);
}

const seatMapOf = (row: SeatMapRow): SeatMap => ({
  seatMapId: row.seatMapId,
  venueId: row.venueId,
  addedBy: row.addedBy,
  name: row.name,
  sections: JSON.parse(row.sections) as readonly Section[],
  addedAt: row.addedAt as Instant,
  removedAt: (row.removedAt as Instant | null) ?? undefined,
});

export const seatMapRowOf = ({ sections, removedAt, ...rest }: SeatMap): SeatMapRow => ({
  ...rest,
  seats: seatsOf(sections),
  sections: JSON.stringify(sections),
  removedAt: removedAt ?? null,
});
