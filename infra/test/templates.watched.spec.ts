import { describe, expect, it } from '@jest/globals';
import { deployed, ofType, profileNames, withFault } from './deployed';
import type { Expansion } from '../check';

/** Whatever has logs of its own. API Management has none in its cheapest tier. */
const telling = [
  'Microsoft.Communication/communicationServices',
  'Microsoft.DocumentDB/databaseAccounts',
  'Microsoft.KeyVault/vaults',
  'Microsoft.OperationalInsights/workspaces',
  'Microsoft.ServiceBus/namespaces',
  'Microsoft.Sql/servers/databases',
  'Microsoft.Storage/storageAccounts/blobServices',
  'Microsoft.Web/sites',
];

const silent = (expansion: Expansion, types: readonly string[]): readonly string[] => {
  const told = new Set(
    ofType(expansion, 'Microsoft.Insights/diagnosticSettings').map(({ scope }) => scope.toLowerCase()),
  );
  return types.flatMap((type) =>
    ofType(expansion, type)
      .filter(({ id }) => !told.has(id.toLowerCase()))
      .map(({ name }) => `${type} ${name}`),
  );
};

describe('what is deployed', () => {
  it.each(profileNames)('sends its logs to the workspace: %s', (profile) => {
    const types = [...telling, ...(profile === 'free' ? [] : ['Microsoft.ApiManagement/service'])];
    expect(silent(deployed({ profile }), types)).toEqual([]);
    const faulty = withFault(
      'modules/vault.bicep',
      'scope: vault\n  properties: {\n    workspaceId',
      'properties: {\n    workspaceId',
    );
    expect(silent(deployed({ profile }, faulty), types)).toHaveLength(2);
  });

  it('names nobody in those logs: neither who was written to nor what was asked of a database', () => {
    const categories = ofType(deployed({ profile: 'prod' }), 'Microsoft.Insights/diagnosticSettings').flatMap(
      ({ properties }) =>
        (properties['logs'] as readonly { readonly category: string }[]).map((log) => log.category),
    );
    expect(categories).toContain('EmailSendMailOperational');
    for (const personal of [
      'EmailStatusUpdateOperational',
      'EmailUserEngagementOperational',
      'DataPlaneRequests',
    ])
      expect(categories).not.toContain(personal);
    const [telemetry] = ofType(deployed(), 'Microsoft.ApiManagement/service/apis/diagnostics');
    expect(telemetry?.properties).toMatchObject({ logClientIp: false, httpCorrelationProtocol: 'W3C' });
    expect(telemetry?.properties).not.toHaveProperty('frontend');
  });

  it('carries the name of its environment, and each app that of its service', () => {
    for (const { type, body, where } of deployed().resources)
      if ('location' in body && !type.startsWith('Microsoft.Insights/')) {
        expect([type, where.file, body['tags']]).toEqual([
          type,
          where.file,
          expect.objectContaining({ 'azd-env-name': 'Test' }),
        ]);
      }
    const services = ofType(deployed(), 'Microsoft.Web/sites').map(
      ({ body }) => (body['tags'] as Record<string, string>)['azd-service-name'],
    );
    expect(services).toEqual(['event-management', 'ticket-inventory', 'payment-processing', 'notification']);
  });

  it('can’t be deleted by mistake in production, where it holds what can’t be made again', () => {
    const locked = (profile: string) =>
      ofType(deployed({ profile }), 'Microsoft.Authorization/locks').map(({ scope }) =>
        scope.split('/').at(-2),
      );
    expect(locked('prod')).toEqual(['databaseAccounts', 'servers', 'vaults', 'vaults']);
    expect(locked('staging')).toEqual([]);
  });

  it.each(profileNames)('has names that Azure takes: %s', (profile) => {
    const expansion = deployed({ profile, environmentName: 'Sixteen-Letters1' });
    const most: Readonly<Record<string, number>> = {
      'Microsoft.ApiManagement/service': 50,
      'Microsoft.DocumentDB/databaseAccounts': 44,
      'Microsoft.KeyVault/vaults': 24,
      'Microsoft.ServiceBus/namespaces': 50,
      'Microsoft.Sql/servers': 63,
      'Microsoft.Storage/storageAccounts': 24,
      'Microsoft.Web/sites': 60,
    };
    for (const [type, length] of Object.entries(most))
      for (const { name } of ofType(expansion, type)) {
        expect([name, name.length <= length]).toEqual([name, true]);
        expect(name).toMatch(type.endsWith('storageAccounts') ? /^[a-z0-9]+$/ : /^[a-z][a-z0-9-]+[a-z0-9]$/);
      }
  });
});
