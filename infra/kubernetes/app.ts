import type { ServiceName } from '@boxoffice/shared/contracts';
import { SettingsIncomplete } from '@boxoffice/shared/kernel';
import type { Service } from '@boxoffice/shared/platform';
import { hostSettings } from './host-settings';
import { allOf, readPodSettings, type Environment } from './settings';
import { composeFrom } from './workloads';

/** One service and all that its pods are told. */
export interface App {
  readonly name: ServiceName;
  readonly service: Service;
  /** Of its identity. */
  readonly clientId: string;
  /** In the open: what a Function App has as app settings. */
  readonly settings: Readonly<Record<string, string>>;
  /** The names of those whose values are in Key Vault. */
  readonly secrets: readonly string[];
}

// For Application Insights that is an address: who may write, the identity says.
const open = new Set(['APPLICATIONINSIGHTS_CONNECTION_STRING']);

/** Told by its name, so that a key of tomorrow's gateway is a secret from its first day. */
export const isSecret = (name: string): boolean =>
  /(^|_)(SECRET|KEY|TOKEN|PASSWORD|CONNECTION_STRING)(_ID)?$/.test(name) && !open.has(name);

/** `STRIPE_SECRET_KEY` is kept as `stripe-secret-key`. */
export const vaultName = (name: string): string => name.toLowerCase().replaceAll('_', '-');

// Readers look at the form of keys, too; the pods get the value itself.
const unseen = '0'.repeat(64);

/** Throws SettingsIncomplete naming all that the service misses, and each secret whose value stands in the environment. */
export function appOf(name: ServiceName, environment: Environment): App {
  const inVault = listed(environment['SECRET_SETTINGS']);
  const asked = new Set<string>();
  const given: Environment = {
    ...environment,
    ...Object.fromEntries(inVault.map((secret) => [secret, unseen])),
  };
  const watched = new Proxy(given, {
    get(target, setting: string) {
      asked.add(setting);
      return target[setting];
    },
  });
  const [pod, service] = allOf([
    () => readPodSettings(environment, name),
    () => composeFrom(name, watched),
    () => refuseOpenSecrets([...asked], environment),
  ]);
  const names = [...asked].sort();
  const own = names.flatMap((setting) => {
    const value = given[setting];
    return value && !isSecret(setting) ? [[setting, value] as const] : [];
  });
  return {
    name,
    service,
    clientId: pod.clientId,
    settings: {
      ...Object.fromEntries(own),
      AZURE_CLIENT_ID: pod.clientId,
      ...hostSettings(service, { ...given, ...pod }),
    },
    secrets: names.filter((setting) => isSecret(setting) && inVault.includes(setting)),
  };
}

function refuseOpenSecrets(asked: readonly string[], environment: Environment): void {
  const faults = asked
    .filter((name) => isSecret(name) && environment[name])
    .map(
      (name) =>
        `${name} is a secret: keep it in Key Vault as ${vaultName(name)}, and its name in SECRET_SETTINGS`,
    );
  if (faults.length > 0) throw new SettingsIncomplete(faults.join('\n'));
}

const listed = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
