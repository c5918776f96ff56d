import type { Container } from '../../documents';
import { instant, toMilliseconds, ulids, type Instant } from '../../kernel';
import type { Platform } from '../platform';
import { migrate } from '../../sql/migrate';
import { sqlite } from '../../sql/sqlite';
import { busFor } from './bus';
import { databaseFor } from './database';
import { containerFor } from './documents';
import { Fates, type Mishap } from './fates';
import { noFaults, type Faults } from './faults';
import { Process, type Surroundings } from './process';
import { filesFor, mailFor, pressFor, secretsFor } from './providers';
import { seeded, type Random } from './random';
import { Rest } from './rest';
import { Schedule } from './schedule';
import { kept, Stores } from './stores';
import { telemetryFor } from './telemetry';
import { runTriggers } from './triggers';

export interface WorldOptions {
  /** Decides everything: the same seed gives the same run, event by event. */
  readonly seed: number | string;
  readonly faults?: Faults;
  /** One more thing that goes wrong, whatever the faults. */
  readonly mishap?: Mishap;
  /** When virtual time begins. */
  readonly startsAt?: Instant;
  /**
   * Timers that changed nothing may pause for up to this long, and while nothing else changes either for a third of that
   * time: so days pass in few events. 0: they keep to their period.
   */
  readonly longestTimerPauseSeconds?: number;
  /** Hears of every effect, fault and log line in order: the trace of the run. `at` is in virtual milliseconds. */
  readonly trace?: (at: number, who: string, what: string) => void;
}

/** A platform whose process can die. */
export interface SimulatedProcess extends Platform {
  readonly process: Process;
}

export interface SimulatedWorld {
  readonly schedule: Schedule;
  readonly stores: Stores;
  /** How often each noteworthy thing has happened so far. */
  readonly tallies: ReadonlyMap<string, number>;
  readonly around: Surroundings;
  /** A stream of chance of its own, for whoever acts in this world. */
  random(name: string): Random;
  /** One process over the stores of this world. `mortal` (the default): its calls may kill it and its clock be off. */
  process(name: string, mortal?: boolean): SimulatedProcess;
  /** Other faults from now on. */
  change(faults: Faults): void;
  close(): void;
}

export function simulatedWorld(options: WorldOptions): SimulatedWorld {
  const root = seeded(options.seed);
  const schedule = new Schedule(
    toMilliseconds(options.startsAt ?? instant('2027-01-04T09:00:00Z')),
    root.stream('order'),
  );
  const tallies = new Map<string, number>();
  const tally = (what: string, times = 1): void => void tallies.set(what, (tallies.get(what) ?? 0) + times);
  const random = root.stream('faults');
  const { trace } = options;
  let faults = options.faults ?? noFaults;
  const around: Surroundings = {
    schedule,
    random,
    get faults() {
      return faults;
    },
    rest: new Rest(schedule, root.stream('rest')),
    fates: new Fates(random, options.mishap),
    tally,
    fault: (what) => tally(`fault: ${what}`),
    note: trace ? (who, what) => trace(schedule.now, who, what) : () => undefined,
  };
  const stores = new Stores(around);

  return {
    schedule,
    stores,
    tallies,
    around,
    random: (name) => root.stream(name),
    process(name, mortal = true) {
      const process = new Process(name, around, mortal);
      return platformOf(
        process,
        stores,
        root.stream(`process ${name}`),
        options.longestTimerPauseSeconds ?? 0,
      );
    },
    change: (next) => (faults = next),
    close: () => stores.close(),
  };
}

function platformOf(
  process: Process,
  stores: Stores,
  chance: Random,
  longestPauseSeconds: number,
): SimulatedProcess {
  // One of each in a process: its session is one.
  const containers = new Map<string, Container>();
  const platform: SimulatedProcess = {
    process,
    clock: process.clock,
    chance,
    ids: ulids(process.clock, chance),
    telemetry: telemetryFor(process),
    bus: busFor(process, stores.bus),
    secrets: secretsFor(process, stores.secrets),
    mail: mailFor(process, stores.mailbox),
    press: pressFor(process),
    database: (service) => databaseFor(process, stores.database(service), `${service} sql`),
    container: (service, spec) =>
      kept(containers, `${service}/${spec.name}`, () =>
        containerFor(process, spec, stores.container(service, spec)),
      ),
    files: (service, folder) => filesFor(process, folder, stores.files(service, folder)),
    async migrate({ name, migrations }) {
      await migrate(platform.database<unknown>(name), migrations, sqlite, process.clock);
    },
    run: async (service) =>
      runTriggers(process, service, {
        bus: stores.bus,
        checkpoints: stores.checkpoints,
        longestPauseSeconds,
        container: (name) => {
          const spec = service.containers.find((one) => one.name === name);
          if (!spec) throw new Error(`${service.name} declares no container ${name}`);
          return stores.container(service.name, spec);
        },
      }),
    close: async () => process.end(),
  };
  return platform;
}
