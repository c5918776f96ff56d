import type { Migration } from '@boxoffice/shared/sql';

export const discounts: Migration = {
  name: '0006-discounts',
  async up(tx, types, { sql }) {
    await tx.schema.alterTable('event').addColumn('discounts', types.longText).execute();
    await sql`update ${sql.table('idempotency')} set ${sql.ref('reply')} =
      replace(${sql.ref('reply')}, '"ticketTypes":[', '"discounts":[],"ticketTypes":[')`.execute(tx);
  },
};
