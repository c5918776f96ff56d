import { subscriptions, type ServiceName } from '@boxoffice/shared/contracts';
import { fromMilliseconds } from '@boxoffice/shared/kernel';
import { createContainers } from '@boxoffice/shared/platform/azure/cosmos';
import type { Service } from '@boxoffice/shared/platform';
import { CosmosDouble } from '../../../../shared/test/doubles/cosmos';
import { EmailDouble } from '../../../../shared/test/doubles/email';
import { KeyVaultDouble } from '../../../../shared/test/doubles/key-vault';
import { loopback } from '../../../../shared/test/doubles/loopback';
import { ServiceBusDouble } from '../../../../shared/test/doubles/service-bus';
import { TdsDouble } from '../../../../shared/test/doubles/tds';
import { walletEnvironment, walletSecrets } from '../house/wallets';

export type Settings = Readonly<Record<string, string>>;

export interface Cloud {
  readonly cosmos: CosmosDouble;
  readonly email: EmailDouble;
  /** By which each app finds what it stands on. */
  readonly settings: Readonly<Record<ServiceName, Settings>>;
  /** What Bicep makes of a service's specifications. */
  createContainers(service: Service): Promise<void>;
  close(): Promise<void>;
}

/** Azure on this machine: doubles on loopback of all that the four apps reach. */
export async function openCloud(): Promise<Cloud> {
  const [bus, cosmos, events, payments, email, vault, identity] = await Promise.all([
    ServiceBusDouble.start({ subscriptions }),
    CosmosDouble.start(),
    TdsDouble.start(),
    TdsDouble.start(),
    EmailDouble.start(),
    KeyVaultDouble.start({ now: () => fromMilliseconds(Date.now()) }),
    openIdentityEndpoint(),
  ]);
  for (const [name, text] of Object.entries(await walletSecrets())) vault.put(name, text);
  const messages = { SERVICE_BUS_CONNECTION_STRING: bus.connectionString };
  const documents = { COSMOS_ENDPOINT: cosmos.endpoint, COSMOS_KEY: cosmos.key };
  return {
    cosmos,
    email,
    settings: {
      'event-management': { ...messages, AZURE_SQL_CONNECTION_STRING: events.connectionString },
      'ticket-inventory': {
        ...messages,
        ...documents,
        ...identity.settings,
        ...walletEnvironment,
        KEY_VAULT_URL: vault.url,
      },
      'payment-processing': {
        ...messages,
        ...identity.settings,
        AZURE_SQL_CONNECTION_STRING: payments.connectionString,
        KEY_VAULT_URL: vault.url,
      },
      notification: {
        ...messages,
        ...documents,
        COMMUNICATION_CONNECTION_STRING: email.connectionString,
        MAIL_SENDER: 'tickets@boxoffice.example',
      },
    },
    createContainers: ({ name, containers }) =>
      createContainers({ endpoint: cosmos.endpoint, key: cosmos.key, database: name }, containers),
    async close() {
      await Promise.all([bus, cosmos, events, payments, email, vault, identity].map((each) => each.close()));
    },
  };
}

/**
 * Where an app on Azure asks for its identity's tokens (learn.microsoft.com, "Managed identities for App Service and Azure
 * Functions", REST endpoint reference). The one token that it gives out is what the vault's double takes.
 */
async function openIdentityEndpoint(): Promise<{ readonly settings: Settings; close(): Promise<void> }> {
  const clientId = '7d3c0c1e-5a0b-4a57-9a43-0c2f6f1f3b11';
  const secret = 'only processes of this app know it';
  const server = await loopback(({ path, query, headers }) => {
    const isKnown = headers['x-identity-header'] === secret && query.get('client_id') === clientId;
    if (path !== '/msi/token' || !isKnown) return { status: 401 };
    const expiresOn = String(Math.floor(Date.now() / 1000) + 86_400);
    const token = { access_token: 'double', expires_on: expiresOn, resource: query.get('resource') };
    return { status: 200, body: { ...token, token_type: 'Bearer', client_id: clientId } };
  });
  return {
    settings: {
      AZURE_CLIENT_ID: clientId,
      IDENTITY_ENDPOINT: `${server.origin}/msi/token`,
      IDENTITY_HEADER: secret,
    },
    close: () => server.close(),
  };
}
