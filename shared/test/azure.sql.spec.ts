import { it } from '@jest/globals';
import { sql } from 'kysely';
import { instant } from '../src/kernel';
import { mssqlDatabase, mssqlMigrations, type MssqlSettings } from '../src/platform/azure/sql';
import { migrate, type Database } from '../src/sql';
import { databaseContract, type DatabaseUnderTest } from './contract/database.contract';
import { messagingContract } from './contract/messaging.contract';
import { TdsDouble } from './doubles/tds';

const clock = { now: () => instant('2027-01-05T10:00:00Z'), sleep: () => Promise.resolve() };

function over(
  settings: MssqlSettings,
  close: () => Promise<void> = async () => undefined,
): DatabaseUnderTest {
  const database = mssqlDatabase<unknown>(settings);
  return {
    database: <Schema>() => database as unknown as Database<Schema>,
    migrate: async (migrations) => {
      await migrate(database, migrations, mssqlMigrations(settings), clock);
    },
    close: async () => {
      await database.close();
      await close();
    },
  };
}

async function overDouble(): Promise<DatabaseUnderTest> {
  const double = await TdsDouble.start();
  return over({ connectionString: double.connectionString }, () => double.close());
}

databaseContract('the mssql driver over a loopback double', overDouble);
messagingContract('the mssql driver over a loopback double', overDouble);

const { AZURE_SQL_CONNECTION_STRING: connectionString, AZURE_SQL_KEY_COLLATION: keyCollation } = process.env;
if (connectionString === undefined) {
  it.skip('skipped: no SQL server named by AZURE_SQL_CONNECTION_STRING', () => undefined);
} else {
  const settings = { connectionString, ...(keyCollation !== undefined && { keyCollation }) };
  const overServer = async (): Promise<DatabaseUnderTest> => {
    await empty(settings);
    return over(settings);
  };
  databaseContract('the server of AZURE_SQL_CONNECTION_STRING', overServer);
  messagingContract('the server of AZURE_SQL_CONNECTION_STRING', overServer);
}

/** Drops what an earlier test left, and nothing that is not a test's: the database must be for these tests alone. */
async function empty(settings: MssqlSettings): Promise<void> {
  const left = new Set(['account', 'entry', 'half', 'migration', 'outbox', 'inbox', 'idempotency']);
  const database = mssqlDatabase<unknown>(settings);
  const { rows } = await sql<{ name: string }>`
    select TABLE_NAME as "name" from INFORMATION_SCHEMA.TABLES where TABLE_TYPE = 'BASE TABLE'`.execute(
    database.query,
  );
  const others = rows.filter(({ name }) => !left.has(name)).map(({ name }) => name);
  if (others.length > 0)
    throw new Error(`not a database for tests, it has tables of its own: ${others.join(', ')}`);
  for (const { name } of rows) await database.transaction((tx) => tx.schema.dropTable(name).execute());
  await database.close();
}
