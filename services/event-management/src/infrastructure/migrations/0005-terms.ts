import type { Migration } from '@boxoffice/shared/sql';

export const terms: Migration = {
  name: '0005-terms',
  async up(tx, types, { sql }) {
    await tx.schema.alterTable('event').addColumn('terms', types.longText).execute();
    // As with pools: an answer that is remembered is the event as it was, and is shown again.
    await sql`update ${sql.table('idempotency')} set ${sql.ref('reply')} =
      replace(${sql.ref('reply')}, '"ticketTypes":[', '"terms":{},"ticketTypes":[')`.execute(tx);
  },
};
