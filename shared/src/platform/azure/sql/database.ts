import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { Kysely } from 'kysely';
import type { Database } from '../../../sql';
import { mssqlDialect } from './dialect';
import { worthAnotherTry } from './faults';
import { Pool } from './pool';
import { PortablePlugin } from './portable';
import type { MssqlSettings } from './settings';

export interface MssqlDatabase<Schema> extends Database<Schema> {
  /** Waits for what is under way, then lets go of the connections. */
  close(): Promise<void>;
}

/** Azure SQL, or any server that speaks TDS and plain T-SQL. The driver loads and connects at the first call. */
export function mssqlDatabase<Schema>(settings: MssqlSettings): MssqlDatabase<Schema> {
  const delay = settings.firstDelayMilliseconds ?? 100;
  const again = retry(handleWhen(worthAnotherTry), {
    maxAttempts: settings.retries ?? 5,
    backoff: new ExponentialBackoff({ initialDelay: delay, maxDelay: delay * 50 }), // jittered, unless told otherwise
  });
  const retrying = <T>(work: () => Promise<T>): Promise<T> => again.execute(work);
  const pool = new Pool(settings);
  const dialect = mssqlDialect(pool, retrying);
  const query = new Kysely<Schema>({ dialect, plugins: [new PortablePlugin()] });
  return {
    query,
    transaction: (work) => retrying(() => query.transaction().execute(work)),
    close: () => query.destroy(),
  };
}
