import { allOf, Gateways, type Gateway } from '@boxoffice/payment-processing/main';
import type { Container } from '@boxoffice/shared/documents';
import type { Platform, Service } from '@boxoffice/shared/platform';
import type { Database } from '@boxoffice/shared/sql';
import type { KyselyPlugin } from 'kysely';
import type { Bug } from './bug';

/** The platform with other document containers. */
export const withContainers = (
  platform: Platform,
  change: (container: Container) => Partial<Container>,
): Platform => ({
  ...platform,
  container: (service, spec) => {
    const container = platform.container(service, spec);
    return { ...container, ...change(container) };
  },
});

/** The platform whose databases see every statement through `plugin`; `afterwards` follows each commit. */
export const withStatements = (
  platform: Platform,
  plugin: KyselyPlugin,
  afterwards: () => void = () => undefined,
): Platform => ({
  ...platform,
  database: <Schema>(service: Parameters<Platform['database']>[0]): Database<Schema> => {
    const database = platform.database<Schema>(service);
    return {
      query: database.query.withPlugin(plugin),
      transaction: async (work) => {
        const result = await database.transaction((tx) => work(tx.withPlugin(plugin)));
        afterwards();
        return result;
      },
    };
  },
});

type Handle = Service['consumers'][number]['handle'];

export const withConsumers = (service: Service, change: (handle: Handle) => Handle): Service => ({
  ...service,
  consumers: service.consumers.map((consumer) => ({ ...consumer, handle: change(consumer.handle) })),
});

/** payment-processing asks another gateway. */
export const changeGateway =
  (change: (gateway: Gateway, newKey: () => string) => Partial<Gateway>): NonNullable<Bug['container']> =>
  (container, service, platform) => {
    if (service !== 'payment-processing') return;
    const newKey = (): string => platform.ids.next();
    const gateways = container.resolve<Gateways>(Gateways);
    const changed = new Map(
      allOf(gateways).map((gateway) => {
        // Of a class, its methods are not its own members.
        const other: Gateway = Object.assign(Object.create(gateway) as Gateway, change(gateway, newKey));
        return [gateway.name, other];
      }),
    );
    container.registerInstance<Gateways>(Gateways, {
      names: gateways.names,
      named: (name) => changed.get(name),
    });
  };

type Route = Service['routes'][number];

/** payment-processing's route of this method and path answers otherwise. */
export const changeRoute =
  (
    method: Route['method'],
    path: string,
    change: (handle: Route['handle']) => Route['handle'],
  ): NonNullable<Bug['service']> =>
  (service) => ({
    ...service,
    routes: service.routes.map((route) =>
      service.name === 'payment-processing' && route.method === method && route.path === path
        ? { ...route, handle: change((request) => route.handle(request)) }
        : route,
    ),
  });
