import type { SQLInputValue } from 'node:sqlite';
import { SqlFault } from '../../../sql';
import type { SqliteFile } from '../sqlite-file';

/** After so many transactions, or so long, a group is committed even if more are waiting. */
export const groupLimit = { transactions: 256, milliseconds: 5 };

interface Member {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The one writing connection of a database. Transactions have it one after another, each as a savepoint within a common
 * transaction whose commit they share, with all who come while the disk works: one fsync. Each is told after that.
 */
export class Writer {
  private busy = false;
  /** Whether a member's savepoint is open. */
  private inside = false;
  private readonly queue: (() => void)[] = [];
  private group: Member[] = [];
  private open = false;
  private openedAt = 0;
  private commitDue = false;
  private closed = false;

  constructor(
    private readonly file: SqliteFile,
    private readonly limit = groupLimit,
  ) {}

  async begin(): Promise<void> {
    if (this.busy) await new Promise<void>((resolve) => this.queue.push(resolve));
    if (this.closed) throw new Error('the database is closed');
    this.busy = true;
    try {
      if (!this.open) this.openGroup();
      this.file.exec('savepoint member');
      this.inside = true;
    } catch (cause) {
      this.handOn();
      throw new SqlFault('Transient', 'no transaction could begin', { cause });
    }
  }

  run(sql: string, parameters: readonly SQLInputValue[]): ReturnType<SqliteFile['run']> {
    return this.file.run(sql, parameters);
  }

  /** Resolves once the last commit is on the disk; undefined where it is. */
  get awaited(): Promise<void> | undefined {
    return this.file.awaited;
  }

  /** Resolves once it is durable, with all who share the commit. */
  async commit(): Promise<void> {
    try {
      this.file.exec('release member');
      this.inside = false;
    } catch (error) {
      await this.rollback();
      throw error;
    }
    const shared = this.join();
    this.handOn();
    return shared;
  }

  /**
   * Undoes one transaction. What it has read may come from others of its group or of the one before, so whoever is told of the
   * failure is told once that is durable: a refusal may rest on it.
   */
  async rollback(): Promise<void> {
    try {
      this.file.exec('rollback to member; release member');
    } catch (error) {
      // SQLite undid everything, as it does when the disk is full: the group is lost.
      this.fail(error);
    }
    this.inside = false;
    const others = this.group.length > 0 ? this.join() : this.file.awaited;
    this.handOn();
    await others?.catch(() => undefined);
  }

  close(): void {
    this.closed = true;
    // What is in the midst of its work never heard of a commit: it is undone, and the others are kept.
    if (this.inside) this.file.exec('rollback to member');
    if (this.open) this.commitGroup();
    for (const waiting of this.queue.splice(0)) waiting();
  }

  private join(): Promise<void> {
    return new Promise((resolve, reject) => this.group.push({ resolve, reject }));
  }

  private openGroup(): void {
    this.file.exec('begin immediate');
    this.open = true;
    this.openedAt = performance.now();
    this.commitDue = false;
    const due = (): void => this.becomesDue();
    const { awaited } = this.file;
    // Whoever comes in this turn of the event loop joins, or while the disk works: what is committed now comes there no sooner
    // than what is committed then.
    if (awaited === undefined) setImmediate(due);
    else awaited.then(due, due);
  }

  private becomesDue(): void {
    this.commitDue = true;
    // In the midst of a transaction the commit has to wait for its end.
    if (this.open && !this.busy) this.commitGroup();
  }

  private handOn(): void {
    const full =
      this.group.length >= this.limit.transactions ||
      performance.now() - this.openedAt > this.limit.milliseconds;
    if (this.open && (full || (this.commitDue && this.queue.length === 0))) this.commitGroup();
    const next = this.queue.shift();
    if (!next) this.busy = false;
    // After a commit the event loop has its turn, or a long queue would keep it from reading any request.
    else if (this.open) next();
    else setImmediate(next);
  }

  private commitGroup(): void {
    const members = this.group;
    this.group = [];
    this.open = false;
    try {
      this.file.exec('commit');
    } catch (error) {
      this.group = members;
      this.fail(error);
      return;
    }
    this.file.durable().then(
      () => {
        for (const { resolve } of members) resolve();
      },
      (cause: unknown) => rejectAll(members, cause),
    );
  }

  private fail(cause: unknown): void {
    const members = this.group;
    this.group = [];
    this.open = false;
    try {
      this.file.exec('rollback');
    } catch {
      // There is no transaction left to undo.
    }
    rejectAll(members, cause);
  }
}

function rejectAll(members: readonly Member[], cause: unknown): void {
  for (const { reject } of members)
    reject(new SqlFault('OutcomeUnknown', 'the common commit failed', { cause }));
}
