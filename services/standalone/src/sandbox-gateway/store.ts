import type { StatementSync } from 'node:sqlite';
import { SqliteFile } from '@boxoffice/shared/platform/embedded';

export type PaymentStatus = 'open' | 'pending' | 'authorised' | 'captured' | 'declined' | 'cancelled';

export interface SandboxPayment {
  readonly seq: number;
  readonly reference: string;
  readonly clientReference: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly description: string;
  readonly returnUrl: string;
  readonly expiresAt: string;
  readonly status: PaymentStatus;
  readonly declineReason: string | null;
  readonly capturedAt: string | null;
  readonly refundedMinor: number;
  /** 1: what the buyer pays is only set aside, until it is asked for. */
  readonly capturesLater: 0 | 1;
}

/** Money that moved: a page of these is what an account statement is made of. */
export interface SandboxMovement {
  readonly is: 'capture' | 'refund';
  readonly reference: string;
  readonly clientReference: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly at: string;
}

export interface SandboxRefund {
  readonly reference: string;
  readonly clientReference: string;
  readonly payment: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly refundedAt: string;
}

/** Something to do at `dueAt` (milliseconds since 1970), however often the gateway is restarted before. */
export interface Job {
  readonly id: number;
  readonly kind: 'capture' | 'webhook';
  /** A payment's reference, or the body of the webhook. */
  readonly payload: string;
  readonly dueAt: number;
  readonly attempts: number;
}

const schema = `
  CREATE TABLE IF NOT EXISTS payments (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, reference TEXT NOT NULL UNIQUE, clientReference TEXT NOT NULL,
    amountMinor INTEGER NOT NULL, currency TEXT NOT NULL, description TEXT NOT NULL, returnUrl TEXT NOT NULL, expiresAt TEXT NOT NULL,
    status TEXT NOT NULL, declineReason TEXT, capturedAt TEXT, refundedMinor INTEGER NOT NULL DEFAULT 0);
  CREATE INDEX IF NOT EXISTS paymentsCaptured ON payments (capturedAt);
  CREATE TABLE IF NOT EXISTS refunds (
    reference TEXT NOT NULL PRIMARY KEY, clientReference TEXT NOT NULL, payment TEXT NOT NULL, amountMinor INTEGER NOT NULL,
    currency TEXT NOT NULL, refundedAt TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS refundsMade ON refunds (refundedAt);
  CREATE TABLE IF NOT EXISTS requests (key TEXT NOT NULL PRIMARY KEY, fingerprint TEXT NOT NULL, reference TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, payload TEXT NOT NULL, dueAt INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0);
  CREATE INDEX IF NOT EXISTS jobsDue ON jobs (dueAt);
`;

interface Waiting {
  readonly work: () => unknown;
  readonly settle: (error: unknown, result?: unknown) => void;
}

/** The gateway's own books. What arrives in one turn of the event loop shares one commit, and is answered once that is on the disk. */
export class SandboxStore {
  private readonly database: SqliteFile;
  private readonly statements = new Map<string, StatementSync>();
  private waiting: Waiting[] = [];
  private closed = false;

  constructor(file: string) {
    this.database = new SqliteFile(file);
    this.database.exec(schema);
    this.addColumns();
  }

  /** Books that were begun by an earlier version get what came since. */
  private addColumns(): void {
    const columns = this.database.prepare('PRAGMA table_info(payments)').all();
    if (!columns.some(({ name }) => name === 'capturesLater'))
      this.database.exec('ALTER TABLE payments ADD COLUMN capturesLater INTEGER NOT NULL DEFAULT 0');
  }

  /** Runs `work` in a transaction: all of it or nothing. Resolves once it is durable. */
  write<T>(work: () => T): Promise<T> {
    if (this.closed) return Promise.reject(new Error('the gateway has closed'));
    return new Promise<T>((resolve, reject) => {
      const settle = (error: unknown, result?: unknown): void => {
        if (error === undefined) resolve(result as T);
        else reject(error instanceof Error ? error : new Error('not written'));
      };
      if (this.waiting.push({ work, settle }) === 1) setImmediate(() => this.flush());
    });
  }

  run(sql: string, ...values: (string | number | null)[]): void {
    this.statement(sql).run(...values);
  }

  one(sql: string, ...values: (string | number)[]): object | undefined {
    return this.statement(sql).get(...values);
  }

  all(sql: string, ...values: (string | number)[]): readonly object[] {
    return this.statement(sql).all(...values);
  }

  close(): void {
    this.flush();
    this.closed = true;
    this.statements.clear();
    this.database.close();
  }

  private flush(): void {
    const group = this.waiting;
    this.waiting = [];
    if (group.length === 0) return;
    const outcomes = group.map(({ settle }) => ({
      settle,
      error: undefined,
      result: undefined,
    }));
    try {
      this.database.exec('BEGIN IMMEDIATE');
      group.forEach(({ work }, i) => Object.assign(outcomes[i] ?? {}, this.apart(work)));
      this.database.exec('COMMIT');
    } catch (error) {
      this.rollback();
      for (const { settle } of group) settle(error);
      return;
    }
    this.database.durable().then(
      () => outcomes.forEach(({ settle, error, result }) => settle(error, result)),
      (error: unknown) => group.forEach(({ settle }) => settle(error)),
    );
  }

  /** What was read may be told to others. */
  async readable(): Promise<void> {
    await this.database.awaited;
  }

  private rollback(): void {
    try {
      this.database.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself; the first error tells why.
    }
  }

  /** What one refuses or breaks does not touch the others of its commit. */
  private apart(work: () => unknown): { error: unknown } | { result: unknown } {
    this.database.exec('SAVEPOINT one');
    try {
      const result = work();
      this.database.exec('RELEASE one');
      return { result };
    } catch (error) {
      this.database.exec('ROLLBACK TO one; RELEASE one');
      return { error };
    }
  }

  private statement(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.database.prepare(sql)));
    return statement;
  }
}
