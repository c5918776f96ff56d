import type { ServiceName } from '@boxoffice/shared/contracts';
import type { Platform, Service } from '@boxoffice/shared/platform';
import type { Faults, SimulatedWorld } from '@boxoffice/shared/platform/simulated';
import type { DependencyContainer } from 'tsyringe';

/** A mistake that somebody could make, put between the services and what they stand on; no code of theirs is touched. */
export interface Bug {
  readonly name: string;
  /** What is wrong, in a sentence. */
  readonly what: string;
  /** The one fault that brings it out: without that, it does no harm. */
  readonly needs?: keyof Faults;
  /** The weather that brings it out soon; otherwise each seed's own. */
  readonly weather?: Partial<Faults>;
  /** Another platform for the service. */
  platform?(platform: Platform, service: ServiceName, world: SimulatedWorld): Platform;
  /** Other things under the service's tokens. */
  container?(container: DependencyContainer, service: ServiceName, platform: Platform): void;
  /** Other triggers. */
  service?(service: Service, platform: Platform): Service;
}
