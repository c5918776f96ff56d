import type * as room from '.';

/** What makes statements and talks to Azure SQL: much code, which a cold start need not read. */
export type SqlRoom = typeof room;

/** Azure SQL, for the services that keep their data there. Loads it. */
export const azureSql = (): Promise<SqlRoom> => import('@boxoffice/shared/platform/azure/sql');
export type AzureSql = typeof azureSql;
