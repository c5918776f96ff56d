import { compose as composeEvents } from '@boxoffice/event-management/main';
import { readEventManagementSettings } from '@boxoffice/event-management/settings';
import { compose as composeNotification } from '@boxoffice/notification/main';
import { readNotificationSettings } from '@boxoffice/notification/settings';
import { compose as composePayments } from '@boxoffice/payment-processing/main';
import { readPaymentSettings } from '@boxoffice/payment-processing/settings';
import type { Service } from '@boxoffice/shared/platform';
import { azurePlatform, azureSql, readAzureSettings } from '@boxoffice/shared/platform/azure';
import { machineClock } from '@boxoffice/shared/platform/embedded';
import { consoleTelemetry } from '@boxoffice/shared/telemetry';
import { compose as composeInventory } from '@boxoffice/ticket-inventory/main';
import { readInventorySettings } from '@boxoffice/ticket-inventory/settings';

/** No such resource is asked for anything: the triggers and stores of a service are known once it is composed. */
const nowhere = {
  SERVICE_BUS_NAMESPACE: 'nowhere.example',
  AZURE_SQL_SERVER: 'nowhere.example',
  COSMOS_ENDPOINT: 'https://nowhere.example',
  KEY_VAULT_URL: 'https://nowhere.example',
  COMMUNICATION_ENDPOINT: 'https://nowhere.example',
  MAIL_SENDER: 'nobody@nowhere.example',
  CHECKOUT_RETURN_URL: 'https://nowhere.example',
};

/** The services as their Function Apps compose them. */
export function composedServices(): readonly Service[] {
  const settings = readAzureSettings(nowhere, ['bus', 'sql', 'documents', 'secrets', 'mail']);
  const telemetry = consoleTelemetry({ clock: machineClock });
  const platform = azurePlatform(settings, telemetry, { sql: azureSql });
  return [
    composeEvents(platform, readEventManagementSettings(nowhere)),
    composeInventory(platform, readInventorySettings(nowhere)),
    composePayments(platform, readPaymentSettings(nowhere)),
    composeNotification(platform, readNotificationSettings(nowhere)),
  ];
}
