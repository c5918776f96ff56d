import type { Kysely } from 'kysely';
import type { ServiceName } from '../../contracts';
import { ulids } from '../../kernel';
import type { Press } from '../../papers';
import { migrate, migrationsDue, type Database, type MigrationDialect } from '../../sql';
import type { Telemetry } from '../../telemetry';
import type { Platform } from '../platform';
import { closeCosmos, cosmosContainer } from './cosmos';
import { blobFiles } from './files';
import { machineChance, machineClock } from '../machine';
import { communicationMail } from './mail';
import { runFeed, runTimer } from './run';
import { keyVaultSecrets } from './secrets';
import { Connection, runConsumer, serviceBus } from './service-bus';
import type { AzureResource, AzureSettings } from './settings';
import type { MssqlDatabase, MssqlSettings } from './sql';
import type { AzureSql, SqlRoom } from './sql/azure-sql';

/** What only some services need, and would weigh on the others: who needs it brings it along. */
export interface Luggage {
  readonly press?: Press;
  readonly sql?: AzureSql;
}

/** Azure. Nothing is reached, and no SDK loaded, before it is first used. */
export function azurePlatform(
  settings: AzureSettings,
  telemetry: Telemetry,
  { press = noPress, sql }: Luggage = {},
): Platform {
  const clock = machineClock;
  const connection = new Connection(settings.bus ?? {});
  const bus = serviceBus(connection);
  let room: SqlRoom | undefined;
  const ready = async (): Promise<void> => {
    if (sql) room ??= await sql();
  };
  const databases = new Map<ServiceName, MssqlDatabase<unknown>>();
  const databaseOf = (service: ServiceName): MssqlDatabase<unknown> => {
    if (!sql) throw new Error('this service has no database');
    if (!room) throw new Error('the database was asked before the platform was ready');
    const open = databases.get(service) ?? room.mssqlDatabase(sqlOf(settings, service));
    databases.set(service, open);
    return open;
  };
  const dialectOf = async (): Promise<MigrationDialect> => {
    await ready();
    if (!room) throw new Error('this service has no database');
    return room.mssqlMigrations({});
  };
  return {
    clock,
    chance: machineChance,
    ids: ulids(clock, machineChance),
    telemetry,
    press,
    bus,
    get secrets() {
      return keyVaultSecrets(needed(settings, 'secrets'), clock);
    },
    get mail() {
      return communicationMail(needed(settings, 'mail'), clock);
    },
    // One pool a service, whichever tables it asks for.
    database: <Schema>(service: ServiceName): Database<Schema> => ({
      get query() {
        return databaseOf(service).query as Kysely<Schema>;
      },
      transaction: (work) => (databaseOf(service) as MssqlDatabase<Schema>).transaction(work),
    }),
    container: (service, spec) =>
      cosmosContainer({ ...needed(settings, 'documents'), database: service }, spec),
    files: (service, folder) => blobFiles(needed(settings, 'files'), `${service}-${folder}`),
    async migrate({ name, migrations }) {
      if (migrations.length === 0) return;
      const dialect = await dialectOf();
      await migrate(databaseOf(name), migrations, dialect, clock);
    },
    async checkSchema({ name, migrations }) {
      if (migrations.length === 0) return;
      const dialect = await dialectOf();
      const due = await migrationsDue(databaseOf(name), migrations, dialect);
      if (due.length > 0)
        throw new Error(
          `the database of ${name} lacks ${due.join(', ')}: run \`azd hooks run postprovision\` with this version's code`,
        );
    },
    ready,
    async run(service) {
      await ready();
      await service.start?.();
      const running = [
        ...(await Promise.all(
          service.consumers.map((consumer) => runConsumer(consumer, { connection, clock, telemetry })),
        )),
        ...service.timers.map((timer) =>
          runTimer(timer, { clock, telemetry, atLeastSeconds: settings.timersAtLeastSeconds }),
        ),
        ...service.feeds.map((feed) => runFeed(feed, { clock, telemetry })),
      ];
      return {
        async stop() {
          await Promise.all(running.map((each) => each.stop()));
        },
      };
    },
    async close() {
      await Promise.all([
        connection.close(),
        closeCosmos(),
        ...Array.from(databases.values(), (each) => each.close()),
      ]);
    },
  };
}

const noPress: Press = {
  tickets: () => Promise.reject(new Error('this service has no press')),
  sale: () => Promise.reject(new Error('this service has no press')),
};

function sqlOf(settings: AzureSettings, service: ServiceName): MssqlSettings {
  const given = needed(settings, 'sql');
  return 'connectionString' in given ? given : { ...given, database: given.database ?? service };
}

function needed<Resource extends AzureResource>(
  settings: AzureSettings,
  resource: Resource,
): NonNullable<AzureSettings[Resource]> {
  const given = settings[resource];
  if (!given) throw new Error(`this app's settings name no ${resource}: add it to what the app needs`);
  return given;
}
