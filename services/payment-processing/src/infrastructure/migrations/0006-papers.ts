import type { Migration } from '@boxoffice/shared/sql';

export const papers: Migration = {
  name: '0006-papers',
  async up(tx, types, statements) {
    await tx.schema
      .createTable('papers')
      .addColumn('number', types.key(64), (c) => c.notNull().primaryKey())
      .addColumn('orderId', types.key(26), (c) => c.notNull())
      .addColumn('cause', types.key(26), (c) => c.notNull())
      .addColumn('facts', types.longText, (c) => c.notNull())
      .addColumn('issuedAt', types.instant, (c) => c.notNull())
      .execute();
    await tx.schema
      .createIndex('onePaperACause')
      .unique()
      .on('papers')
      .columns(['orderId', 'cause'])
      .execute();
    await tx.schema
      .createTable('paperNumbers')
      .addColumn('series', types.key(48), (c) => c.notNull().primaryKey())
      .addColumn('last', types.whole, (c) => c.notNull())
      .execute();
    for (const statement of statements.appendOnly('papers')) await statement.execute(tx);
  },
};
