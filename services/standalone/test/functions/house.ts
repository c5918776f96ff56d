import path from 'node:path';
import { services, type ServiceName } from '@boxoffice/shared/contracts';
import type { Service } from '@boxoffice/shared/platform';
import { FunctionsHost } from '../../../../shared/test/doubles/functions-host';
import { Visitor } from '../visitor';
import { openProvider } from '../house/provider';
import { composed, openFrontDoor } from './apps';
import { deploy, type Bundle } from './bundles';
import { openCloud, type Cloud, type Settings } from './cloud';
import { openGateway, type Gateway } from './gateway';
import { runTriggers, type Apps } from './host-pump';

export interface House {
  readonly apps: Apps;
  readonly cloud: Cloud;
  readonly gateway: Gateway;
  /** Of the one address that leads to all of them. */
  readonly origin: string;
  /** Each app's environment. */
  readonly settings: Readonly<Record<ServiceName, Settings>>;
  /** Each app's service, as the same code composes it here. */
  readonly composition: Readonly<Record<ServiceName, Service>>;
  /** Of messages and pages, which then came again. */
  readonly failures: readonly unknown[];
  visitor(name: string, ...roles: readonly string[]): Promise<Visitor>;
}

export const deployAll = (folder: string): Readonly<Record<ServiceName, Bundle>> =>
  Object.fromEntries(services.map((app) => [app, deploy(app, folder)])) as Record<ServiceName, Bundle>;

/**
 * All four apps at work between doubles of Azure, a gateway and an issuer; `closing` gathers what is to be closed, last first. `more`
 * settings are the same for all.
 */
export async function openHouse(
  bundles: Readonly<Record<ServiceName, Bundle>>,
  folder: string,
  closing: (() => Promise<void>)[],
  more: Settings = {},
): Promise<House> {
  const opened = <T extends { close(): Promise<void> }>(thing: T): T => {
    closing.push(() => thing.close());
    return thing;
  };
  const cloud = opened(await openCloud());
  const issuer = opened(await openProvider());
  let hosts: readonly FunctionsHost[] = [];
  const { origin } = opened(await openFrontDoor(() => hosts));
  const gateway = opened(
    await openGateway({ dataFile: path.join(folder, 'gateway.db'), webhookOrigin: origin }),
  );

  const settings = {} as Record<ServiceName, Settings>;
  const composition = {} as Record<ServiceName, Service>;
  for (const app of services) {
    const own = app === 'payment-processing' ? gateway.settings : {};
    settings[app] = { ...cloud.settings[app], ...issuer.settings, ...own, ...more };
    const { platform, service } = composed[app](settings[app]);
    composition[app] = service;
    await cloud.createContainers(service);
    // A step of its own, before the apps start: their identities may not change a schema.
    await platform.migrate(service);
    await platform.close();
  }
  hosts = await Promise.all(
    services.map(async (app) => opened(await FunctionsHost.load(bundles[app].file, { env: settings[app] }))),
  );
  const apps = Object.fromEntries(services.map((app, i) => [app, hosts[i]])) as unknown as Apps;
  const triggers = await runTriggers(apps, cloud);
  closing.push(() => triggers.stop());
  return {
    ...{ apps, cloud, gateway, origin, settings, composition, failures: triggers.failures },
    visitor: async (name, ...roles) => {
      return new Visitor(origin, await issuer.tokenFor({ name, roles }));
    },
  };
}
