import type { Kysely, Transaction } from 'kysely';

/**
 * One service's relational database: Azure SQL, or SQLite where embedded or simulated, through Kysely on each.
 * Statements stay within what both understand; see migration.ts for column types.
 */
export interface Database<Schema> {
  /** For queries of their own: sees committed data only. Writing outside a transaction is an error of the programmer. */
  readonly query: Kysely<Schema>;
  /**
   * All that `work` writes, or nothing. `work` may run more than once (deadlock, lost connection), so it does nothing but
   * talk to `tx`. Reads inside see committed data, which another may change before this one commits: what must not have
   * changed is written with its `version` in the condition. Resolves once the commit is durable.
   * Throws SqlFault; where that is `OutcomeUnknown`, the commit may or may not have happened.
   */
  transaction<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T>;
}
