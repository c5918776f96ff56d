import type { Migration } from '@boxoffice/shared/sql';

/** Orders keep how their price came about. Those from before say it in their lines. */
export const prices: Migration = {
  name: '0002-prices',
  async up(tx, types) {
    await tx.schema.alterTable('orders').addColumn('price', types.longText).execute();
  },
};
