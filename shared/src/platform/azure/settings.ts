import { readSettings, type SettingKinds } from '../../kernel';
import type { BlobSettings } from './files';
import type { CommunicationSettings } from './mail';
import { paces } from './ncrontab';
import type { KeyVaultSettings } from './secrets';
import type { ServiceBusSettings } from './service-bus';

export type AzureResource = 'bus' | 'sql' | 'documents' | 'files' | 'secrets' | 'mail';

/** What a service reaches; a resource that it does not need is undefined. */
export interface AzureSettings {
  /** Of the user-assigned identity; undefined: whoever is signed in on this machine. */
  readonly clientId: string | undefined;
  readonly bus: ServiceBusSettings | undefined;
  readonly sql: AzureSqlSettings | undefined;
  readonly documents: AzureCosmosSettings | undefined;
  readonly files: BlobSettings | undefined;
  readonly secrets: KeyVaultSettings | undefined;
  readonly mail: CommunicationSettings | undefined;
  /** Of Application Insights; undefined: telemetry goes to the console. */
  readonly insights: string | undefined;
  /** The share of traces whose spans go there, 0 to 1. */
  readonly sample: number;
  /** No timer runs more often than this, whatever the code says; 0: as the code says. */
  readonly timersAtLeastSeconds: number;
}

/** By a connection string, or by the server's address and the app's identity; the database is the service's name when not given. */
export type AzureSqlSettings =
  | { readonly connectionString: string }
  | { readonly server: string; readonly database?: string; readonly clientId?: string };

export interface AzureCosmosSettings {
  readonly endpoint: string;
  /** Emulators only. */
  readonly key?: string;
  readonly clientId?: string;
}

/**
 * | resource | with an identity | without |
 * |---|---|---|
 * | bus | SERVICE_BUS_NAMESPACE | SERVICE_BUS_CONNECTION_STRING |
 * | sql | AZURE_SQL_SERVER, AZURE_SQL_DATABASE | AZURE_SQL_CONNECTION_STRING |
 * | documents | COSMOS_ENDPOINT | COSMOS_ENDPOINT, COSMOS_KEY |
 * | files | BLOB_ENDPOINT | BLOB_CONNECTION_STRING |
 * | secrets | KEY_VAULT_URL | |
 * | mail | COMMUNICATION_ENDPOINT, MAIL_SENDER | COMMUNICATION_CONNECTION_STRING, MAIL_SENDER |
 *
 * Besides, AZURE_CLIENT_ID, APPLICATIONINSIGHTS_CONNECTION_STRING, TRACES_PERCENT and TIMERS_AT_LEAST_SECONDS. Throws
 * SettingsIncomplete.
 */
export function readAzureSettings(
  environment: Readonly<Record<string, string | undefined>>,
  needs: readonly AzureResource[],
): Readonly<AzureSettings> {
  return readSettings(environment, (s) => {
    const optional = optionalOf(s);
    const identity = optional('clientId', 'AZURE_CLIENT_ID');
    const needed = <T>(resource: AzureResource, read: () => T): T | undefined =>
      needs.includes(resource) ? read() : undefined;
    /** The connection string, or else what the identity is used with. */
    const either = <T extends object>(
      name: string,
      withIdentity: () => T,
    ): { connectionString: string } | (T & typeof identity) => {
      const connectionString = s.textOr(name, '');
      return connectionString === '' ? { ...withIdentity(), ...identity } : { connectionString };
    };
    return {
      clientId: identity.clientId,
      bus: needed('bus', () =>
        either('SERVICE_BUS_CONNECTION_STRING', () => ({ namespace: s.text('SERVICE_BUS_NAMESPACE') })),
      ),
      sql: needed('sql', () =>
        either('AZURE_SQL_CONNECTION_STRING', () => ({
          server: s.text('AZURE_SQL_SERVER'),
          ...optional('database', 'AZURE_SQL_DATABASE'),
        })),
      ),
      documents: needed('documents', () => ({
        endpoint: s.text('COSMOS_ENDPOINT'),
        ...optional('key', 'COSMOS_KEY'),
        ...identity,
      })),
      files: needed('files', () =>
        either('BLOB_CONNECTION_STRING', () => ({ endpoint: s.text('BLOB_ENDPOINT') })),
      ),
      secrets: needed('secrets', () => ({ url: s.text('KEY_VAULT_URL'), ...identity })),
      mail: needed('mail', () => ({
        ...either('COMMUNICATION_CONNECTION_STRING', () => ({ endpoint: s.text('COMMUNICATION_ENDPOINT') })),
        sender: s.text('MAIL_SENDER'),
      })),
      insights: s.textOr('APPLICATIONINSIGHTS_CONNECTION_STRING', '') || undefined,
      sample: s.readOr('TRACES_PERCENT', 1, shareFrom),
      timersAtLeastSeconds: s.readOr('TIMERS_AT_LEAST_SECONDS', 0, paceFrom),
    };
  });
}

/** A member that is there only where the variable is set to something. */
const optionalOf =
  (s: SettingKinds) =>
  <Member extends string>(member: Member, name: string): Partial<Record<Member, string>> => {
    const value = s.textOr(name, '');
    return value === '' ? {} : ({ [member]: value } as Partial<Record<Member, string>>);
  };

function shareFrom(percent: string): number {
  const share = Number(percent) / 100;
  if (!(share >= 0 && share <= 1)) throw new Error(`${percent} is no number from 0 to 100`);
  return share;
}

/** Another pace would be rounded up on Azure Functions, and kept elsewhere: one that all can keep, or none. */
function paceFrom(text: string): number {
  const pace = paces.find((each) => String(each) === text);
  if (pace === undefined) throw new Error(`${text} is none of ${paces.join(', ')}`);
  return pace;
}
