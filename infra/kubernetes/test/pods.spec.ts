import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { services, subscriptions, type ServiceName } from '@boxoffice/shared/contracts';
import { FunctionsHost, type Registered } from '../../../shared/test/doubles/functions-host';
import { appOf, isSecret } from '../app';
import { at, listAt, pairsAt, textAt } from '../check/look';
import type { Manifest } from '../manifest';
import { manifestsOf } from '../manifests';
import { buildWhatIsMissing, bundleOf, root } from './bundles';
import { complete } from './environment';

const plain = manifestsOf(complete);
const meshed = manifestsOf(complete, { mesh: true });
const namesOf = (kind: string): readonly string[] =>
  plain.filter((each) => each.kind === kind).map(({ metadata }) => metadata.name);
const find = (kind: string, name: string, all = plain): Manifest => {
  const found = all.find((each) => each.kind === kind && each.metadata.name === name);
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found;
};
const settingsOf = (name: ServiceName): Readonly<Record<string, string>> =>
  Object.fromEntries(pairsAt(find('ConfigMap', `${name}-settings`), 'data')) as Record<string, string>;

/** All that a pod finds in its environment; what is in Key Vault stands for itself. */
const podOf = (name: ServiceName): Readonly<Record<string, string>> => ({
  ...settingsOf(name),
  ...Object.fromEntries(appOf(name, complete).secrets.map(({ setting }) => [setting, '0'.repeat(64)])),
});
async function triggersOf(name: ServiceName): Promise<readonly Registered['trigger'][]> {
  const host = await FunctionsHost.load(bundleOf(name), { env: podOf(name) });
  await host.close();
  return host.functions.map(({ trigger }) => trigger);
}

describe('the manifests', () => {
  it.each(['Deployment', 'Service', 'ServiceAccount', 'PodDisruptionBudget', 'ScaledObject'])(
    'have one %s for every service of the code',
    (kind) => {
      expect([...namesOf(kind)].sort()).toEqual([...services].sort());
    },
  );

  it('hold no secret: neither one of their own nor a value among the settings or in a container', () => {
    expect(meshed.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    for (const name of services) expect(Object.keys(settingsOf(name)).filter(isSecret)).toEqual([]);
    expect(JSON.stringify(meshed)).not.toContain('"env":');
    expect(JSON.stringify(meshed)).not.toContain('0'.repeat(64));
  });

  it('fetch from Key Vault what a service has there, and give it to that service alone', () => {
    expect(namesOf('SecretProviderClass')).toEqual(['payment-processing-secrets']);
    const provider = find('SecretProviderClass', 'payment-processing-secrets');
    expect(listAt(provider, 'spec', 'secretObjects', 0, 'data')).toEqual([
      { objectName: 'fraud-hash-key', key: 'FRAUD_HASH_KEY' },
      { objectName: 'stripe-secret-key', key: 'STRIPE_SECRET_KEY' },
      { objectName: 'stripe-webhook-secret', key: 'STRIPE_WEBHOOK_SECRET' },
    ]);
    expect(textAt(provider, 'spec', 'parameters', 'keyvaultName')).toBe('kv-payments-test');
    expect(textAt(provider, 'spec', 'parameters', 'clientID')).toBe(
      complete['SERVICE_PAYMENT_PROCESSING_IDENTITY_CLIENT_ID'],
    );
  });

  it('let nothing run as root, write to its image or gain rights', () => {
    for (const name of services) {
      const pod = at(find('Deployment', name), 'spec', 'template', 'spec');
      expect(at(pod, 'securityContext')).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(at(pod, 'containers', 0, 'securityContext')).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('count the messages of each subscription of the topology, for the service that takes them', () => {
    const counted = plain
      .filter(({ kind }) => kind === 'ScaledObject')
      .flatMap((each) => listAt(each, 'spec', 'triggers').map((trigger) => [each.metadata.name, trigger]))
      .filter(([, trigger]) => textAt(trigger, 'type') === 'azure-servicebus')
      .map(([name, trigger]) => [name, at(trigger, 'metadata', 'topicName')]);
    expect(counted.sort()).toEqual(
      subscriptions.map(({ topic, subscription }) => [subscription, topic]).sort(),
    );
  });

  it('count requests where the mesh is on and its figures are kept', () => {
    const typesOf = (all: readonly Manifest[]): readonly string[] =>
      listAt(find('ScaledObject', 'ticket-inventory', all), 'spec', 'triggers').map((each) =>
        textAt(each, 'type'),
      );
    expect(typesOf(plain)).not.toContain('prometheus');
    expect(typesOf(meshed)).toContain('prometheus');
    expect(typesOf(manifestsOf({ ...complete, PROMETHEUS_ENDPOINT: '' }, { mesh: true }))).not.toContain(
      'prometheus',
    );
  });

  it('open each service to API Management alone, or all of them to the gateway of the mesh alone', () => {
    const callers = (all: readonly Manifest[]) =>
      at(find('NetworkPolicy', 'services', all), 'spec', 'ingress', 0, 'from');
    expect(callers(plain)).toEqual([{ ipBlock: { cidr: '10.40.2.64/27' } }]);
    expect(callers(meshed)).toEqual([
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'aks-istio-ingress' } } },
    ]);
    expect(at(find('PeerAuthentication', 'mutual-tls', meshed), 'spec', 'mtls', 'mode')).toBe('STRICT');
    expect(at(find('AuthorizationPolicy', 'nobody', meshed), 'spec')).toEqual({});
    expect(plain.some(({ apiVersion }) => apiVersion.includes('istio'))).toBe(false);
  });

  it('make other pods of other settings', () => {
    const stamp = (environment: typeof complete) =>
      at(
        manifestsOf(environment).find(
          ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'notification',
        ),
        ...['spec', 'template', 'metadata', 'annotations', 'boxoffice/settings'],
      );
    expect(stamp(complete)).toBe(stamp({ ...complete }));
    expect(stamp(complete)).not.toBe(stamp({ ...complete, SERVICE_NOTIFICATION_LOCALE: 'de-AT' }));
  });
});

describe('the timers of a pod', () => {
  beforeAll(buildWhatIsMissing, 120_000);

  it('run no more often than those of the Function App whose settings it has', async () => {
    const schedulesOf = async (name: ServiceName) =>
      (await triggersOf(name)).flatMap(({ type, schedule }) => (type === 'timerTrigger' ? [schedule] : []));
    expect(await schedulesOf('payment-processing')).toEqual([
      ...[1, 2, 3, 4, 5].map(() => '0 * * * * *'),
      '0 */15 * * * *',
    ]);
    expect(await schedulesOf('notification')).toEqual(['*/15 * * * * *']);
  });
});

describe.each(services)('a pod of %s', (name) => {
  beforeAll(buildWhatIsMissing, 120_000);

  it('starts on what its manifests tell it, and its triggers find the connections that they name', async () => {
    const named = (await triggersOf(name)).flatMap((trigger) => [
      ...(typeof trigger['connection'] === 'string' ? [trigger['connection']] : []),
      ...(trigger.type === 'timerTrigger' ? ['AzureWebJobsStorage'] : []),
    ]);
    expect(named).toContain('AzureWebJobsStorage');
    const pod = podOf(name);
    const address = /__(blobServiceUri|fullyQualifiedNamespace|accountEndpoint)$/;
    const connections = Object.keys(pod).filter((setting) => address.test(setting));
    expect(connections.map((setting) => setting.replace(address, '')).sort()).toEqual(
      [...new Set(named)].sort(),
    );
    for (const connection of new Set(named)) {
      expect(pod[`${connection}__credential`]).toBe('managedidentity');
      expect(pod[`${connection}__clientId`]).toBe(pod['AZURE_CLIENT_ID']);
    }
  });

  it('finds the extensions of its triggers in the bundle that its host.json names', async () => {
    // HTTP and timers are the host's own.
    const extended = (await triggersOf(name)).some(({ type }) => /^(serviceBus|cosmosDB)Trigger$/.test(type));
    const { extensionBundle } = JSON.parse(
      readFileSync(path.join(root, 'services', name, 'host.json'), 'utf8'),
    ) as { extensionBundle?: { id: string } };
    expect(extensionBundle?.id).toBe(extended ? 'Microsoft.Azure.Functions.ExtensionBundle' : undefined);
  });

  it('does not start without one of the settings that it requires', async () => {
    const refusal = await FunctionsHost.load(bundleOf(name)).then(() => 'started', String);
    const required = Array.from(refusal.matchAll(/(\w+) is not set/g), ([, setting = '']) => setting);
    expect(required.length).toBeGreaterThan(3);
    expect(Object.keys(settingsOf(name))).toEqual(expect.arrayContaining(required));
    const { [required[0] ?? '']: gone, ...rest } = settingsOf(name);
    expect(gone).toBeDefined();
    await expect(FunctionsHost.load(bundleOf(name), { env: rest })).rejects.toThrow(
      `${required[0] ?? ''} is not set`,
    );
  });

  it('shares its timers with the other pods, and with no other service', () => {
    const id = settingsOf(name)['AzureFunctionsWebHost__hostid'] ?? '';
    expect(id).toMatch(/^[a-z\d](-?[a-z\d])*$/);
    expect(id.length).toBeLessThanOrEqual(32);
    expect(services.filter((other) => settingsOf(other)['AzureFunctionsWebHost__hostid'] === id)).toEqual([
      name,
    ]);
  });
});
