import { sql } from 'kysely';
import type { MigrationDialect } from '../../../sql';
import type { MssqlSettings } from './settings';

/** T-SQL as `migrate` needs to know it. */
export function mssqlMigrations({
  keyCollation = 'Latin1_General_100_BIN2',
}: Pick<MssqlSettings, 'keyCollation'>): MigrationDialect {
  if (!/^\w+$/.test(keyCollation)) throw new Error(`not a collation: ${keyCollation}`);
  const collate = keyCollation === 'none' ? sql`` : sql` collate ${sql.raw(keyCollation)}`;
  return {
    types: {
      key: (length) => sql`varchar(${sql.lit(length)})${collate}`,
      text: (length) => sql`nvarchar(${sql.lit(length)})`,
      longText: sql`nvarchar(max)`,
      whole: sql`bigint`,
      instant: sql`varchar(24)${collate}`,
    },
    statements: {
      sql,
      appendOnly: (table) => [
        sql`create trigger ${sql.ref(`${table}AppendOnly`)} on ${sql.table(table)} instead of update, delete as throw 50000, ${sql.lit(`${table} is append only`)}, 1`,
      ],
      dropIndex: (index, table) => sql`drop index ${sql.ref(index)} on ${sql.table(table)}`,
    },
    async hasTable(query, name) {
      const { rows } =
        await sql`select TABLE_NAME from INFORMATION_SCHEMA.TABLES where TABLE_NAME = ${name}`.execute(query);
      return rows.length > 0;
    },
  };
}
