import type { ServiceName } from '../../contracts';
import { SettingsIncomplete } from '../../kernel';
import { oidcAuthenticator, readIdentitySettings } from '../../http/oidc';
import type { Platform } from '../platform';
import type { Service } from '../service';
import { bindToFunctions } from './functions';
import { azureTelemetry } from './insights';
import { machineClock } from '../machine';
import { azurePlatform, type Luggage } from './platform';
import { readAzureSettings, type AzureResource } from './settings';

type Environment = Readonly<Record<string, string | undefined>>;

export interface FunctionApp<Settings> {
  readonly name: ServiceName;
  /** What of Azure the service stands on: each needs its settings. */
  readonly needs: readonly AzureResource[];
  /** Where the service prints papers, and where its tables are. */
  readonly luggage?: Luggage;
  readonly settings: (environment: Environment) => Settings;
  readonly compose: (platform: Platform, settings: Settings) => Service;
}

/**
 * All of a service's `functions.ts`: reads every setting, builds the Azure platform, composes the service and registers its
 * triggers. Throws SettingsIncomplete naming all that is missing or wrong, for the platform, sign-in and the service alike.
 */
export function functionApp<Settings>(environment: Environment, app: FunctionApp<Settings>): void {
  const { azure, identity, own } = together({
    azure: () => readAzureSettings(environment, app.needs),
    identity: () => readIdentitySettings(environment),
    own: () => app.settings(environment),
  });
  const clock = machineClock;
  const telemetry = azureTelemetry({ ...azure, role: app.name }, clock);
  const platform = azurePlatform(azure, telemetry, app.luggage);
  const authenticate = oidcAuthenticator(identity, { clock, telemetry });
  bindToFunctions(app.compose(platform, own), {
    platform,
    authenticate,
    openIdConnectUrl: identity.discoveryUrl,
    timersAtLeastSeconds: azure.timersAtLeastSeconds,
    close: () => telemetry.close(),
  });
}

/** Reads each, and complains of all at once. */
function together<Parts extends object>(readers: {
  readonly [Name in keyof Parts]: () => Parts[Name];
}): Parts {
  const read: Partial<Parts> = {};
  const faults: string[] = [];
  for (const name of Object.keys(readers) as (keyof Parts)[]) {
    try {
      read[name] = readers[name]();
    } catch (error) {
      if (!(error instanceof SettingsIncomplete)) throw error;
      faults.push(error.message);
    }
  }
  if (faults.length > 0) throw new SettingsIncomplete(faults.join('\n'));
  return read as Parts;
}
