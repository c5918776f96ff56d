import type { TokenCredential } from '@azure/identity';
import type { SecretClient, SecretProperties } from '@azure/keyvault-secrets';
import type { Clock } from '../../kernel';
import type { Secrets } from '../ports';
import { credential } from './credential';
import { lazily, statusOf } from './lazily';

export interface KeyVaultSettings {
  /** `https://<vault>.vault.azure.net` */
  readonly url: string;
  readonly clientId?: string;
  /** Instead of the identity, for a vault on this machine, which is not asked to prove its name either. */
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
    get: async (name) => inForce(await opened(), name),
    async getOrCreate(name, make) {
      const client = await opened();
      const known = await inForce(client, name);
      if (known !== undefined) return known;
      await client.setSecret(name, make(), { tags: { [mark]: 'true' } });
      await clock.sleep(1100);
      const kept = await inForce(client, name);
      if (kept === undefined) throw new Error(`secret ${name} was made, and is not there`);
      return kept;
    },
  };
}

async function open({ url, clientId, localCredential }: KeyVaultSettings): Promise<SecretClient> {
  const { SecretClient: Client } = await import('@azure/keyvault-secrets');
  return localCredential === undefined
    ? new Client(url, await credential(clientId))
    : new Client(url, localCredential, { disableChallengeResourceVerification: true });
}

async function inForce(client: SecretClient, name: string): Promise<string | undefined> {
  const versions: SecretProperties[] = [];
  try {
    for await (const version of client.listPropertiesOfSecretVersions(name)) if (version.enabled !== false) versions.push(version);
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
  versions.sort((a, b) => made(a) - made(b) || ((a.version ?? '') < (b.version ?? '') ? -1 : 1));
  const chosen = versions.findLast(({ tags }) => tags?.[mark] === undefined) ?? versions[0];
  if (chosen?.version === undefined) return undefined;
  return (await client.getSecret(name, { version: chosen.version })).value;
}

const made = ({ createdOn }: SecretProperties): number => createdOn?.getTime() ?? 0;
