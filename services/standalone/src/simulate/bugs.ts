import type { Service } from '@boxoffice/shared/platform';
import type { Bug } from './bug';
import { documentBugs } from './bugs-documents';
import { gatewayBugs } from './bugs-gateway';
import { messageBugs } from './bugs-messages';
import { moneyBugs } from './bugs-money';
import { pricingBugs } from './bugs-pricing';
import { refundBugs } from './bugs-refunds';
import { stockBugs } from './bugs-stock';
import { transferBugs } from './bugs-transfers';

const withoutTimer = (service: Service, name: string): Service => ({
  ...service,
  timers: service.timers.filter((timer) => timer.name !== name),
});

/** Mistakes that a simulation must notice, or else it proves nothing. */
export const bugs: readonly Bug[] = [
  ...documentBugs,
  ...messageBugs,
  ...moneyBugs,
  ...gatewayBugs,
  ...pricingBugs,
  ...refundBugs,
  ...transferBugs,
  ...stockBugs,
  {
    name: 'holds-never-swept',
    what: 'holds that nobody paid for are not ended when they fall due',
    service: (service) => withoutTimer(service, 'expire-holds'),
  },
  {
    name: 'payments-never-swept',
    what: 'nobody asks the gateway about payments that it does not speak of by itself',
    service: (service) => withoutTimer(service, 'look-after-what-waits'),
  },
  {
    name: 'outbox-never-swept',
    what: 'what a crash left unsaid is never said',
    needs: 'crash',
    weather: { crash: 0.06, outcomeUnknown: 0, halfPublished: 0 },
    service: (service) => withoutTimer(service, 'relay-announcements'),
  },
  {
    name: 'mail-never-retried',
    what: 'a letter that could not be sent at once is not sent at all',
    service: (service) => withoutTimer(service, 'send-due'),
  },
  {
    name: 'keys-ignored',
    what: 'each request counts as new, whatever its Idempotency-Key',
    service: (service, platform) => ({
      ...service,
      routes: service.routes.map((route) => ({
        ...route,
        handle: (request) => {
          if (!route.idempotencyKey) return route.handle(request);
          const idempotency = { key: `${platform.ids.next()}-of-43-characters`, fingerprint: 'any' };
          return route.handle(
            Object.create(request, { idempotency: { value: idempotency } }) as typeof request,
          );
        },
      })),
    }),
  },
];

export const bugNamed = (name: string): Bug | undefined => bugs.find((bug) => bug.name === name);
