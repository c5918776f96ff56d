export { mssqlDatabase, type MssqlDatabase } from './database';
export { inTsql } from './in-tsql';
export { mssqlMigrations } from './migrations';
export type { MssqlSettings } from './settings';
