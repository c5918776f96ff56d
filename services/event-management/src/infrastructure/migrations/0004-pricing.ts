import type { Migration } from '@boxoffice/shared/sql';

export const pricing: Migration = {
  name: '0004-pricing',
  async up(tx, types) {
    await tx.schema.alterTable('ticketType').addColumn('pricing', types.longText).execute();
  },
};
