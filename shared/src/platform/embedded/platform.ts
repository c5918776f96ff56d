import type { ServiceName } from '../../contracts';
import { ulids, type Chance, type Clock } from '../../kernel';
import { inlinePress, type Press } from '../../papers';
import { migrate, type Database } from '../../sql';
import { sqlite } from '../../sql/sqlite';
import type { Telemetry } from '../../telemetry';
import type { Platform } from '../platform';
import type { Running } from '../service';
import { defaultTuning, EmbeddedBus, type BusTuning } from './bus';
import { ownDataFolder } from './data-folder';
import { DocumentFile } from './documents';
import { EmbeddedFiles } from './files';
import { machineChance, machineClock } from '../machine';
import { EmbeddedMailbox, type Mailbox } from './mailbox';
import { Rounds } from './rounds';
import { EmbeddedSecrets } from './secrets';
import { EmbeddedDatabase } from './sql';
import { runFeed, runTimer } from './triggers';

export interface EmbeddedSettings {
  /** Everything is kept below it; made where it is missing. */
  readonly dataDir: string;
  readonly telemetry: Telemetry;
  readonly clock?: Clock;
  readonly chance?: Chance;
  readonly bus?: Partial<BusTuning>;
  /** Prints where it is asked, when not given. */
  readonly press?: Press;
  /** How long to wait for a process that still owns the folder; 5 seconds when not given. */
  readonly lockPatienceMilliseconds?: number;
}

export interface EmbeddedPlatform extends Platform {
  readonly mailbox: Mailbox;
}

const sweepMilliseconds = 60_000;

/**
 * One machine, one process, one folder. Throws DataFolderTaken where another process owns the folder. `close` ends at once what is still
 * running: whoever wants it to end well stops it before.
 */
export function embeddedPlatform(settings: EmbeddedSettings): EmbeddedPlatform {
  const { telemetry, clock = machineClock, chance = machineChance } = settings;
  const folder = ownDataFolder(settings.dataDir, settings.lockPatienceMilliseconds);
  const tuning = { ...defaultTuning, ...settings.bus };
  const bus = new Lazy(() => new EmbeddedBus(folder.at('bus.db'), clock, telemetry, tuning));
  const mailbox = new Lazy(() => new EmbeddedMailbox(folder.at('mail.db'), clock));
  const databases = new Stores((service) => new EmbeddedDatabase(folder.at(`${service}.sql.db`)));
  const documents = new Stores((service) => new DocumentFile(folder.at(`${service}.documents.db`), clock));
  const sweeping = new Rounds(async () => {
    try {
      await bus.opened?.sweep();
      for (const file of documents.opened) await file.sweep();
    } catch (error) {
      telemetry.log.error('what has expired was not swept out', error);
    }
    return sweepMilliseconds;
  });

  const platform: EmbeddedPlatform = {
    clock,
    chance,
    ids: ulids(clock, chance),
    telemetry,
    get bus() {
      return bus.value;
    },
    get mail() {
      return mailbox.value;
    },
    get mailbox() {
      return mailbox.value;
    },
    press: settings.press ?? inlinePress,
    secrets: new EmbeddedSecrets(folder.at('secrets')),
    database: <Schema>(service: ServiceName) => databases.of(service) as unknown as Database<Schema>,
    container: (service, spec) => documents.of(service).container(spec),
    files: (service, name) => new EmbeddedFiles(folder.at('files', service, name)),
    async migrate(service) {
      for (const spec of service.containers) documents.of(service.name).container(spec);
      if (service.migrations.length > 0)
        await migrate(databases.of(service.name), service.migrations, sqlite, clock);
    },
    async run(service) {
      return together([
        ...service.consumers.map(({ subscription, handle }) => bus.value.consume(subscription, handle)),
        ...service.feeds.map((feed) => runFeed(service, feed, documents.of(service.name), telemetry)),
        ...service.timers.map((timer) => runTimer(service, timer, telemetry)),
      ]);
    },
    async close() {
      await sweeping.stop();
      bus.opened?.close();
      mailbox.opened?.close();
      for (const store of [...databases.opened, ...documents.opened]) store.close();
      folder.release();
    },
  };
  return platform;
}

/** A store that is opened when it is first asked for. */
class Lazy<Store> {
  opened: Store | undefined;

  constructor(private readonly open: () => Store) {}

  get value(): Store {
    return (this.opened ??= this.open());
  }
}

/** One store a service, opened when it is first asked for. */
class Stores<Store> {
  private readonly stores = new Map<ServiceName, Store>();

  constructor(private readonly open: (service: ServiceName) => Store) {}

  get opened(): Iterable<Store> {
    return this.stores.values();
  }

  of(service: ServiceName): Store {
    const store = this.stores.get(service) ?? this.open(service);
    this.stores.set(service, store);
    return store;
  }
}

const together = (all: readonly Running[]): Running => ({
  async stop() {
    await Promise.all(all.map((one) => one.stop()));
  },
});
