import { beforeAll, describe, expect, it } from '@jest/globals';
import { announcements, delivery, services, subscriptions, topics } from '@boxoffice/shared/contracts';
import type { Service } from '@boxoffice/shared/platform';
import { containerDefinition } from '../../shared/src/platform/azure/cosmos/create';
import type { Expansion, ValueObject } from '../check';
import { composedServices } from '../composed/composed-services';
import { deployed, ofType } from './deployed';

let expansion: Expansion;
let composed: readonly Service[];
beforeAll(() => {
  expansion = deployed();
  composed = composedServices();
});

/** What is behind the first segment of the names: `topic/subscription` of `namespace/topic/subscription`. */
const namesOf = (type: string): readonly string[] =>
  ofType(expansion, type).map(({ name }) => name.split('/').slice(1).join('/'));
const propertiesOf = (type: string, name: string): ValueObject =>
  ofType(expansion, type).find((resource) => resource.name.endsWith(`/${name}`))?.properties ?? {};

const topicType = 'Microsoft.ServiceBus/namespaces/topics';
const subscriptionType = `${topicType}/subscriptions`;
const databaseType = 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases';

describe('Service Bus', () => {
  it('has the topics that the code speaks on, and drops what is said twice', () => {
    expect([...namesOf(topicType)].sort()).toEqual([...topics].sort());
    for (const topic of topics)
      expect(propertiesOf(topicType, topic)).toEqual({
        requiresDuplicateDetection: true,
        duplicateDetectionHistoryTimeWindow: `PT${delivery.duplicateWindowMinutes}M`,
      });
  });

  it('has the subscriptions that the code hears from, which give up as it expects and lose nothing', () => {
    const wanted = subscriptions.map(({ topic, subscription }) => `${topic}/${subscription}`);
    expect([...namesOf(subscriptionType)].sort()).toEqual([...wanted].sort());
    for (const name of wanted)
      expect(propertiesOf(subscriptionType, name)).toEqual({
        lockDuration: `PT${delivery.lockSeconds}S`,
        maxDeliveryCount: delivery.maxDeliveryCount,
        deadLetteringOnMessageExpiration: true,
        deadLetteringOnFilterEvaluationExceptions: true,
      });
  });

  describe.each(subscriptions)(
    'lets through to $subscription from $topic',
    ({ topic, subscription, types }) => {
      let filters: readonly ValueObject[];
      const letsThrough = (message: Readonly<Record<string, string>>): boolean =>
        filters.some((filter) =>
          Object.entries(filter).every(([member, value]) => message[member] === value),
        );
      beforeAll(() => {
        const rules = ofType(expansion, `${subscriptionType}/rules`).filter(({ name }) =>
          name.includes(`/${topic}/${subscription}/`),
        );
        // Another kind would be a filter that this test can't follow; and only `$Default` gets rid of Azure's own.
        for (const { properties } of rules)
          expect(Object.keys(properties).sort()).toEqual(['correlationFilter', 'filterType']);
        expect(rules.filter(({ name }) => name.endsWith('/$Default'))).toHaveLength(1);
        filters = rules.map(({ properties }) => properties['correlationFilter'] as ValueObject);
      });

      it.each(announcements.map(({ fact }) => fact.type))('%s only if it hears of that', (type) => {
        expect(letsThrough({ label: type })).toBe(types.includes(type));
      });

      it('what is replayed to it, and to nobody else', () => {
        for (const other of services) expect(letsThrough({ to: other })).toBe(other === subscription);
        expect(letsThrough({ label: 'unheard-of', to: '' })).toBe(false);
      });
    },
  );
});

describe('Cosmos DB', () => {
  it('has a database for each service that keeps documents, with its containers and, for feeds, their leases', () => {
    const wanted = composed.flatMap(({ name, containers, feeds }) => [
      ...containers.map((container) => `${name}/${container.name}`),
      ...(feeds.length > 0 ? [`${name}/leases`] : []),
    ]);
    expect([...namesOf(`${databaseType}/containers`)].sort()).toEqual([...wanted].sort());
    const owners = composed.filter(({ containers }) => containers.length > 0).map(({ name }) => name);
    expect([...namesOf(databaseType)].sort()).toEqual([...owners].sort());
  });

  it('keeps each container as the adapter makes it elsewhere: partition key, TTL, and bodies without an index', () => {
    for (const { name, containers } of composed)
      for (const spec of containers) {
        const { partitionKey, defaultTtl, indexingPolicy } = containerDefinition(spec);
        expect(propertiesOf(`${databaseType}/containers`, `${name}/${spec.name}`)['resource']).toMatchObject({
          id: spec.name,
          partitionKey: { kind: 'Hash', ...(partitionKey as object) },
          defaultTtl: defaultTtl ?? null,
          indexingPolicy,
        });
      }
  });

  it('keeps leases by their id, as the trigger asks', () => {
    for (const { name, feeds } of composed.filter((service) => service.feeds.length > 0)) {
      expect([name, feeds.length]).not.toEqual([name, 0]);
      const { resource } = propertiesOf(`${databaseType}/containers`, `${name}/leases`);
      expect(resource).toMatchObject({ partitionKey: { paths: ['/id'] }, defaultTtl: null });
    }
  });

  it('stays within the free tier on the free profile', () => {
    const databases = ofType(deployed({ profile: 'free' }), databaseType);
    const throughput = databases.map(
      ({ properties }) => (properties['options'] as ValueObject)['throughput'],
    );
    expect(throughput.reduce<number>((sum, each) => sum + Number(each), 0)).toBeLessThanOrEqual(1000);
  });
});

describe('Azure SQL', () => {
  it('has a database for each service that has tables, by its name', () => {
    const owners = composed.filter(({ migrations }) => migrations.length > 0).map(({ name }) => name);
    expect([...namesOf('Microsoft.Sql/servers/databases')].sort()).toEqual([...owners].sort());
  });

  it('is free on the free profile, and pauses rather than costs', () => {
    for (const { properties } of ofType(deployed({ profile: 'free' }), 'Microsoft.Sql/servers/databases'))
      expect(properties).toMatchObject({ useFreeLimit: true, freeLimitExhaustionBehavior: 'AutoPause' });
  });

  it('is bought by the DTU on the dev profile, of a size that S0 has, and told nothing that is for others', () => {
    const [database, other] = ofType(deployed({ profile: 'dev' }), 'Microsoft.Sql/servers/databases');
    expect(other?.properties).toEqual(database?.properties);
    expect(database?.body['sku']).toEqual({ name: 'Standard', tier: 'Standard', family: null, capacity: 10 });
    const { maxSizeBytes, ...others } = database?.properties ?? {};
    const gigabytes = [1, 2, 5, 10, 20, 30, 40, 50, 100, 150, 200, 250];
    expect(gigabytes).toContain(Number(maxSizeBytes) / 2 ** 30);
    expect(others).toEqual({
      minCapacity: null,
      autoPauseDelay: null,
      useFreeLimit: null,
      freeLimitExhaustionBehavior: null,
      zoneRedundant: false,
      requestedBackupStorageRedundancy: 'Local',
    });
  });
});
