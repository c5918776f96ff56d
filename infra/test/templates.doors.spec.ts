import { describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { Sources, templatesOf } from '../check';
import { appSettings, deployed, ofType, profileNames, withFault } from './deployed';
import { holesInTheWall, openDoors } from './doors';

const main = path.resolve(__dirname, '../main.bicep');
const everyTemplate = templatesOf(new Sources(), main);
const everyKey = [
  ...['adyen', 'fraud-measures', 'mercado-pago', 'paypal', 'razorpay', 'sandbox', 'square', 'stripe'],
];
/** Names of what nobody else may know; where a vault is, everybody may. */
const secretName = /(key|secret|password|token|connection_?string)s?$/i;

describe('the doors of what is deployed', () => {
  it.each(profileNames)('are shut to whoever comes with a key, a password or old TLS: %s', (profile) => {
    for (const networkIsolation of [false, true])
      expect(openDoors(deployed({ profile, networkIsolation }))).toEqual([]);
  });

  it.each([
    ['modules/storage.bicep', 'allowSharedKeyAccess: false', 'allowSharedKeyAccess: true'],
    ['modules/storage.bicep', 'allowBlobPublicAccess: false', ''],
    ['modules/storage.bicep', "publicAccess: 'None'", "publicAccess: 'Blob'"],
    ['modules/storage.bicep', "'TLS1_2'", "'TLS1_0'"],
    ['modules/messaging.bicep', 'disableLocalAuth: true', 'disableLocalAuth: false'],
    ['modules/messaging.bicep', "minimumTlsVersion: '1.2'", ''],
    ['modules/documents.bicep', 'disableLocalAuth: true', ''],
    ['modules/documents.bicep', "'Tls12'", "'Tls11'"],
    ['modules/sql.bicep', 'azureADOnlyAuthentication: true', 'azureADOnlyAuthentication: false'],
    ['modules/sql.bicep', "minimalTlsVersion: '1.2'", "administratorLogin: 'sa'"],
    ['modules/sql.bicep', '/virtualNetworkRules@', '/firewallRules@'],
    ['modules/vault.bicep', 'enableRbacAuthorization: true', 'enableRbacAuthorization: false'],
    ['modules/mail.bicep', 'disableLocalAuth: true', ''],
    ['modules/monitoring.bicep', 'DisableLocalAuth: true', ''],
    ['modules/function-app.bicep', 'httpsOnly: true', ''],
    ['modules/function-app.bicep', 'allow: false', 'allow: true'],
    ['modules/function-app.bicep', "name: 'scm'", "name: 'ftp'"],
    ['modules/gateway.bicep', "protocols: ['https']", "protocols: ['http', 'https']"],
  ])('alarm when one stands open: %s without %s', (file, of, instead) => {
    expect(openDoors(deployed({}, withFault(file, of, instead)))).not.toEqual([]);
  });

  it('let the apps into the database server, and nobody else', () => {
    const rules = ofType(deployed(), 'Microsoft.Sql/servers/virtualNetworkRules');
    expect(rules.map(({ properties }) => properties['virtualNetworkSubnetId'])).toEqual([
      expect.stringMatching(/\/virtualNetworks\/vnet-boxoffice-[^/]+\/subnets\/apps$/),
    ]);
    expect(ofType(deployed({ networkIsolation: true }), 'Microsoft.Sql/servers/virtualNetworkRules')).toEqual(
      [],
    );
  });

  it.each(profileNames)('are private endpoints alone with network isolation: %s', (profile) => {
    const expansion = deployed({ profile, networkIsolation: true });
    expect(holesInTheWall(expansion)).toEqual([]);
    const [gateway] = ofType(expansion, 'Microsoft.ApiManagement/service');
    expect([gateway?.properties['virtualNetworkType'], gateway?.body['sku']]).toEqual([
      'External',
      { name: 'StandardV2', capacity: 1 },
    ]);
  });

  it.each([
    ['modules/vault.bicep', "networkIsolation ? 'Disabled' : 'Enabled'", "'Enabled'"],
    ['modules/function-app.bicep', "networkIsolation ? 'Deny' : 'Allow'", "'Allow'"],
    ['main.bicep', 'sqlServerId: sql.outputs.id', 'sqlServerId: documents.outputs.id'],
    ['main.bicep', 'storage[3].outputs.id', 'storage[2].outputs.id'],
    ['modules/private-access.bicep', "groupId: 'Sql'", "groupId: 'MongoDB'"],
  ])('alarm when the wall has a hole: %s without %s', (file, of, instead) => {
    expect(holesInTheWall(deployed({ networkIsolation: true }, withFault(file, of, instead)))).not.toEqual(
      [],
    );
  });
});

describe('secrets', () => {
  it('are asked of no resource while it is deployed', () => {
    for (const { path: file, text } of everyTemplate)
      expect([file, text.match(/\b(list[A-Z]\w*|getSecret)\s*\(|@secure\(/g)]).toEqual([file, null]);
  });

  it('are in no parameter and no output', () => {
    const [template] = everyTemplate;
    const names = [...(template?.all('param') ?? []), ...(template?.all('output') ?? [])].map(
      ({ name }) => name,
    );
    expect(names).toEqual(expect.arrayContaining(['oidcIssuer', 'API_URL']));
    expect(names.filter((name) => secretName.test(name))).toEqual([]);
  });

  it('are in no setting but by reference to the vault of the service', () => {
    const settings = appSettings(deployed({ keysInVault: everyKey }), 'payment-processing');
    const secret = Object.entries(settings).filter(
      ([name]) => secretName.test(name) && name !== 'APPLICATIONINSIGHTS_CONNECTION_STRING',
    );
    expect(secret.length).toBeGreaterThanOrEqual(14);
    for (const [name, value] of secret) {
      const inVault = name.toLowerCase().replaceAll('_', '-');
      expect(value).toMatch(
        new RegExp(`^@Microsoft\\.KeyVault\\(VaultName=kv-payments-\\w+;SecretName=${inVault}\\)$`),
      );
    }
  });

  it('are referred to for those gateways alone whose keys are in the vault', () => {
    const referred = (keysInVault: readonly string[]) =>
      Object.entries(appSettings(deployed({ keysInVault }), 'payment-processing'))
        .filter(([, value]) => typeof value === 'string' && value.startsWith('@'))
        .map(([name]) => name);
    expect(referred([])).toEqual([]);
    expect(referred(['stripe'])).toEqual(['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']);
  });
});
