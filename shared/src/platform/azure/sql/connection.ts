import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { Request, Transaction } from 'mssql';
import { asCommitFault, asSqlFault } from './faults';
import { typeOf } from './parameters';
import type { Pool } from './pool';
import { withNumbers, type Row } from './rows';
import { split } from './split';

/** What Kysely takes for a connection: the pool as a whole until a transaction begins, then that one's connection. */
export class MssqlConnection implements DatabaseConnection {
  private transaction: Transaction | undefined;

  constructor(
    private readonly pool: Pool,
    /** Runs a query of its own again where its failure may pass. */
    private readonly retrying: <T>(query: () => Promise<T>) => Promise<T>,
  ) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const writes = query.query.kind !== 'SelectQueryNode' && query.query.kind !== 'RawNode';
    if (this.transaction !== undefined) return this.inTransaction<R>(query);
    if (writes) throw new Error(`written outside a transaction: ${query.sql}`);
    return this.retrying(() => this.run<R>(query));
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('results are not streamed: read in pages');
  }

  async begin(): Promise<void> {
    try {
      const { pool } = await this.pool.get();
      const transaction = pool.transaction();
      await transaction.begin();
      this.transaction = transaction;
    } catch (error) {
      throw asSqlFault(error);
    }
  }

  async commit(): Promise<void> {
    try {
      await this.end('commit');
    } catch (error) {
      throw asCommitFault(error);
    }
  }

  async rollback(): Promise<void> {
    // Whatever fails here, the connection goes, and the server rolls back. What made us roll back is the news.
    await this.end('rollback').catch(() => undefined);
  }

  private async end(how: 'commit' | 'rollback'): Promise<void> {
    const { transaction } = this;
    if (transaction === undefined) return;
    this.transaction = undefined;
    const connection = borrowedBy(transaction);
    await new Promise<void>((resolve, reject) => {
      transaction[how]((error?: unknown) => {
        if (error === null || error === undefined) {
          resolve();
          return;
        }
        // It may still be open at the server, and the pool has the connection back already: nobody may find it there.
        connection?.close();
        reject(error instanceof Error ? error : new Error('the driver gave no reason'));
      });
    });
  }

  private async inTransaction<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const results: QueryResult<R>[] = [];
    for (const statement of split(query)) results.push(await this.run<R>(statement));
    const affected = results.reduce((sum, { numAffectedRows = 0n }) => sum + numAffectedRows, 0n);
    return { rows: results.flatMap(({ rows }) => rows), numAffectedRows: affected };
  }

  private async run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const opened = await this.pool.get();
      const { mssql, pool } = opened;
      const request: Request = this.transaction?.request() ?? pool.request();
      for (const [at, value] of query.parameters.entries())
        request.input(String(at + 1), typeOf(mssql, value, opened), value);
      const { recordset, rowsAffected } = await request.query<Row>(query.sql);
      const affected = rowsAffected.reduce((sum, count) => sum + count, 0);
      return { rows: withNumbers(recordset, mssql.BigInt) as R[], numAffectedRows: BigInt(affected) };
    } catch (error) {
      throw asSqlFault(error);
    }
  }
}

/** The driver does not say which connection a transaction has, and gives it back to the pool even if it could not be ended. */
function borrowedBy(transaction: Transaction): { close(): void } | undefined {
  const held: unknown = Reflect.get(transaction, '_acquiredConnection');
  return typeof held === 'object' && held !== null && 'close' in held
    ? (held as { close(): void })
    : undefined;
}
