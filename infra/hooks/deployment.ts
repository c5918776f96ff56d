import { services, type ServiceName } from '@boxoffice/shared/contracts';
import { readSettings, SettingsIncomplete, type SettingKinds } from '@boxoffice/shared/kernel';
import { stopped } from './stopped';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where everything is in Azure. */
export interface Place {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
}

export interface Identity {
  /** The user-assigned identity's, and its user's in the database. */
  readonly name: string;
  readonly clientId: string;
}

/** What `main.bicep` gives out, as azd hands it to hooks: names in capitals, of a service `SERVICE_X_…`. */
export const readDatabases = <Owner extends ServiceName>(
  environment: Environment,
  owners: readonly Owner[],
) =>
  read(environment, (setting) => ({
    ...placeIn(setting),
    /** Host name. */
    server: setting.text('AZURE_SQL_SERVER'),
    identities: perService(owners, (own): Identity => ({
      name: setting.text(own('IDENTITY_NAME')),
      clientId: setting.text(own('IDENTITY_CLIENT_ID')),
    })),
  }));

export const readApps = (environment: Environment) =>
  read(environment, (setting) => ({
    ...placeIn(setting),
    /** `https://…/api/v1` */
    apiUrl: setting.text('API_URL').replace(/\/$/, ''),
    minutes: setting.wholeOr('SMOKE_TEST_MINUTES', 15),
    apps: perService(services, (own) => setting.text(own('NAME'))),
  }));

const placeIn = (setting: SettingKinds): Place => ({
  subscriptionId: setting.text('AZURE_SUBSCRIPTION_ID'),
  resourceGroup: setting.text('AZURE_RESOURCE_GROUP'),
});

const perService = <Name extends ServiceName, T>(
  names: readonly Name[],
  readOne: (own: (output: string) => string) => T,
): Readonly<Record<Name, T>> =>
  Object.fromEntries(
    names.map((service) => {
      const prefix = `SERVICE_${service.replaceAll('-', '_').toUpperCase()}_`;
      return [service, readOne((output) => `${prefix}${output}`)];
    }),
  ) as Record<Name, T>;

function read<T extends object>(
  environment: Environment,
  reading: (setting: SettingKinds) => T,
): Readonly<T> {
  try {
    return readSettings(environment, reading);
  } catch (error) {
    if (!(error instanceof SettingsIncomplete)) throw error;
    const what = error.message.replace(/^Settings: /, '').replace(/\. See the .*$/, '');
    const next =
      'Run `azd provision`, which fills azd’s environment; `azd env get-values` shows what is in it.';
    throw stopped(what, next, error);
  }
}

export const groupPath = ({ subscriptionId, resourceGroup }: Place): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
