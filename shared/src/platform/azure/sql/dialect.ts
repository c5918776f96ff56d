import {
  MssqlAdapter,
  MssqlIntrospector,
  MssqlQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
} from 'kysely';
import { MssqlConnection } from './connection';
import type { Pool } from './pool';

/** T-SQL by Kysely, over a driver of our own: the pool of the `mssql` package. */
export const mssqlDialect = (pool: Pool, retrying: <T>(query: () => Promise<T>) => Promise<T>): Dialect => ({
  createAdapter: () => new MssqlAdapter(),
  createQueryCompiler: () => new MssqlQueryCompiler(),
  createIntrospector: (db) => new MssqlIntrospector(db),
  createDriver: (): Driver => ({
    init: async () => undefined,
    acquireConnection: async () => new MssqlConnection(pool, retrying),
    releaseConnection: async () => undefined,
    beginTransaction: (connection) => ours(connection).begin(),
    commitTransaction: (connection) => ours(connection).commit(),
    rollbackTransaction: (connection) => ours(connection).rollback(),
    destroy: () => pool.close(),
  }),
});

function ours(connection: DatabaseConnection): MssqlConnection {
  if (connection instanceof MssqlConnection) return connection;
  throw new TypeError('a connection of another driver');
}
