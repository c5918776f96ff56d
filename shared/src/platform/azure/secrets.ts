import type { TokenCredential } from '@azure/identity';
import type { SecretClient, SecretProperties } from '@azure/keyvault-secrets' with {
  'resolution-mode': 'import',
};
import { toMilliseconds, type Clock } from '../../kernel';
import type { Secrets } from '../ports';
import { credential } from './credential';
import { lazily, statusOf } from './lazily';

export interface KeyVaultSettings {
  /** `https://<vault>.vault.azure.net`; over plain HTTP, and not asked to prove its name, on this machine alone. */
  readonly url: string;
  readonly clientId?: string;
  /** Instead of the identity, for a vault on this machine. */
  readonly localCredential?: TokenCredential;
}

/** On versions that this code made, in case somebody made one at the same time. */
const mark = 'madeByBoxoffice';

/**
 * Key Vault has no "create unless it exists": of two processes that make a secret at once, each makes a version. So the
 * version in force is the newest that an operator put there, or else the oldest of those that were made here; that stays
 * the same for ever once the second in which it was made is over, which is how finely the vault tells time.
 */
export function keyVaultSecrets(settings: KeyVaultSettings, clock: Clock): Secrets {
  const opened = lazily(() => open(settings));
  return {
    get: async (name) => settled(await opened(), name, clock),
    async getOrCreate(name, make) {
      const client = await opened();
      const known = await settled(client, name, clock);
      if (known !== undefined) return known;
      await client.setSecret(name, make(), { tags: { [mark]: 'true' } });
      const kept = await settled(client, name, clock);
      if (kept === undefined) throw new Error(`secret ${name} was made, and is not there`);
      return kept;
    },
  };
}

/** A second, and as much again for clocks that do not quite agree. */
const settlingMs = 2000;

async function settled(client: SecretClient, name: string, clock: Clock): Promise<string | undefined> {
  let version = await inForce(client, name);
  const age = toMilliseconds(clock.now()) - (version?.createdOn?.getTime() ?? 0);
  if (version?.tags?.[mark] !== undefined && age < settlingMs) {
    await clock.sleep(Math.min(settlingMs - age, 2 * settlingMs));
    version = await inForce(client, name);
  }
  if (version?.version === undefined) return undefined;
  return (await client.getSecret(name, { version: version.version })).value;
}

async function open({ url, clientId, localCredential }: KeyVaultSettings): Promise<SecretClient> {
  const { SecretClient: Client } = await import('@azure/keyvault-secrets');
  return new Client(
    url,
    localCredential ?? (await credential(clientId)),
    onThisMachine(url) ? { disableChallengeResourceVerification: true, allowInsecureConnection: true } : {},
  );
}

const onThisMachine = (url: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1)[:/]/i.test(url);

async function inForce(client: SecretClient, name: string): Promise<SecretProperties | undefined> {
  const versions: SecretProperties[] = [];
  try {
    for await (const version of client.listPropertiesOfSecretVersions(name))
      if (version.enabled !== false) versions.push(version);
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
  versions.sort((a, b) => made(a) - made(b) || ((a.version ?? '') < (b.version ?? '') ? -1 : 1));
  return versions.findLast(({ tags }) => tags?.[mark] === undefined) ?? versions[0];
}

const made = ({ createdOn }: SecretProperties): number => createdOn?.getTime() ?? 0;
