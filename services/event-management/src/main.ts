import 'reflect-metadata';
import { Chance, Clock, Ids } from '@boxoffice/shared/kernel';
import { Relay } from '@boxoffice/shared/messaging';
import type { Platform, Service } from '@boxoffice/shared/platform';
import { Telemetry } from '@boxoffice/shared/telemetry';
import { container, type DependencyContainer } from 'tsyringe';
import { forgetAnswers } from './api/forget-answers.timer';
import { problems } from './api/problems';
import { relayOutbox } from './api/relay-outbox.timer';
import { routes } from './api/routes';
import { Listings, Programme, Upkeep, VenueListings } from './core/ports';
import { migrations } from './infrastructure/migrations';
import { SqlListings } from './infrastructure/sql-listings';
import { EventDatabase, SqlProgramme } from './infrastructure/sql-programme';
import { SqlUpkeep } from './infrastructure/sql-upkeep';
import { SqlVenueListings } from './infrastructure/sql-venue-listings';
import type { EventTables } from './infrastructure/tables';
import type { EventManagementSettings } from './settings';

/** Run by whoever deploys: the app's own identity may not change a schema. */
export { migrations };

/** Events and what is sold for them, venues and categories. `override` registers other implementations: for tests and simulations. */
export function compose(
  platform: Platform,
  settings: EventManagementSettings,
  override: (own: DependencyContainer) => void = () => undefined,
): Service {
  const database = platform.database<EventTables>('event-management');
  const relay = new Relay(database, platform.bus, platform.telemetry);
  const own = container.createChildContainer();
  own.registerInstance(EventDatabase, database);
  own.registerInstance(Relay, relay);
  own.registerInstance(Clock, platform.clock);
  own.registerInstance(Ids, platform.ids);
  own.registerInstance(Chance, platform.chance);
  own.registerInstance(Telemetry, platform.telemetry);
  own.registerSingleton(Programme, SqlProgramme);
  own.registerSingleton(Listings, SqlListings);
  own.registerSingleton(VenueListings, SqlVenueListings);
  own.registerSingleton(Upkeep, SqlUpkeep);
  override(own);
  return {
    name: 'event-management',
    routes: routes(own, settings.calendarDomain),
    consumers: [],
    timers: [relayOutbox(own.resolve(Relay)), forgetAnswers(own.resolve<Upkeep>(Upkeep))],
    feeds: [],
    migrations,
    containers: [],
    problems,
    checks: { database: () => own.resolve<Upkeep>(Upkeep).reachable() },
  };
}
