import type { ServiceName } from '../contracts';
import type { Container, ContainerSpec } from '../documents';
import type { Chance, Clock, Ids } from '../kernel';
import type { Bus } from '../messaging';
import type { Press } from '../papers';
import type { Database } from '../sql';
import type { Telemetry } from '../telemetry';
import type { Files, Mail, Secrets } from './ports';
import type { Running, Service } from './service';

/**
 * What a service stands on. Three exist — azure, embedded, simulated — and a service cannot tell which.
 */
export interface Platform {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly chance: Chance;
  readonly telemetry: Telemetry;
  readonly bus: Bus;
  readonly secrets: Secrets;
  readonly mail: Mail;
  readonly press: Press;
  /** The relational database of one service. */
  database<Schema>(service: ServiceName): Database<Schema>;
  /** A container of one service's document database. */
  container(service: ServiceName, spec: ContainerSpec): Container;
  /** A folder of one service's files: a blob container. */
  files(service: ServiceName, folder: string): Files;
  /** Where a platform loads what a cold start need not wait for: once this resolves it can be asked for anything. */
  ready?(): Promise<void>;
  /** Brings the service's stores to the shape that its code expects. A step of its own on Azure. */
  migrate(service: Service): Promise<void>;
  /** Where that is a step of its own: throws while it has not been done for this code. */
  checkSchema?(service: Service): Promise<void>;
  /** Starts what is not HTTP: subscriptions, timers, change feeds. On Azure Functions the host does this instead. */
  run(service: Service): Promise<Running>;
  close(): Promise<void>;
}
