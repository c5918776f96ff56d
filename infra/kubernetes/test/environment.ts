import type { Environment } from '../../composed/compose-from';

const identity = (digit: number): string => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;

const inVault = (name: string): string =>
  `@Microsoft.KeyVault(VaultName=kv-payments-test;SecretName=${name})`;

/** The deployment's outputs, the Function Apps' own settings and cluster.bicep's outputs, for either door. */
export const complete: Environment = {
  AZURE_TENANT_ID: identity(1),
  AZURE_RESOURCE_GROUP: 'rg-boxoffice-test',
  AZURE_SQL_SERVER: 'sql-boxoffice-test.database.windows.net',
  SERVICE_BUS_NAMESPACE: 'sb-boxoffice-test.servicebus.windows.net',
  COSMOS_ENDPOINT: 'https://cosmos-boxoffice-test.documents.azure.com/',
  COMMUNICATION_ENDPOINT: 'https://acs-boxoffice-test.communication.azure.com',
  MAIL_SENDER: 'DoNotReply@tickets.example',
  OIDC_ISSUER: 'https://issuer.example/v2.0',
  OIDC_AUDIENCE: 'boxoffice',
  SERVICE_EVENT_MANAGEMENT_IDENTITY_CLIENT_ID: identity(2),
  SERVICE_EVENT_MANAGEMENT_AzureWebJobsStorage__blobServiceUri: 'https://steventstest.blob.core.windows.net/',
  SERVICE_TICKET_INVENTORY_IDENTITY_CLIENT_ID: identity(3),
  SERVICE_TICKET_INVENTORY_AzureWebJobsStorage__blobServiceUri:
    'https://stinventorytest.blob.core.windows.net/',
  SERVICE_TICKET_INVENTORY_KEY_VAULT_URL: 'https://kv-inventory-test.vault.azure.net/',
  SERVICE_PAYMENT_PROCESSING_IDENTITY_CLIENT_ID: identity(4),
  SERVICE_PAYMENT_PROCESSING_AzureWebJobsStorage__blobServiceUri:
    'https://stpaymentstest.blob.core.windows.net/',
  SERVICE_PAYMENT_PROCESSING_KEY_VAULT_URL: 'https://kv-payments-test.vault.azure.net/',
  SERVICE_PAYMENT_PROCESSING_CHECKOUT_RETURN_URL: 'https://tickets.example/orders/{orderId}',
  SERVICE_PAYMENT_PROCESSING_TIMERS_AT_LEAST_SECONDS: '60',
  SERVICE_PAYMENT_PROCESSING_FRAUD_LIMITS: '{"account.attempts.day":null}',
  SERVICE_PAYMENT_PROCESSING_FRAUD_HASH_KEY: inVault('fraud-hash-key'),
  SERVICE_PAYMENT_PROCESSING_STRIPE_SECRET_KEY: inVault('stripe-secret-key'),
  SERVICE_PAYMENT_PROCESSING_STRIPE_WEBHOOK_SECRET: inVault('stripe-webhook-secret'),
  SERVICE_NOTIFICATION_IDENTITY_CLIENT_ID: identity(5),
  SERVICE_NOTIFICATION_AzureWebJobsStorage__blobServiceUri:
    'https://stnotificationtest.blob.core.windows.net/',
  SERVICE_NOTIFICATION_SELLER_NAME: 'Saal an der Wien',
  CONTAINER_REGISTRY: 'crboxofficetest.azurecr.io',
  IMAGE_TAG: '1.4.0',
  SCALER_CLIENT_ID: identity(6),
  API_MANAGEMENT_SUBNET: '10.40.2.64/27',
  ISTIO_REVISION: 'asm-1-27',
  API_HOST: 'api.tickets.example',
  PROMETHEUS_ENDPOINT: 'https://amw-boxoffice-test.westeurope.prometheus.monitor.azure.com',
};
