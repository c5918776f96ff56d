import type { TokenCredential } from '@azure/identity';
import type * as Driver from 'mssql';
import { credential } from '../credential';
import type { MssqlSettings } from './settings';

export type Mssql = typeof Driver;

export interface Opened {
  readonly mssql: Mssql;
  readonly pool: Driver.ConnectionPool;
  /** Whether the server has named the database's collation. */
  readonly collated: boolean;
}

/** The driver and its pool, opened at the first use; where that failed, by whoever comes next. */
export class Pool {
  private opened: Promise<Opened> | undefined;

  constructor(private readonly settings: MssqlSettings) {}

  get(): Promise<Opened> {
    this.opened ??= this.open().catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  async close(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    // What could not be opened need not be closed.
    const pool = await opened?.then(
      (one) => one.pool,
      () => undefined,
    );
    await pool?.close();
  }

  private async open(): Promise<Opened> {
    const { default: mssql } = await import('mssql');
    const pool = new mssql.ConnectionPool(await configOf(mssql, this.settings));
    // Each failure also reaches the call that met it; unheard, the event would end the process.
    pool.on('error', () => undefined);
    await pool.connect();
    return { mssql, pool, collated: Reflect.get(pool, 'collation') !== undefined };
  }
}

async function configOf(mssql: Mssql, settings: MssqlSettings): Promise<Driver.config> {
  const given =
    'connectionString' in settings
      ? mssql.ConnectionPool.parseConnectionString(settings.connectionString)
      : byIdentity(
          settings.server,
          settings.database,
          settings.credential ?? (await credential(settings.clientId)),
        );
  return {
    ...given,
    pool: {
      max: settings.poolSize ?? 20,
      idleTimeoutMillis: 60_000,
      acquireTimeoutMillis: settings.waitMilliseconds ?? 15_000,
      ...given.pool,
    },
    validateConnection: 'socket', // a look at the socket; the default sends a query before each query
  };
}

/** The driver asks the credential for a token at each new connection; the SDK keeps one as long as it is good. */
function byIdentity(server: string, database: string, comes: TokenCredential): Driver.config {
  const options = { credential: comes };
  return {
    server,
    database,
    options: { encrypt: true },
    authentication: { type: 'token-credential', options },
  };
}
