import type { StatementSync } from 'node:sqlite';
import type { SqliteFile } from '../sqlite-file';

/** All that is ever asked of a container's table, prepared once. `now` is in milliseconds; a document without an end has none. */
export interface Statements {
  /** partition, id, now */
  readonly read: StatementSync;
  /** partition, id, now → sequence */
  readonly etag: StatementSync;
  /** partition, id, sequence, body, expires */
  readonly put: StatementSync;
  /** partition, id */
  readonly remove: StatementSync;
  /** partition, from, now, limit */
  readonly list: StatementSync;
  /** partition, from, to, now, limit */
  readonly listTo: StatementSync;
  /** sequence, now, limit */
  readonly changes: StatementSync;
  /** now, limit */
  readonly sweep: StatementSync;
}

const quoted = (container: string): string => `"container_${container.replaceAll('"', '""')}"`;
const living = '(expires is null or expires > ?)';

export function createTable(file: SqliteFile, container: string): void {
  const table = quoted(container);
  file.exec(`
    create table if not exists ${table} (
      sequence integer primary key, partition text not null, id text not null, body text not null, expires integer,
      unique (partition, id));
    create index if not exists ${table.slice(0, -1)}_expires" on ${table} (expires) where expires is not null;`);
}

export function statementsFor(file: SqliteFile, container: string): Statements {
  const table = quoted(container);
  const columns = 'partition, id, sequence, body';
  const ordered = 'order by id limit ?';
  return {
    read: file.prepare(`select ${columns} from ${table} where partition = ? and id = ? and ${living}`),
    etag: file.prepare(`select sequence from ${table} where partition = ? and id = ? and ${living}`),
    put: file.prepare(
      `insert into ${table} (partition, id, sequence, body, expires) values (?, ?, ?, ?, ?)
       on conflict (partition, id) do update set sequence = excluded.sequence, body = excluded.body, expires = excluded.expires`,
    ),
    remove: file.prepare(`delete from ${table} where partition = ? and id = ?`),
    list: file.prepare(
      `select ${columns} from ${table} where partition = ? and id >= ? and ${living} ${ordered}`,
    ),
    listTo: file.prepare(
      `select ${columns} from ${table} where partition = ? and id >= ? and id < ? and ${living} ${ordered}`,
    ),
    changes: file.prepare(
      `select ${columns} from ${table} where sequence > ? and ${living} order by sequence limit ?`,
    ),
    sweep: file.prepare(
      `delete from ${table} where sequence in (select sequence from ${table} where expires <= ? limit ?)`,
    ),
  };
}
