import { compose as eventManagement } from '@boxoffice/event-management/main';
import { compose as notification } from '@boxoffice/notification/main';
import {
  compose as paymentProcessing,
  Gateways,
  usualFraudMeasures,
} from '@boxoffice/payment-processing/main';
import type { ServiceName } from '@boxoffice/shared/contracts';
import type { Platform, Service } from '@boxoffice/shared/platform';
import { compose as ticketInventory } from '@boxoffice/ticket-inventory/main';
import type { DependencyContainer } from 'tsyringe';

/** What the services are given of the world besides a platform. */
export interface Outside {
  readonly gateways: Gateways;
}

export type Compose = (platform: Platform, override: (container: DependencyContainer) => void) => Service;

export const composers = (outside: Outside): Readonly<Record<ServiceName, Compose>> => ({
  'event-management': (platform, override) =>
    eventManagement(platform, { calendarDomain: 'boxoffice.example' }, override),
  'ticket-inventory': (platform, override) =>
    ticketInventory(platform, { liveHoldsPerBuyer: 5, mostListeners: 100, passes: {} }, override),
  'payment-processing': (platform, override) =>
    paymentProcessing(
      platform,
      {
        returnUrl: 'https://boxoffice.example/orders/{orderId}',
        seller: 'Boxoffice',
        sandbox: undefined,
        bankTransfer: undefined,
        fraud: usualFraudMeasures,
      },
      (container) => {
        container.registerInstance(Gateways, outside.gateways);
        override(container);
      },
    ),
  notification: (platform, override) =>
    notification(platform, { retentionDays: 90, seller: 'Boxoffice', locale: 'en-GB' }, override),
});
