import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { services } from '@boxoffice/shared/contracts';
import { gatewayNamespace } from '../mesh';
import { namespace } from '../manifest';
import { manifestsOf } from '../manifests';
import { complete } from './environment';

const folder = path.resolve(__dirname, '..');
const bicep = readFileSync(path.join(folder, 'cluster.bicep'), 'utf8');
const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');

describe('the cluster', () => {
  it('trusts the service accounts that the manifests make', () => {
    const [, list = ''] = /^var services = \[(.*)\]$/m.exec(bicep) ?? [];
    expect(list.split(', ')).toEqual(services.map((name) => `'${name}'`));
    const accounts = manifestsOf(complete).filter(({ kind }) => kind === 'ServiceAccount');
    expect(bicep).toContain(`'system:serviceaccount:${namespace}:\${service}'`);
    expect(accounts.map(({ metadata }) => [metadata.namespace, metadata.name])).toEqual(
      services.map((name) => [namespace, name]),
    );
  });

  it.each([
    'disableLocalAccounts: true',
    'enableAzureRBAC: true',
    'adminUserEnabled: false',
    'anonymousPullEnabled: false',
    'oidcIssuerProfile: { enabled: true }',
    'workloadIdentity: { enabled: true }',
    'keda: { enabled: true }',
    'azureKeyvaultSecretsProvider: { enabled: true',
    "networkPolicy: 'cilium'",
    "mode: 'Internal'",
  ])('has %s', (setting) => {
    expect(bicep).toContain(setting);
  });

  it('gives no key away', () => {
    expect(bicep).not.toMatch(/listKeys|listCredentials|@secure/);
  });
});

describe('the README', () => {
  it('tells of each setting that can be missing', () => {
    const named = (mesh: boolean): readonly string[] => {
      try {
        manifestsOf({}, { mesh });
        return [];
      } catch (error) {
        return Array.from(String(error).matchAll(/(\w+) is not set/g), ([, name = '']) => name);
      }
    };
    const own =
      /^(AZURE_TENANT_ID|CONTAINER_REGISTRY|IMAGE_TAG|SCALER_CLIENT_ID|API_\w+|ISTIO_\w+|SERVICE_.+)$/;
    const missing = [...named(false), ...named(true)]
      .filter((name) => own.test(name))
      .map((name) => name.replace(/^SERVICE_(?!BUS).*?_(IDENTITY|Azure)/, 'SERVICE_<SERVICE>_$1'));
    expect(missing.length).toBeGreaterThan(8);
    const untold = missing.filter((name) => !readme.includes(`\`${name}\``));
    expect(untold).toEqual([]);
  });

  it('speaks of the gateway where the mesh has it', () => {
    expect(readme).toContain(`-n ${gatewayNamespace} create secret tls boxoffice-certificate`);
  });
});
