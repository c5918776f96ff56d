import { compose as composeEventManagement } from '@boxoffice/event-management/main';
import { readEventManagementSettings } from '@boxoffice/event-management/settings';
import { compose as composeNotification } from '@boxoffice/notification/main';
import { readNotificationSettings } from '@boxoffice/notification/settings';
import { compose as composePaymentProcessing } from '@boxoffice/payment-processing/main';
import { readPaymentSettings } from '@boxoffice/payment-processing/settings';
import type { Platform, Service } from '@boxoffice/shared/platform';
import { compose as composeTicketInventory } from '@boxoffice/ticket-inventory/main';
import { readInventorySettings } from '@boxoffice/ticket-inventory/settings';

type Environment = Readonly<Record<string, string | undefined>>;

/** All services of Boxoffice over one platform. */
export const composeAll = (platform: Platform, environment: Environment): readonly Service[] => [
  composeEventManagement(platform, readEventManagementSettings(environment)),
  composeTicketInventory(platform, readInventorySettings(environment)),
  composePaymentProcessing(platform, readPaymentSettings(environment)),
  composeNotification(platform, readNotificationSettings(environment)),
];

/** Stores brought to shape, first things done, everything but HTTP running; answers how to stop that. */
export async function startAll(
  platform: Platform,
  services: readonly Service[],
): Promise<() => Promise<void>> {
  for (const service of services) await platform.migrate(service);
  for (const service of services) await service.start?.();
  const running = await Promise.all(services.map((service) => platform.run(service)));
  return async () => {
    await Promise.all(running.map((each) => each.stop()));
  };
}
