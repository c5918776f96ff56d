import { readSettings, type SettingKinds } from '../../kernel';
import type { BlobSettings } from './files';
import type { CommunicationSettings } from './mail';
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
}

export interface AzureSqlSettings {
  /** `<name>.database.windows.net` */
  readonly server?: string;
  /** Instead of the server: emulators, and wherever there is no identity. */
  readonly connectionString?: string;
  /** The service's own name when not given. */
  readonly database?: string;
  readonly clientId?: string;
}

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
 * Besides, AZURE_CLIENT_ID and APPLICATIONINSIGHTS_CONNECTION_STRING. Throws SettingsIncomplete.
 */
export function readAzureSettings(
  environment: Readonly<Record<string, string | undefined>>,
  needs: readonly AzureResource[],
): Readonly<AzureSettings> {
  return readSettings(environment, (s) => {
    const optional = optionalOf(s);
    const needed = <T>(resource: AzureResource, read: () => T): T | undefined => (needs.includes(resource) ? read() : undefined);
    const either = (member: string, name: string, connectionString: string): { connectionString?: string; clientId?: string } => {
      const given = optional('connectionString', connectionString);
      return given.connectionString === undefined ? { [member]: s.text(name), ...optional('clientId', 'AZURE_CLIENT_ID') } : given;
    };
    return {
      clientId: optional('clientId', 'AZURE_CLIENT_ID').clientId,
      bus: needed('bus', () => either('namespace', 'SERVICE_BUS_NAMESPACE', 'SERVICE_BUS_CONNECTION_STRING')),
      sql: needed('sql', () => ({
        ...either('server', 'AZURE_SQL_SERVER', 'AZURE_SQL_CONNECTION_STRING'),
        ...optional('database', 'AZURE_SQL_DATABASE'),
      })),
      documents: needed('documents', () => ({
        endpoint: s.text('COSMOS_ENDPOINT'),
        ...optional('key', 'COSMOS_KEY'),
        ...optional('clientId', 'AZURE_CLIENT_ID'),
      })),
      files: needed('files', () => either('endpoint', 'BLOB_ENDPOINT', 'BLOB_CONNECTION_STRING')),
      secrets: needed('secrets', () => ({ url: s.text('KEY_VAULT_URL'), ...optional('clientId', 'AZURE_CLIENT_ID') })),
      mail: needed('mail', () => ({
        ...either('endpoint', 'COMMUNICATION_ENDPOINT', 'COMMUNICATION_CONNECTION_STRING'),
        sender: s.text('MAIL_SENDER'),
      })),
      insights: s.textOr('APPLICATIONINSIGHTS_CONNECTION_STRING', '') || undefined,
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
