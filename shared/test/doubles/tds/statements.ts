import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { aboutUsers } from './principals';
import type { Value } from './reader';
import { SqlError, type Outcome } from './sql-error';

/** What no T-SQL server takes, and SQLite would. */
const foreign =
  /\blimit\b|\breturning\b|\bon conflict\b|\binsert or\b|`|\bautoincrement\b|\bboolean\b|\bjson\b/i;

/** Runs a statement of the T-SQL that Boxoffice writes on SQLite. */
export function run(
  database: DatabaseSync,
  text: string,
  parameters: Readonly<Record<string, Value>>,
): Outcome {
  const foreigner = foreign.exec(text.replace(/"[^"]*"/g, ''));
  if (foreigner !== null) throw new SqlError(102, `Incorrect syntax near '${foreigner[0]}'.`);
  if (Object.keys(parameters).length > 2098)
    throw new SqlError(8003, 'The incoming request has too many parameters.');
  if ((/\bvalues\b(.*)$/is.exec(text)?.[1]?.match(/\(/g)?.length ?? 0) > 1000)
    throw new SqlError(10738, 'The number of row value expressions in the INSERT statement exceeds 1000.');
  const users = aboutUsers(database, text);
  if (users !== undefined) return users;
  const kept = appendOnly.exec(text);
  if (kept !== null) return keep(database, kept[1] ?? '', kept[2] ?? '', kept[3] ?? '');
  try {
    const statement = database.prepare(toSqlite(text));
    statement.setReadBigInts(true);
    const columns = statement.columns().map(({ name }) => name);
    if (columns.length === 0) {
      const { changes } = statement.run(parameters as Record<string, SQLInputValue>);
      return { columns, rows: [], affected: /^(insert|update|delete)/i.test(text) ? Number(changes) : 0 };
    }
    const found = statement.all(parameters as Record<string, SQLInputValue>);
    return {
      columns,
      rows: found.map((row) => columns.map((name) => row[name] as Value)),
      affected: found.length,
    };
  } catch (error) {
    throw asSqlError(error);
  }
}

/** The one kind of trigger that Boxoffice makes. */
const appendOnly =
  /^create trigger "(\w+)" on "(\w+)" instead of update, delete as throw 50000, '([^']*)', 1$/i;

function keep(database: DatabaseSync, name: string, table: string, says: string): Outcome {
  for (const deed of ['update', 'delete'])
    database.exec(
      `create trigger "${name}-${deed}" before ${deed} on "${table}" begin select raise(abort, '${says}'); end`,
    );
  return { columns: [], rows: [], affected: 0 };
}

function toSqlite(text: string): string {
  const top = /^(select(?: distinct)?) top\((\d+)\) (.*)$/is.exec(text);
  return (top === null ? text : `${top[1] ?? ''} ${top[3] ?? ''} limit ${top[2] ?? ''}`)
    .replace(/offset (@?\d+) rows fetch next (@?\d+) rows only/i, 'limit $2 offset $1')
    .replace(/ collate Latin1_General_100_BIN2/g, '')
    .replace(/^(drop index "\w+") on "\w+"$/i, '$1')
    .replace(/nvarchar\(max\)/g, 'text')
    .replace(/convert\(varchar\(\d+\), ([\w".]+), 1\)/gi, '$1') // binary as text: 0x…
    .replace(/\bsys\.(?=database_)/g, '')
    .replace(
      /INFORMATION_SCHEMA\.TABLES/g,
      "(select name as TABLE_NAME from sqlite_master where type = 'table')",
    );
}

function asSqlError(error: unknown): SqlError {
  const message = error instanceof Error ? error.message : String(error);
  if (/UNIQUE constraint failed/.test(message))
    return new SqlError(2627, `Violation of UNIQUE KEY constraint: ${message}`);
  if (/NOT NULL constraint failed/.test(message))
    return new SqlError(515, `Cannot insert the value NULL: ${message}`);
  if (/is append only$/.test(message)) return new SqlError(50000, message);
  if (/no such table/.test(message)) return new SqlError(208, `Invalid object name: ${message}`);
  return new SqlError(102, message);
}
