import type { ServiceName } from '../../contracts';
import type { ContainerSpec } from '../../documents';
import { StoredBus } from './bus';
import type { Checkpoints } from './feeds';
import type { Surroundings } from './process';
import type { Mailbox, StoredFiles, StoredSecrets } from './providers';
import { StoredContainer } from './stored-container';
import { StoredDatabase } from './stored-database';

/** All that outlives the processes of a world. Open to those who look at it from outside: the checks of a simulation. */
export class Stores {
  readonly bus: StoredBus;
  readonly secrets: StoredSecrets = new Map();
  readonly mailbox: Mailbox = { sent: new Map(), refused: new Set() };
  readonly checkpoints: Checkpoints = new Map();
  private readonly databases = new Map<ServiceName, StoredDatabase>();
  private readonly containers = new Map<string, StoredContainer>();
  private readonly folders = new Map<string, StoredFiles>();

  constructor(private readonly around: Surroundings) {
    this.bus = new StoredBus(around);
  }

  database(service: ServiceName): StoredDatabase {
    return kept(this.databases, service, () => new StoredDatabase());
  }

  container(service: ServiceName, spec: ContainerSpec): StoredContainer {
    return kept(
      this.containers,
      `${service}/${spec.name}`,
      () => new StoredContainer(spec, this.around.schedule),
    );
  }

  files(service: ServiceName, folder: string): StoredFiles {
    return kept(this.folders, `${service}/${folder}`, () => new Map() as StoredFiles);
  }

  close(): void {
    for (const database of this.databases.values()) database.close();
  }
}

/** The value under `key`, made first where there is none. */
export function kept<Key, Value>(all: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = all.get(key);
  if (value === undefined) all.set(key, (value = make()));
  return value;
}
