import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { services, type ServiceName } from '@boxoffice/shared/contracts';
import { readIdentitySettings } from '@boxoffice/shared/http/oidc';
import type { Service } from '@boxoffice/shared/platform';
import { readAzureSettings } from '@boxoffice/shared/platform/azure';
import { BicepFile, type ValueObject } from '../check';
import { composedServices } from '../composed/composed-services';
import { appSettings, deployed, ofType, textOf, withFault } from './deployed';
import { declaredApps, settingsRead, type Apps } from './function-apps';

const infra = path.resolve(__dirname, '..');
const typesOfSettings = readFileSync(path.join(infra, 'types.bicep'), 'utf8');

/** Read where there is no identity: on a machine, with an emulator. On Azure they would be secrets. */
const withoutIdentity = new Set([
  'AZURE_SQL_CONNECTION_STRING',
  'COMMUNICATION_CONNECTION_STRING',
  'COSMOS_KEY',
  'SERVICE_BUS_CONNECTION_STRING',
]);

/** Settings that an operator may give a service, each with something in it: members of its type in types.bicep. */
function everythingOptional(parameter: string): ValueObject {
  const type = new RegExp(`^type ${parameter}Settings = \\{\n(.+?)\n\\}`, 'ms').exec(typesOfSettings);
  const members = type?.[1] ?? '';
  return Object.fromEntries(
    [...members.matchAll(/^ {2}(\w+): string\?$/gm)].map(([, name = '']) => [name, 'given']),
  );
}

const everything = {
  keysInVault: [
    ...['adyen', 'fraud-measures', 'mercado-pago', 'paypal', 'razorpay', 'sandbox', 'square', 'stripe'],
  ],
  eventManagement: everythingOptional('eventManagement'),
  ticketInventory: everythingOptional('ticketInventory'),
  paymentProcessing: everythingOptional('paymentProcessing'),
  notification: everythingOptional('notification'),
};

/** Read by the Functions host and not by the service. */
const isOfHost = (name: string): boolean =>
  name.includes('__') || name === 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING';
const ofService = (settings: ValueObject): readonly string[] =>
  Object.keys(settings).filter((name) => !isOfHost(name));

describe('the settings of the Function Apps', () => {
  let apps: Apps;
  let composed: ReadonlyMap<ServiceName, Service>;
  beforeAll(async () => {
    apps = await declaredApps();
    composed = new Map(composedServices().map((service) => [service.name, service]));
  });

  const wanted = (service: ServiceName): readonly string[] =>
    [...settingsRead(apps[service])].filter((name) => !withoutIdentity.has(name)).sort();

  it.each(services)('are all that %s reads, and none that it does not', (service) => {
    const read = wanted(service);
    expect(read.length).toBeGreaterThan(10);
    expect([...ofService(appSettings(deployed(everything), service))].sort()).toEqual(read);
  });

  it.each([
    ['event-management', "AZURE_SQL_DATABASE: 'event-management'", ''],
    ['payment-processing', 'TRUSTED_PROXIES', 'TRUSTED_PROXY'],
    ['notification', 'OIDC_POLICIES: oidcPolicies', ''],
  ] as const)('of %s alarm without %s', (service, of, instead) => {
    const expansion = deployed(everything, withFault('main.bicep', of, instead));
    expect([...ofService(appSettings(expansion, service))].sort()).not.toEqual(wanted(service));
  });

  it.each(services)('of %s suffice for it to start', (service) => {
    const { needs, settings } = apps[service];
    const environment = Object.fromEntries(
      Object.entries(appSettings(deployed(), service)).map(([name, value]) => [name, textOf(value)]),
    );
    expect(() => readAzureSettings(environment, needs)).not.toThrow();
    expect(() => readIdentitySettings(environment)).not.toThrow();
    expect(() => settings(environment)).not.toThrow();
    expect(() => readAzureSettings({}, needs)).toThrow('is not set');
  });

  it.each(services)(
    'of %s tell the host where its triggers listen, by the identity of the app',
    (service) => {
      const { consumers = [], feeds = [] } = composed.get(service) ?? {};
      const settings = appSettings(deployed(), service);
      const clientId = settings['AZURE_CLIENT_ID'];
      const ofHost = Object.fromEntries(Object.entries(settings).filter(([name]) => isOfHost(name)));
      const by = (connection: string, where: string, place: unknown) => ({
        [`${connection}__${where}`]: place,
        [`${connection}__credential`]: 'managedidentity',
        [`${connection}__clientId`]: clientId,
      });
      expect(ofHost).toEqual({
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${textOf(clientId)};Authorization=AAD`,
        ...by('AzureWebJobsStorage', 'blobServiceUri', expect.anything()),
        ...(consumers.length > 0 &&
          by('ServiceBusConnection', 'fullyQualifiedNamespace', settings['SERVICE_BUS_NAMESPACE'])),
        ...(feeds.length > 0 && by('CosmosDbConnection', 'accountEndpoint', settings['COSMOS_ENDPOINT'])),
      });
      expect(textOf(clientId)).toContain(`id-${service}-`);
    },
  );

  it.each(services)('of %s let as many requests into an instance as host.json does', (service) => {
    const host = JSON.parse(readFileSync(path.join(infra, `../services/${service}/host.json`), 'utf8')) as {
      readonly extensions: { readonly http: { readonly maxConcurrentRequests: number } };
    };
    const app = ofType(deployed(), 'Microsoft.Web/sites').find(({ name }) =>
      name.startsWith(`func-${service}-`),
    );
    expect(app?.properties['functionAppConfig']).toMatchObject({
      runtime: { name: 'node', version: '24' },
      scaleAndConcurrency: {
        triggers: { http: { perInstanceConcurrency: host.extensions.http.maxConcurrentRequests } },
      },
    });
  });
});

describe('main.parameters.json', () => {
  const main = new BicepFile('main.bicep', readFileSync(path.join(infra, 'main.bicep'), 'utf8'));
  const { parameters } = JSON.parse(readFileSync(path.join(infra, 'main.parameters.json'), 'utf8')) as {
    readonly parameters: Readonly<Record<string, { readonly value: unknown }>>;
  };

  it('gives every parameter of main.bicep, and no other', () => {
    expect(Object.keys(parameters).sort()).toEqual(
      main
        .all('param')
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('gives a service what its own type knows', () => {
    for (const service of ['eventManagement', 'ticketInventory', 'paymentProcessing', 'notification']) {
      const given = Object.keys(parameters[service]?.value as object);
      expect(Object.keys(everythingOptional(service))).toEqual(expect.arrayContaining(given));
    }
  });
});
