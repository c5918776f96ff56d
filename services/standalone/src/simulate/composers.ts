import { compose as eventManagement } from '@boxoffice/event-management/main';
import { compose as notification } from '@boxoffice/notification/main';
import {
  allOf,
  compose as paymentProcessing,
  Gateways,
  usualFraudMeasures,
  type Gateway,
  type PaymentSettings,
} from '@boxoffice/payment-processing/main';
import type { ServiceName } from '@boxoffice/shared/contracts';
import type { Platform, Service } from '@boxoffice/shared/platform';
import { compose as ticketInventory } from '@boxoffice/ticket-inventory/main';
import type { DependencyContainer } from 'tsyringe';

/** What the services are given of the world besides a platform. */
export interface Outside {
  readonly gateways: readonly Gateway[];
  /** Which of them is asked first. */
  readonly preferences: NonNullable<PaymentSettings['preferences']>;
}

/** The account into which buyers transfer money. */
const bankTransfer = {
  account: { holder: 'Boxoffice', iban: 'AT611904300234573201', bic: undefined },
  currencies: ['EUR', 'JPY', 'KWD'],
  days: 1,
} as const;

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
        bankTransfer,
        preferences: outside.preferences,
        fraud: usualFraudMeasures,
      },
      (container) => {
        const own = allOf(container.resolve<Gateways>(Gateways));
        container.registerInstance(Gateways, gatewaysOf([...outside.gateways, ...own]));
        override(container);
      },
    ),
  notification: (platform, override) =>
    notification(platform, { retentionDays: 90, seller: 'Boxoffice', locale: 'en-GB' }, override),
});

const gatewaysOf = (gateways: readonly Gateway[]): Gateways => ({
  names: gateways.map(({ name }) => name),
  named: (name) => gateways.find((one) => one.name === name),
});
