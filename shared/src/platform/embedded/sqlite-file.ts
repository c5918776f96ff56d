import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** How long a statement waits for another process that still holds the file: one that is about to end, mostly. */
const busyMilliseconds = 5000;
const keptStatements = 500;

interface Prepared {
  readonly statement: StatementSync;
  readonly answersRows: boolean;
}

/** One connection to one SQLite file, with its prepared statements. WAL; a commit is on the disk when it returns. */
export class SqliteFile {
  private readonly database: DatabaseSync;
  private readonly prepared = new Map<string, Prepared>();

  constructor(path: string, { readOnly = false }: { readonly readOnly?: boolean } = {}) {
    this.database = new DatabaseSync(path, { timeout: busyMilliseconds, readOnly });
    if (!readOnly) this.database.exec('pragma journal_mode = wal');
    // 16 MB of log between checkpoints, each of which costs two fsyncs; 32 MB of cache.
    this.database.exec(
      'pragma synchronous = full; pragma wal_autocheckpoint = 4000; pragma cache_size = -32000',
    );
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  /** For statements that are kept by their owner. */
  prepare(sql: string): StatementSync {
    return this.database.prepare(sql);
  }

  /** For statements that come as text, again and again. */
  run(
    sql: string,
    parameters: readonly SQLInputValue[],
  ): { readonly rows: unknown[]; readonly changes: number | bigint } {
    const { statement, answersRows } = this.statementOf(sql);
    if (answersRows) return { rows: statement.all(...parameters), changes: 0 };
    return { rows: [], changes: statement.run(...parameters).changes };
  }

  close(): void {
    this.prepared.clear();
    this.database.close();
  }

  private statementOf(sql: string): Prepared {
    const known = this.prepared.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    const prepared = { statement, answersRows: statement.columns().length > 0 };
    // Lists of every length make texts without end: the oldest makes room.
    if (this.prepared.size >= keptStatements)
      for (const oldest of [...this.prepared.keys()].slice(0, 50)) this.prepared.delete(oldest);
    this.prepared.set(sql, prepared);
    return prepared;
  }
}
