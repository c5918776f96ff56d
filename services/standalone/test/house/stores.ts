import { hash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What every table of every file of a data folder holds, as one hash a table. */
export type Fingerprint = Readonly<Record<string, string>>;

interface Book {
  readonly name: string;
  readonly database: DatabaseSync;
  version: unknown;
  tables: Fingerprint;
}

/** Reads along in the files that a house writes. */
export class Stores {
  private readonly books = new Map<string, Book>();

  constructor(private readonly folder: string) {}

  fingerprint(): Fingerprint {
    // A file is made when it is first needed.
    for (const name of readdirSync(this.folder)) {
      if (!name.endsWith('.db') || name === 'lock.db' || this.books.has(name)) continue;
      const database = new DatabaseSync(path.join(this.folder, name), { readOnly: true });
      this.books.set(name, { name, database, version: undefined, tables: {} });
    }
    return Object.assign({}, ...[...this.books.values()].map(tablesOf)) as Fingerprint;
  }

  close(): void {
    for (const { database } of this.books.values()) database.close();
  }
}

function tablesOf(book: Book): Fingerprint {
  // Another number once another connection has committed anything: sqlite.org/pragma.html#pragma_data_version
  const version = book.database.prepare('pragma data_version').get()?.['data_version'];
  if (version === book.version) return book.tables;
  const names = book.database
    .prepare("select name from sqlite_master where type = 'table' order by name")
    .all()
    .map(({ name }) => String(name));
  book.tables = Object.fromEntries(
    names.map((name) => [`${book.name}/${name}`, rowsOf(book.database, name)]),
  );
  book.version = version;
  return book.tables;
}

function rowsOf(database: DatabaseSync, table: string): string {
  const rows = database.prepare(`select * from "${table}"`).all();
  const text = JSON.stringify(rows, (_, value: unknown) =>
    value instanceof Uint8Array ? hash('sha256', value) : value,
  );
  return `${rows.length} rows, ${hash('sha256', text).slice(0, 16)}`;
}
