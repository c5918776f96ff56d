import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Database } from '../../../sql';
import { SqliteFile } from '../sqlite-file';
import { EmbeddedDriver } from './driver';
import { groupLimit, Writer } from './writer';

/** One service's relational database in one file. */
export class EmbeddedDatabase implements Database<unknown> {
  readonly query: Kysely<unknown>;
  private readonly file: SqliteFile;
  private readonly reader: SqliteFile;
  private readonly writer: Writer;

  constructor(path: string, limit = groupLimit) {
    this.file = new SqliteFile(path);
    // Opened second: a connection that only reads can't make the file.
    this.reader = new SqliteFile(path, { readOnly: true });
    this.writer = new Writer(this.file, limit);
    this.query = new Kysely<unknown>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new EmbeddedDriver(this.writer, this.reader),
        createIntrospector: (kysely) => new SqliteIntrospector(kysely),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    });
  }

  transaction: Database<unknown>['transaction'] = (work) => this.query.transaction().execute(work);

  close(): void {
    this.writer.close();
    this.reader.close();
    this.file.close();
  }
}
