export { mssqlDatabase, type MssqlDatabase } from './database';
export { mssqlMigrations } from './migrations';
export type { MssqlSettings } from './settings';
