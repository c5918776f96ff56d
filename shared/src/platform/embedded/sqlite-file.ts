import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { DiskSync } from './disk-sync';
import { syncFolderNow } from './durable-file';

/** How long a statement waits for another process that still holds the file: one that is about to end, mostly. */
const busyMilliseconds = 5000;
const keptStatements = 500;

interface Prepared {
  readonly statement: StatementSync;
  readonly answersRows: boolean;
}

/**
 * One connection to one SQLite file, with its prepared statements. A commit is in the log (WAL) when it returns, and on the disk
 * once `durable` resolves: the log is all that a start after a power cut needs. So the event loop goes on while the disk works.
 */
export class SqliteFile {
  private readonly database: DatabaseSync;
  /** None where it only reads. */
  private readonly log: DiskSync | undefined;
  private readonly prepared = new Map<string, Prepared>();

  constructor(path: string, { readOnly = false }: { readonly readOnly?: boolean } = {}) {
    this.database = new DatabaseSync(path, { timeout: busyMilliseconds, readOnly });
    if (!readOnly) this.database.exec('pragma journal_mode = wal');
    // `normal`: SQLite waits for the disk where it moves the log into the file, and leaves the commits to us.
    // 16 MB of log between those moves, each of which costs two fsyncs; 32 MB of cache.
    this.database.exec(
      'pragma synchronous = normal; pragma wal_autocheckpoint = 4000; pragma cache_size = -32000',
    );
    if (readOnly) return;
    this.database.prepare('pragma user_version').get(); // opens the log
    this.log = new DiskSync(`${path}-wal`);
    syncFolderNow(dirname(path));
  }

  /** Resolves once all that was committed so far is on the disk; rejected where nobody knows whether it is. */
  durable(): Promise<void> {
    return this.log?.request() ?? Promise.resolve();
  }

  /** The last `durable` that was asked for, while the disk works on it: what is read now may rest on it. */
  get awaited(): Promise<void> | undefined {
    return this.log?.pending;
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
    this.log?.close();
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
