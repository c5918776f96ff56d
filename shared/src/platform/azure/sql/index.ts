import { mssqlDatabase } from './database';
import { mssqlMigrations } from './migrations';

export { mssqlDatabase, type MssqlDatabase } from './database';
export { inTsql } from './in-tsql';
export { mssqlMigrations } from './migrations';
export type { MssqlSettings } from './settings';

/** Azure SQL, for the services that keep their data there. */
export const azureSql = { database: mssqlDatabase, migrations: mssqlMigrations };
export type AzureSql = typeof azureSql;
