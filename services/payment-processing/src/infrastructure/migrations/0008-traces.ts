import type { Migration } from '@boxoffice/shared/sql';

/** The trace in which a payment was opened. */
export const traces: Migration = {
  name: '0008-traces',
  async up(tx, types) {
    await tx.schema.alterTable('payments').addColumn('traceparent', types.key(64)).execute();
  },
};
