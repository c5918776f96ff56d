import { describe, expect, it } from '@jest/globals';
import { expand, isUnknown, Sources, type ValueObject } from '.';

const under = (files: Readonly<Record<string, string>>) =>
  new Sources(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/house/${name}`, text])));
const expanded = (files: Readonly<Record<string, string>>, parameters: ValueObject = {}) =>
  expand(under(files), '/house/main.bicep', parameters);

describe('expanding templates', () => {
  it('names what a deployment would create, through modules, loops, conditions and parents', () => {
    const { resources, outputs } = expanded(
      {
        'main.bicep': `
targetScope = 'subscription'
import * as given from 'types.bicep'
param env string
param tall bool = true
var topics = loadJsonContent('topics.json', '$.topics')
resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: given.named('rg', env)
  location: 'westeurope'
}
module bus 'bus.bicep' = {
  scope: group
  params: { topics: topics, premium: tall ? true : false }
}
module nothing 'bus.bicep' = if (!tall) {
  scope: group
  params: { topics: [], premium: false }
}
output host string = bus.outputs.host
output id string = bus.outputs.id
`,
        'types.bicep': `
@export()
func named(kind string, env string) string => '\${kind}-boxoffice-\${env}'
`,
        'topics.json': '{ "topics": ["orders", "tickets"] }',
        'bus.bicep': `
param topics string[]
param premium bool
resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'sb-\${uniqueString(resourceGroup().id)}'
  location: resourceGroup().location
  sku: { name: premium ? 'Premium' : 'Standard' }
  resource all 'topics' = [for topic in topics: {
    name: topic
    properties: { requiresDuplicateDetection: true }
  }]
}
resource audit 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = [for (topic, i) in topics: if (i > 0) {
  parent: bus::all[i]
  name: 'audit'
}]
output host string = split(split(bus.properties.serviceBusEndpoint, '://')[1], ':')[0]
output id string = bus.id
`,
      },
      { env: 'dev' },
    );
    const group = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-boxoffice-dev';
    expect(resources.map(({ type, scope }) => [type, scope])).toEqual([
      ['Microsoft.Resources/resourceGroups', group.slice(0, group.indexOf('/resourceGroups'))],
      ['Microsoft.ServiceBus/namespaces', group],
      ['Microsoft.ServiceBus/namespaces/topics', group],
      ['Microsoft.ServiceBus/namespaces/topics', group],
      ['Microsoft.ServiceBus/namespaces/topics/subscriptions', group],
    ]);
    const [, bus, orders, , audit] = resources;
    expect(bus?.body).toMatchObject({ location: 'westeurope', sku: { name: 'Premium' } });
    expect(orders).toMatchObject({
      apiVersion: '2024-01-01',
      name: `${bus!.name}/orders`,
      properties: { requiresDuplicateDetection: true },
      where: { file: '/house/bus.bicep', line: 8, column: 3 },
    });
    expect(audit?.name).toBe(`${bus!.name}/tickets/audit`);
    expect(outputs['id']).toBe(`${group}/providers/Microsoft.ServiceBus/namespaces/${bus!.name}`);
    expect(isUnknown(outputs['host']!)).toBe(true);
  });

  it('says where an expression can’t come to anything', () => {
    const files = {
      'main.bicep': 'var sizes = { dev: 1 }\nparam env string\noutput size int = sizes[env]\n',
    };
    expect(expanded(files, { env: 'dev' }).outputs).toEqual({ size: 1 });
    expect(() => expanded(files, { env: 'prod' })).toThrow('there is no such item in what has dev');
  });

  it('keeps what only Azure knows by its name, inside strings too', () => {
    const files = {
      'main.bicep': `
resource app 'Microsoft.Web/sites@2025-03-01' existing = { name: 'app' }
output url string = 'https://\${app.properties.defaultHostName}'
output maybe string = app.properties.?missing.deeper ?? 'none'
`,
    };
    expect(expanded(files).outputs['url']).toBe(
      'https://⟨Microsoft.Web/sites app.properties.defaultHostName⟩',
    );
  });
});
