import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { asSqlFault } from '../../sql/sqlite';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}

export interface Outcome {
  readonly rows: unknown[];
  readonly affected: bigint;
}

/**
 * One service's relational database; it outlives the processes that use it. Two copies in memory stand for READ
 * COMMITTED: whoever writes works on the one, alone, while all others read the other, which learns of a transaction's
 * statements when it commits.
 */
export class StoredDatabase {
  private readonly committed = new Copy();
  private readonly working = new Copy();
  private log: { readonly statement: Statement; readonly outcome: Outcome }[] = [];
  private writer: object | undefined;
  private readonly queue: { owner: object; granted: () => void }[] = [];

  /** Calls `granted` once `owner` may write, perhaps at once. Who waits too long gives up by `leave`. */
  whenWriter(owner: object, granted: () => void): void {
    if (this.writer) {
      this.queue.push({ owner, granted });
      return;
    }
    this.writer = owner;
    this.working.run({ sql: 'begin', parameters: [] });
    granted();
  }

  read(statement: Statement): Outcome {
    return this.committed.run(statement);
  }

  /** Within the transaction of `owner`, who is the writer. */
  run(owner: object, statement: Statement, changes: boolean): Outcome {
    if (this.writer !== owner) throw new Error('a transaction that has ended goes on');
    const outcome = this.working.run(statement);
    if (changes) this.log.push({ statement, outcome });
    return outcome;
  }

  /** Whether any row is another now. */
  commit(owner: object): boolean {
    if (this.writer !== owner) throw new Error('a transaction that has ended commits');
    this.working.run({ sql: 'commit', parameters: [] });
    this.committed.run({ sql: 'begin', parameters: [] });
    for (const { statement, outcome } of this.log) {
      // The copies hold the same, so the same happens to both; a simulator that is wrong must not look like a service that is.
      if (this.committed.run(statement).affected !== outcome.affected)
        throw new Error(`the copies differ: ${statement.sql}`);
    }
    this.committed.run({ sql: 'commit', parameters: [] });
    const changed = this.log.some(({ outcome }) => outcome.affected > 0n || outcome.rows.length > 0);
    this.next();
    return changed;
  }

  /** Undoes and lets go, whether `owner` writes, waits, or never did either. */
  leave(owner: object): void {
    const waiting = this.queue.findIndex((one) => one.owner === owner);
    if (waiting >= 0) this.queue.splice(waiting, 1);
    if (this.writer !== owner) return;
    this.working.run({ sql: 'rollback', parameters: [] });
    this.next();
  }

  close(): void {
    this.committed.close();
    this.working.close();
  }

  private next(): void {
    this.log = [];
    this.writer = undefined;
    const first = this.queue.shift();
    if (first) this.whenWriter(first.owner, first.granted);
  }
}

interface Prepared {
  readonly statement: StatementSync;
  readonly hasRows: boolean;
}

class Copy {
  private readonly database = new DatabaseSync(':memory:');
  private readonly prepared = new Map<string, Prepared>();

  run({ sql, parameters }: Statement): Outcome {
    try {
      const { statement, hasRows } = this.prepared.get(sql) ?? this.prepare(sql);
      if (hasRows) return { rows: statement.all(...parameters), affected: 0n };
      return { rows: [], affected: BigInt(statement.run(...parameters).changes) };
    } catch (error) {
      throw asSqlFault(error);
    }
  }

  close(): void {
    this.database.close();
  }

  private prepare(sql: string): Prepared {
    const statement = this.database.prepare(sql);
    const prepared = { statement, hasRows: statement.columns().length > 0 };
    this.prepared.set(sql, prepared);
    return prepared;
  }
}
