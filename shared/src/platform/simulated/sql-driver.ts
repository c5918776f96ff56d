import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type { SQLInputValue } from 'node:sqlite';
import { SqlFault } from '../../sql';
import type { CallFaults, Process } from './process';
import type { Outcome, Statement, StoredDatabase } from './stored-database';

/** As long as Azure SQL is asked to wait for a lock before it gives up. */
const lockPatienceSeconds = 30;

/** Kysely's way from one process to a stored database. */
export class SimulatedDriver implements Driver {
  constructor(
    private readonly process: Process,
    private readonly store: StoredDatabase,
    private readonly name: string,
  ) {}

  init = (): Promise<void> => Promise.resolve();
  acquireConnection = async (): Promise<Connection> => new Connection(this.process, this.store, this.name);
  beginTransaction = async (connection: DatabaseConnection): Promise<void> => own(connection).begin();
  commitTransaction = (connection: DatabaseConnection): Promise<void> => own(connection).commit();
  rollbackTransaction = async (connection: DatabaseConnection): Promise<void> => own(connection).end();
  releaseConnection = async (connection: DatabaseConnection): Promise<void> => own(connection).end();
  destroy = (): Promise<void> => Promise.resolve();
}

function own(connection: DatabaseConnection): Connection {
  if (connection instanceof Connection) return connection;
  throw new Error('a connection of another database');
}

type State = 'no transaction' | 'reading' | 'writing' | 'doomed' | 'committing';

/**
 * One connection. A transaction reads what is committed until it first writes; from then on it is the only writer and
 * reads its own. When its process dies, the connection breaks and the transaction is undone.
 */
class Connection implements DatabaseConnection {
  private state: State = 'no transaction';
  private forgetDeath: (() => void) | undefined;

  constructor(
    private readonly process: Process,
    private readonly store: StoredDatabase,
    private readonly name: string,
  ) {}

  begin(): void {
    this.state = 'reading';
    this.forgetDeath = this.process.whenKilled(() => this.release());
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const statement: Statement = { sql: query.sql, parameters: query.parameters as SQLInputValue[] };
    if (!this.process.alive) return new Promise(() => undefined);
    const changes = writes(query);
    if (changes) await this.becomeWriter(query);
    const outcome = await this.process.call(
      `${this.name}: ${shorten(query.sql)}`,
      () => this.run(statement, changes),
      {
        refusal: () => this.deadlock(),
      },
    );
    return { rows: outcome.rows as R[], ...(changes ? { numAffectedRows: outcome.affected } : {}) };
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('rows are read whole');
  }

  async commit(): Promise<void> {
    if (this.state === 'doomed') throw this.victim();
    if (this.state === 'reading') {
      this.release();
      return;
    }
    const faults: CallFaults = {
      unheard: () => new SqlFault('OutcomeUnknown', 'the connection broke during the commit'),
      lost: () => this.release(),
      late: () => this.forgetDeath?.(),
    };
    const commit = (): void => {
      if (this.store.commit(this)) this.process.around.rest.disturb();
      this.release();
    };
    this.state = 'committing';
    await this.process.call(`${this.name}: commit`, commit, faults);
  }

  /** Undoes what was not committed; harmless when there is nothing. A commit under way is left to its fate. */
  end(): void {
    if (this.state !== 'committing') this.release();
  }

  private release(): void {
    this.forgetDeath?.();
    this.forgetDeath = undefined;
    this.state = 'no transaction';
    this.store.leave(this);
  }

  private run(statement: Statement, changes: boolean): Outcome {
    if (this.state === 'writing') return this.store.run(this, statement, changes);
    if (changes) throw new Error(`written outside a transaction: ${statement.sql}`);
    return this.store.read(statement);
  }

  private async becomeWriter(query: CompiledQuery): Promise<void> {
    if (this.state === 'doomed') throw this.victim();
    if (this.state === 'no transaction') throw new Error(`written outside a transaction: ${query.sql}`);
    if (this.state === 'writing') return;
    const granted = await new Promise<boolean>((resolve) => {
      const giveUp = this.process.after(lockPatienceSeconds * 1000, () => resolve(false));
      this.store.whenWriter(this, () => {
        giveUp();
        resolve(true);
      });
    });
    if (!granted) {
      this.store.leave(this);
      this.state = 'doomed';
      throw new SqlFault('Transient', `no lock within ${lockPatienceSeconds} seconds`);
    }
    this.state = 'writing';
  }

  private deadlock(): Error | undefined {
    const { faults, random, fault } = this.process.around;
    if (this.state === 'doomed') return this.victim();
    if (this.state === 'no transaction' || !random.chance(faults.deadlock)) return undefined;
    fault('sql deadlock');
    this.store.leave(this);
    this.state = 'doomed';
    return this.victim();
  }

  private readonly victim = (): SqlFault => new SqlFault('Transient', '1205, chosen as the deadlock victim');
}

/** Whether a statement changes anything; raw text is judged by its first word. */
function writes({ query, sql }: CompiledQuery): boolean {
  if (query.kind === 'SelectQueryNode') return false;
  return query.kind !== 'RawNode' || !/^\s*(select|with|pragma)\b/i.test(sql);
}

const shorten = (sql: string): string => (sql.length > 120 ? `${sql.slice(0, 119)}…` : sql);
