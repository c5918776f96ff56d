import type { Migration } from '@boxoffice/shared/sql';

export const cancellation: Migration = {
  name: '0003-cancellation',
  async up(tx, types) {
    await tx.schema.alterTable('event').addColumn('cancelledAt', types.instant).execute();
    await tx.schema.alterTable('event').addColumn('cancelReason', types.text(500)).execute();
  },
};
