import type { ServiceName } from '@boxoffice/shared/contracts';
import type { Clock } from '@boxoffice/shared/kernel';
import { mssqlMigrations, type MssqlDatabase } from '@boxoffice/shared/platform/azure/sql';
import { migrate, type Migration } from '@boxoffice/shared/sql';
import { migrations as eventMigrations } from '@boxoffice/event-management/main';
import { migrations as paymentMigrations } from '@boxoffice/payment-processing/main';
import type { Arm } from './arm';
import { groupPath, readDatabases, type Environment, type Identity } from './deployment';
import { Door } from './sql/door';
import { ensureSqlUser } from './sql/sql-user';
import { messageOf, type Say } from './stopped';

/** The services that keep their data in Azure SQL, each in a database of its own name. */
export const inSql = {
  'event-management': eventMigrations,
  'payment-processing': paymentMigrations,
} satisfies Partial<Record<ServiceName, readonly Migration[]>>;
type Owner = keyof typeof inSql;

export interface PostprovisionDeps {
  readonly arm: Arm;
  readonly clock: Clock;
  readonly say: Say;
  /** Connects as whoever deploys. */
  readonly connect: (server: string, database: Owner) => MssqlDatabase<unknown>;
}

/** Brings each database to the schema that the code expects, and lets its app in; may be run as often as one likes. */
export async function postprovision(environment: Environment, deps: PostprovisionDeps): Promise<void> {
  const owners = Object.keys(inSql) as Owner[];
  const { server, identities, ...place } = readDatabases(environment, owners);
  const path = `${groupPath(place)}/providers/Microsoft.Sql/servers/${server.split('.')[0] ?? ''}`;
  const door = new Door({ ...deps, server: path });
  try {
    for (const service of owners) await bringUp(service, server, identities[service], door, deps);
  } catch (error) {
    // What went wrong first is the news.
    await door.close().catch((closing: unknown) => {
      if (door.isOpen)
        deps.say(
          `The SQL server’s firewall is still open, look at its Networking page: ${messageOf(closing)}`,
        );
    });
    throw error;
  }
  await door.close();
}

async function bringUp(
  service: Owner,
  server: string,
  identity: Identity,
  door: Door,
  { connect, clock, say }: PostprovisionDeps,
): Promise<void> {
  const database = connect(server, service);
  try {
    const deeds = await door.through(async () => {
      const applied = await migrate(database, inSql[service], mssqlMigrations({}), clock);
      return [
        ...applied.map((name) => `ran the migration ${name}`),
        ...(await ensureSqlUser(database, identity)),
      ];
    });
    say(`${service}: ${deeds.join('; ') || 'nothing to do'}`);
  } finally {
    await database.close();
  }
}
