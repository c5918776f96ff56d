import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { isSqlFault, type Database } from '../../sql';
import type { Process } from './process';
import { SimulatedDriver } from './sql-driver';
import type { StoredDatabase } from './stored-database';

const attempts = 3;

/** One process's way to a relational database: READ COMMITTED, as Azure SQL has it, and its faults. */
export function databaseFor<Schema>(process: Process, store: StoredDatabase, name: string): Database<Schema> {
  const query = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new SimulatedDriver(process, store, name),
      createIntrospector: (kysely) => new SqliteIntrospector(kysely),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  return {
    query,
    async transaction(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await query.transaction().execute(work);
        } catch (error) {
          if (attempt === attempts || !isSqlFault(error, 'Transient')) throw error;
          await process.clock.sleep(process.around.random.between([5, 100]));
        }
      }
    },
  };
}
