import { sql } from 'kysely';
import { SqlFault } from './faults';
import type { MigrationDialect } from './migrate';

// sqlite.org/rescode.html
const primaryKeyViolation = 1555;
const uniqueViolation = 2067;

/** The extended result code of an error of node:sqlite; undefined for any other. */
export const sqliteCodeOf = (error: unknown): number | undefined =>
  // Not by instanceof: where tests have a realm of their own, the errors of node:sqlite are no Errors.
  typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined;

/** An error of node:sqlite as services know it; what is not foreseen stays as it is. */
export function asSqlFault(error: unknown): unknown {
  const code = sqliteCodeOf(error);
  if (code === primaryKeyViolation || code === uniqueViolation)
    return new SqlFault('UniqueViolation', (error as Error).message, { cause: error });
  return error;
}

/** SQLite as `migrate` needs to know it. Its text compares byte by byte; the lengths are for readers, it keeps longer text too. */
export const sqlite: MigrationDialect = {
  types: {
    key: (length) => sql`varchar(${sql.lit(length)})`,
    text: (length) => sql`nvarchar(${sql.lit(length)})`,
    longText: sql`text`,
    whole: sql`integer`,
    instant: sql`varchar(24)`,
  },
  statements: {
    sql,
    appendOnly: (table) =>
      ['Update', 'Delete'].map(
        (deed) =>
          sql`create trigger ${sql.ref(`${table}No${deed}`)} before ${sql.raw(deed)} on ${sql.table(table)}
              begin select raise(abort, ${sql.lit(`${table} is append only`)}); end`,
      ),
    dropIndex: (index) => sql`drop index ${sql.ref(index)}`,
  },
  async hasTable(query, name) {
    const found = await sql`select 1 from sqlite_master where type = 'table' and name = ${name}`.execute(
      query,
    );
    return found.rows.length > 0;
  },
};
