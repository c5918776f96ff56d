import type { Migration } from '@boxoffice/shared/sql';

export const programme: Migration = {
  name: '0001-programme',
  async up(tx, types) {
    const id = types.key(26);
    // Users come from any OpenID Connect provider; Azure's are UUIDs, others' are longer.
    const user = types.key(255);
    await tx.schema
      .createTable('venue')
      .addColumn('venueId', id, (c) => c.notNull().primaryKey())
      .addColumn('addedBy', user, (c) => c.notNull())
      .addColumn('name', types.text(120), (c) => c.notNull())
      .addColumn('street', types.text(160), (c) => c.notNull())
      .addColumn('postalCode', types.text(20), (c) => c.notNull())
      .addColumn('city', types.text(80), (c) => c.notNull())
      .addColumn('country', types.key(2), (c) => c.notNull())
      .addColumn('timeZone', types.key(64), (c) => c.notNull())
      .addColumn('addedAt', types.instant, (c) => c.notNull())
      .execute();
    await tx.schema
      .createTable('category')
      .addColumn('categoryId', id, (c) => c.notNull().primaryKey())
      .addColumn('slug', types.key(80), (c) => c.notNull().unique())
      .addColumn('name', types.text(80), (c) => c.notNull())
      .execute();
    await tx.schema
      .createTable('event')
      .addColumn('eventId', id, (c) => c.notNull().primaryKey())
      .addColumn('organizerId', user, (c) => c.notNull())
      .addColumn('version', types.whole, (c) => c.notNull())
      .addColumn('state', types.key(16), (c) => c.notNull())
      .addColumn('slug', types.key(80), (c) => c.notNull())
      .addColumn('title', types.text(160), (c) => c.notNull())
      .addColumn('summary', types.text(300), (c) => c.notNull())
      .addColumn('description', types.longText, (c) => c.notNull())
      .addColumn('startsAt', types.instant, (c) => c.notNull())
      .addColumn('endsAt', types.instant, (c) => c.notNull())
      .addColumn('holdMinutes', types.whole, (c) => c.notNull())
      .addColumn('currency', types.key(3), (c) => c.notNull())
      .addColumn('lowestPriceMinor', types.whole)
      .addColumn('venueId', id, (c) => c.notNull())
      .addColumn('venueName', types.text(120), (c) => c.notNull())
      .addColumn('venueAddress', types.text(300), (c) => c.notNull())
      .addColumn('city', types.text(80), (c) => c.notNull())
      .addColumn('cityKey', types.key(22), (c) => c.notNull())
      .addColumn('country', types.key(2), (c) => c.notNull())
      .addColumn('timeZone', types.key(64), (c) => c.notNull())
      .addColumn('categoryId', id, (c) => c.notNull())
      .addColumn('categoryName', types.text(80), (c) => c.notNull())
      .addColumn('createdAt', types.instant, (c) => c.notNull())
      .addColumn('publishedAt', types.instant)
      .execute();
    // Each list reads its page from one index, however many events there are.
    for (const column of ['startsAt', 'categoryId', 'cityKey'] as const) {
      const columns =
        column === 'startsAt'
          ? (['startsAt', 'eventId'] as const)
          : ([column, 'startsAt', 'eventId'] as const);
      await tx.schema
        .createIndex(`eventBy_${column}`)
        .on('event')
        .columns(['state', ...columns])
        .execute();
    }
    await tx.schema
      .createIndex('eventBy_organizerId')
      .on('event')
      .columns(['organizerId', 'eventId'])
      .execute();
    await tx.schema
      .createTable('ticketType')
      .addColumn('ticketTypeId', id, (c) => c.notNull().primaryKey())
      .addColumn('eventId', id, (c) => c.notNull())
      .addColumn('position', types.whole, (c) => c.notNull())
      .addColumn('name', types.text(120), (c) => c.notNull())
      .addColumn('description', types.text(500), (c) => c.notNull())
      .addColumn('priceMinor', types.whole, (c) => c.notNull())
      .addColumn('capacity', types.whole, (c) => c.notNull())
      .addColumn('salesFrom', types.instant)
      .addColumn('salesUntil', types.instant)
      .addColumn('minPerOrder', types.whole, (c) => c.notNull())
      .addColumn('maxPerOrder', types.whole, (c) => c.notNull())
      .execute();
    await tx.schema
      .createIndex('ticketTypeBy_eventId')
      .on('ticketType')
      .columns(['eventId', 'position'])
      .execute();
    await tx.schema
      .createTable('slug')
      .addColumn('slug', types.key(80), (c) => c.notNull().primaryKey())
      .addColumn('eventId', id, (c) => c.notNull())
      .execute();
    await tx.schema
      .createTable('searchWord')
      .addColumn('word', types.key(22), (c) => c.notNull())
      .addColumn('startsAt', types.instant, (c) => c.notNull())
      .addColumn('eventId', id, (c) => c.notNull())
      .addPrimaryKeyConstraint('searchWordKey', ['word', 'startsAt', 'eventId'])
      .execute();
    await tx.schema
      .createIndex('searchWordBy_eventId')
      .on('searchWord')
      .columns(['eventId', 'word'])
      .execute();
  },
};
