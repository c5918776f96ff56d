import { inTsql, mssqlMigrations } from '@boxoffice/shared/platform/azure/sql';
import { simulatedWorld } from '@boxoffice/shared/platform/simulated';
import { migrate, type Database } from '@boxoffice/shared/sql';
import { DummyDriver, Kysely, MssqlAdapter, MssqlIntrospector } from 'kysely';
import { composeAll } from '../../src/boxoffice';
import { migrations as from, type Statement } from './statement';

/** What each service that has a relational database sends to a new one. */
export async function migrationStatements(): Promise<readonly Statement[]> {
  const world = simulatedWorld({ seed: 1 });
  const statements: Statement[] = [];
  const platform = world.process('migrations', false);
  const services = composeAll(platform, {
    CHECKOUT_RETURN_URL: 'https://boxoffice.example/orders/{orderId}',
  });
  for (const { name: of, migrations } of services) {
    const query = emptyDatabase((sql, parameters) => statements.push({ of, from, sql, parameters }));
    const transaction: Database<unknown>['transaction'] = (work) => query.transaction().execute(work);
    await migrate({ query, transaction }, migrations, mssqlMigrations({}), platform.clock);
  }
  world.close();
  return statements;
}

/** Says what it is sent, and answers nothing. */
const emptyDatabase = (tell: (sql: string, parameters: number) => void): Kysely<unknown> =>
  new Kysely<unknown>({
    dialect: {
      createAdapter: () => new MssqlAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new MssqlIntrospector(db),
      createQueryCompiler: () => ({
        compileQuery(node, queryId) {
          const all = inTsql(node, queryId);
          for (const { sql, parameters } of all) tell(sql, parameters.length);
          return all[0]!;
        },
      }),
    },
  });
