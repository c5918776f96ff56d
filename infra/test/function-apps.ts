import { jest } from '@jest/globals';
import { services, type ServiceName } from '@boxoffice/shared/contracts';
import * as azure from '@boxoffice/shared/platform/azure';
import type { FunctionApp } from '@boxoffice/shared/platform/azure';

export type Apps = Readonly<Record<ServiceName, FunctionApp<unknown>>>;

/** What each Function App says of itself when the host loads it, and not what becomes of that. */
export async function declaredApps(): Promise<Apps> {
  const apps: Partial<Record<ServiceName, FunctionApp<unknown>>> = {};
  const functionApp = (_: unknown, app: FunctionApp<unknown>) => void (apps[app.name] = app);
  jest.doMock('@boxoffice/shared/platform/azure', () => ({ ...azure, functionApp }));
  // Every one of them, whatever it is called: so not by name.
  for (const service of services) await import(`../../services/${service}/src/functions`);
  jest.dontMock('@boxoffice/shared/platform/azure');
  return apps as Apps;
}

/**
 * The name of every variable that an app asks the environment for before it starts. Some it asks for only where others are set: so
 * it is started once with none, and again with those of each family (`STRIPE_…`); it never has enough to start in earnest.
 */
export function settingsRead(app: FunctionApp<unknown>): ReadonlySet<string> {
  const read = new Set<string>();
  const families = new Set<string>();
  const askedWith = (family: string): void => {
    const environment = new Proxy<Record<string, string | undefined>>(
      {},
      {
        get(_, name) {
          if (typeof name !== 'string') return undefined;
          read.add(name);
          return familyOf(name) === family ? something(name) : undefined;
        },
        // Of a copy nobody could tell what it is asked.
        ownKeys: () => {
          throw new Error(`${app.name} copies its environment`);
        },
      },
    );
    try {
      azure.functionApp(environment, app);
      throw new Error(`${app.name} started, with nothing but ${family}`);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'SettingsIncomplete') throw error;
    }
  };
  for (let before = -1; before !== read.size;) {
    before = read.size;
    for (const family of ['none', ...[...read].map(familyOf)]) {
      if (families.has(family)) continue;
      families.add(family);
      askedWith(family);
    }
  }
  return read;
}

const familyOf = (name: string): string => name.split('_')[0] ?? name;

function something(name: string): string {
  if (name.endsWith('_TIME_ZONE')) return 'UTC';
  return name.endsWith('_CURRENCY') ? 'EUR' : '0'.repeat(32); // which passes for a key, a name and a number
}
