import { sqliteCodeOf } from '../../sql/sqlite';
import type { SqliteFile } from './sqlite-file';

interface Job {
  readonly run: () => unknown;
  readonly durable: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome =
  { readonly done: true; readonly value: unknown } | { readonly done: false; readonly error: unknown };

/**
 * Lets writes that arrive in one turn of the event loop, or while the disk works, share one transaction, and so one fsync. A job that refuses throws before it changes anything, and the others go on; when SQLite itself fails, all of them fail
 * and nothing is kept.
 */
export class GroupCommit {
  private waiting: Job[] = [];
  private closed = false;

  constructor(private readonly file: SqliteFile) {}

  /**
   * Resolves with what `job` returned once it is on the disk, and what it has seen. What is not `durable` survives the end of the
   * process, but perhaps not that of the machine: for what does no harm when it happens again.
   */
  submit<T>(job: () => T, durable = true): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.closed) throw new Error('the store is closed');
      if (this.waiting.length === 0) this.flushSoon();
      this.waiting.push({ run: job, durable, resolve: resolve as (value: unknown) => void, reject });
    });
  }

  /** Writes what waits, and takes nothing more. */
  close(): void {
    this.flush();
    this.closed = true;
  }

  /** While the disk works all can wait: what is committed now comes there no sooner than what is committed then. */
  private flushSoon(): void {
    const flush = (): void => this.flush();
    const { awaited } = this.file;
    if (awaited === undefined) setImmediate(flush);
    else awaited.then(flush, flush);
  }

  private flush(): void {
    const jobs = this.waiting;
    if (jobs.length === 0) return;
    this.waiting = [];
    let outcomes: Outcome[];
    try {
      outcomes = this.commit(jobs);
    } catch (error) {
      for (const { reject } of jobs) reject(error);
      return;
    }
    const durable = jobs.some((job) => job.durable) ? this.file.durable() : this.file.awaited;
    const tell = (): void => tellAll(jobs, outcomes);
    if (durable === undefined) tell();
    else
      durable.then(tell, (error: unknown) => {
        for (const { reject } of jobs) reject(error);
      });
  }

  /** What was read is handed out once it is on the disk: nobody acts on what a power cut could undo. */
  async afterwards<T>(read: T): Promise<T> {
    await this.file.awaited;
    return read;
  }

  private commit(jobs: readonly Job[]): Outcome[] {
    this.file.exec('begin immediate');
    try {
      const outcomes = jobs.map(({ run }) => attempt(run));
      this.file.exec('commit');
      return outcomes;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  private rollback(): void {
    try {
      this.file.exec('rollback');
    } catch {
      // SQLite has rolled back by itself; the first error tells why.
    }
  }
}

function tellAll(jobs: readonly Job[], outcomes: readonly Outcome[]): void {
  jobs.forEach(({ resolve, reject }, at) => {
    const outcome = outcomes[at];
    if (outcome?.done) resolve(outcome.value);
    else reject(outcome?.error);
  });
}

function attempt(run: () => unknown): Outcome {
  try {
    return { done: true, value: run() };
  } catch (error) {
    // What SQLite left half done nobody knows.
    if (sqliteCodeOf(error) !== undefined) throw error;
    return { done: false, error };
  }
}
