import { compose as composeEventManagement } from '@boxoffice/event-management/main';
import { readEventManagementSettings } from '@boxoffice/event-management/settings';
import { compose as composeNotification } from '@boxoffice/notification/main';
import { readNotificationSettings } from '@boxoffice/notification/settings';
import { compose as composePaymentProcessing } from '@boxoffice/payment-processing/main';
import { readPaymentSettings } from '@boxoffice/payment-processing/settings';
import type { ServiceName } from '@boxoffice/shared/contracts';
import { readIdentitySettings } from '@boxoffice/shared/http/oidc';
import { SettingsIncomplete } from '@boxoffice/shared/kernel';
import type { Platform, Service } from '@boxoffice/shared/platform';
import { azurePlatform, readAzureSettings, type AzureResource } from '@boxoffice/shared/platform/azure';
import { machineClock } from '@boxoffice/shared/platform/embedded';
import { consoleTelemetry } from '@boxoffice/shared/telemetry';
import { compose as composeTicketInventory } from '@boxoffice/ticket-inventory/main';
import { readInventorySettings } from '@boxoffice/ticket-inventory/settings';
import { allOf } from './all-of';

export type Environment = Readonly<Record<string, string | undefined>>;

interface Workload {
  /** As its functions.ts says. */
  readonly needs: readonly AzureResource[];
  /** Reads the service's settings; what it answers composes the service. */
  readonly read: (environment: Environment) => (platform: Platform) => Service;
}

const workload = <Settings>(
  needs: readonly AzureResource[],
  read: (environment: Environment) => Settings,
  compose: (platform: Platform, settings: Settings) => Service,
): Workload => ({
  needs,
  read: (environment) => {
    try {
      const settings = read(environment);
      return (platform) => compose(platform, settings);
    } catch (error) {
      // Some readers say what is wrong with a key in an error of their own.
      throw error instanceof SettingsIncomplete ? error : new SettingsIncomplete(String(error));
    }
  },
});

const workloads: Readonly<Record<ServiceName, Workload>> = {
  'event-management': workload(['sql', 'bus'], readEventManagementSettings, composeEventManagement),
  'ticket-inventory': workload(
    ['documents', 'bus', 'secrets'],
    readInventorySettings,
    composeTicketInventory,
  ),
  'payment-processing': workload(['sql', 'bus', 'secrets'], readPaymentSettings, composePaymentProcessing),
  notification: workload(['documents', 'bus', 'mail'], readNotificationSettings, composeNotification),
};

/** A service as its Function App composes it from this environment; nothing of Azure is reached. Throws SettingsIncomplete. */
export function composeFrom(name: ServiceName, environment: Environment): Service {
  const { needs, read } = workloads[name];
  const [azure, compose] = allOf([
    () => readAzureSettings(environment, needs),
    () => read(environment),
    () => readIdentitySettings(environment),
  ]);
  return compose(azurePlatform(azure, consoleTelemetry({ clock: machineClock })));
}
