import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type { SQLInputValue } from 'node:sqlite';
import { asSqlFault, sqliteCodeOf } from '../../../sql/sqlite';
import type { SqliteFile } from '../sqlite-file';
import type { Writer } from './writer';

/** Kysely's way to one database: transactions go to its writer, all else to a connection that only reads. */
export class EmbeddedDriver implements Driver {
  constructor(
    private readonly writer: Writer,
    private readonly reader: SqliteFile,
  ) {}

  init = (): Promise<void> => Promise.resolve();
  acquireConnection = async (): Promise<Connection> => new Connection(this.writer, this.reader);
  beginTransaction = (connection: DatabaseConnection): Promise<void> => own(connection).begin();
  commitTransaction = (connection: DatabaseConnection): Promise<void> => own(connection).end('commit');
  rollbackTransaction = (connection: DatabaseConnection): Promise<void> => own(connection).end('rollback');
  releaseConnection = (): Promise<void> => Promise.resolve();
  destroy = (): Promise<void> => Promise.resolve();
}

function own(connection: DatabaseConnection): Connection {
  if (connection instanceof Connection) return connection;
  throw new Error('a connection of another database');
}

class Connection implements DatabaseConnection {
  private state: 'outside' | 'inside' | 'ended' = 'outside';

  constructor(
    private readonly writer: Writer,
    private readonly reader: SqliteFile,
  ) {}

  async begin(): Promise<void> {
    await this.writer.begin();
    this.state = 'inside';
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    // Kysely rolls back after a commit that failed; there is nothing left to undo then.
    if (this.state !== 'inside') return;
    this.state = 'ended';
    await this.writer[how]();
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.state === 'ended') throw new Error(`asked of a transaction that has ended: ${sql}`);
    const values = parameters as readonly SQLInputValue[];
    try {
      const inside = this.state === 'inside';
      const { rows, changes } = inside ? this.writer.run(sql, values) : this.reader.run(sql, values);
      // What is read from outside may have been committed and not be on the disk yet: nobody is to act on that.
      if (!inside) await this.writer.awaited;
      return { rows: rows as R[], numAffectedRows: BigInt(changes) };
    } catch (error) {
      if (sqliteCodeOf(error) === readOnlyDatabase)
        throw new Error(`written outside a transaction: ${sql}`, { cause: error });
      throw asSqlFault(error);
    }
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('rows are read whole');
  }
}

const readOnlyDatabase = 8; // SQLITE_READONLY: sqlite.org/rescode.html
