import type { Environment } from '../settings';

const identity = (digit: number): string => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;

/** As `azd env get-values` writes it, with cluster.bicep's answers; both doors' members, as an operator may keep them. */
export const complete: Environment = {
  AZURE_TENANT_ID: identity(1),
  AZURE_RESOURCE_GROUP: 'rg-boxoffice-test',
  AZURE_SQL_SERVER: 'sql-boxoffice-test.database.windows.net',
  SERVICE_BUS_NAMESPACE: 'sb-boxoffice-test.servicebus.windows.net',
  COSMOS_ENDPOINT: 'https://cosmos-boxoffice-test.documents.azure.com/',
  KEY_VAULT_URL: 'https://kv-boxoffice-test.vault.azure.net/',
  BLOB_ENDPOINT: 'https://stboxofficetest.blob.core.windows.net/',
  COMMUNICATION_ENDPOINT: 'https://acs-boxoffice-test.communication.azure.com',
  SERVICE_EVENT_MANAGEMENT_IDENTITY_CLIENT_ID: identity(2),
  SERVICE_TICKET_INVENTORY_IDENTITY_CLIENT_ID: identity(3),
  SERVICE_PAYMENT_PROCESSING_IDENTITY_CLIENT_ID: identity(4),
  SERVICE_NOTIFICATION_IDENTITY_CLIENT_ID: identity(5),
  OIDC_ISSUER: 'https://issuer.example/v2.0',
  OIDC_AUDIENCE: 'boxoffice',
  CHECKOUT_RETURN_URL: 'https://tickets.example/returned?order={orderId}',
  MAIL_SENDER: 'DoNotReply@tickets.example',
  SELLER_NAME: 'Saal an der Wien',
  SECRET_SETTINGS: 'STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, FRAUD_HASH_KEY',
  CONTAINER_REGISTRY: 'crboxofficetest.azurecr.io',
  IMAGE_TAG: '1.4.0',
  SCALER_CLIENT_ID: identity(6),
  API_MANAGEMENT_SUBNET: '10.0.4.0/24',
  ISTIO_REVISION: 'asm-1-27',
  API_HOST: 'api.tickets.example',
  PROMETHEUS_ENDPOINT: 'https://amw-boxoffice-test.westeurope.prometheus.monitor.azure.com',
};
