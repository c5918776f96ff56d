import type { Migration } from '@boxoffice/shared/sql';

export const seatsAndPools: Migration = {
  name: '0002-seats-and-pools',
  async up(tx, types, { sql }) {
    const id = types.key(26);
    // One column a statement, and none that must be there: that is what SQLite adds.
    await tx.schema.alterTable('event').addColumn('seating', types.longText).execute();
    await tx.schema.alterTable('ticketType').addColumn('maxPerBuyer', types.whole).execute();
    await tx.schema.alterTable('ticketType').addColumn('poolId', id).execute();
    await tx.schema.alterTable('ticketType').addColumn('accessCodes', types.longText).execute();
    await tx.schema
      .createTable('pool')
      .addColumn('poolId', id, (c) => c.notNull().primaryKey())
      .addColumn('eventId', id, (c) => c.notNull())
      .addColumn('position', types.whole, (c) => c.notNull())
      .addColumn('name', types.text(120), (c) => c.notNull())
      .addColumn('capacity', types.whole, (c) => c.notNull())
      .execute();
    await tx.schema.createIndex('poolBy_eventId').on('pool').columns(['eventId', 'position']).execute();
    await tx.schema
      .createTable('seatMap')
      .addColumn('seatMapId', id, (c) => c.notNull().primaryKey())
      .addColumn('venueId', id, (c) => c.notNull())
      .addColumn('addedBy', types.key(255), (c) => c.notNull())
      .addColumn('name', types.text(120), (c) => c.notNull())
      .addColumn('seats', types.whole, (c) => c.notNull())
      .addColumn('sections', types.longText, (c) => c.notNull())
      .addColumn('addedAt', types.instant, (c) => c.notNull())
      .addColumn('removedAt', types.instant)
      .execute();
    await tx.schema
      .createIndex('seatMapBy_venueId')
      .on('seatMap')
      .columns(['venueId', 'removedAt', 'seatMapId'])
      .execute();
    // What was answered to a request is remembered as the event that it made, and shown again when it is repeated.
    await sql`update ${sql.table('idempotency')} set ${sql.ref('reply')} =
      replace(${sql.ref('reply')}, '"ticketTypes":[', '"pools":[],"ticketTypes":[')`.execute(tx);
  },
};
