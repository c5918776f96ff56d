import type { ServiceName } from '@boxoffice/shared/contracts';
import { SettingsIncomplete } from '@boxoffice/shared/kernel';
import type { Service } from '@boxoffice/shared/platform';
import { hostSettings } from './host-settings';
import { allOf } from '../composed/all-of';
import type { Environment } from '../composed/compose-from';
import { environmentOf, readPodSettings } from './settings';
import { composeFrom } from '../composed/compose-from';

/** One service and all that its pods are told. */
export interface App {
  readonly name: ServiceName;
  readonly service: Service;
  /** Of its identity. */
  readonly clientId: string;
  /** In the open: what its Function App has as app settings. */
  readonly settings: Readonly<Record<string, string>>;
  /** What its Function App has as references to Key Vault. */
  readonly secrets: readonly Secret[];
}

export interface Secret {
  /** Of the setting: `STRIPE_SECRET_KEY` */
  readonly setting: string;
  /** Where its value is: `stripe-secret-key` of `kv-payments-…`. */
  readonly name: string;
  readonly vault: string;
}

// For Application Insights that is an address: who may write, the identity says.
const open = new Set(['APPLICATIONINSIGHTS_CONNECTION_STRING']);

/** Told by its name, so that a key of tomorrow's gateway is a secret from its first day. */
export const isSecret = (name: string): boolean =>
  /(^|_)(SECRET|KEY|TOKEN|PASSWORD|CONNECTION_STRING)(_ID)?$/.test(name) && !open.has(name);

// Readers look at the form of keys, too; the pods get the value itself.
const unseen = '0'.repeat(64);

/** Throws SettingsIncomplete naming all that the service misses, and each secret whose value stands in the environment. */
export function appOf(name: ServiceName, environment: Environment): App {
  const own = environmentOf(name, environment);
  const asked = new Set<string>();
  const watched = new Proxy(own, {
    get(target, setting: string) {
      asked.add(setting);
      return secretIn(setting, target[setting]) ? unseen : target[setting];
    },
  });
  const [pod, service] = allOf([
    () => readPodSettings(name, environment),
    () => composeFrom(name, watched),
    () => refuseOpenSecrets([...asked], own),
    () => refuseManyVaults(name, [...asked], own),
  ]);
  const names = [...asked].sort();
  const settings = names.flatMap((setting) => {
    const value = own[setting];
    return value && !secretIn(setting, value) ? [[setting, value] as const] : [];
  });
  return {
    name,
    service,
    clientId: pod.clientId,
    settings: {
      ...Object.fromEntries(settings),
      AZURE_CLIENT_ID: pod.clientId,
      ...hostSettings(service, pod, own),
    },
    secrets: secretsIn(names, own),
  };
}

const secretsIn = (asked: readonly string[], environment: Environment): readonly Secret[] =>
  asked.flatMap((setting) => secretIn(setting, environment[setting]) ?? []);

/** `@Microsoft.KeyVault(VaultName=…;SecretName=…)`, as app settings refer to a secret. */
function secretIn(setting: string, value = ''): Secret | undefined {
  const [, vault, name] =
    /^@Microsoft\.KeyVault\(VaultName=([\w-]+);SecretName=([\w-]+)\)$/.exec(value) ?? [];
  return vault && name ? { setting, vault, name } : undefined;
}

function refuseOpenSecrets(asked: readonly string[], environment: Environment): void {
  const faults = asked
    .filter((name) => {
      const value = environment[name] ?? '';
      const secret = isSecret(name) || value.startsWith('@Microsoft.KeyVault(');
      return secret && value !== '' && secretIn(name, value) === undefined;
    })
    .map(
      (name) =>
        `${name} is a secret: keep it in Key Vault, and say @Microsoft.KeyVault(VaultName=…;SecretName=${name.toLowerCase().replaceAll('_', '-')}) here`,
    );
  if (faults.length > 0) throw new SettingsIncomplete(faults.join('\n'));
}

function refuseManyVaults(name: ServiceName, asked: readonly string[], environment: Environment): void {
  const vaults = new Set(secretsIn(asked, environment).map(({ vault }) => vault));
  if (vaults.size > 1)
    throw new SettingsIncomplete(
      `${name} has secrets in ${[...vaults].join(' and ')}: a pod fetches them from one vault`,
    );
}
