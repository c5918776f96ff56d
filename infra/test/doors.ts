import { textOf } from './deployed';
import type { ExpandedResource, Expansion, Value, ValueObject } from '../check';

/** What must stand in the properties of whatever answers somebody, by type: no keys or passwords, no public blob, TLS 1.2. */
const doors: Readonly<Record<string, Readonly<Record<string, Value | undefined>>>> = {
  'Microsoft.ApiManagement/service/apis': { 'protocols.0': 'https', 'protocols.1': undefined },
  'Microsoft.Communication/communicationServices': { disableLocalAuth: true },
  'Microsoft.DocumentDB/databaseAccounts': {
    disableLocalAuth: true,
    disableKeyBasedMetadataWriteAccess: true,
    minimalTlsVersion: 'Tls12',
  },
  'Microsoft.Insights/components': { DisableLocalAuth: true },
  'Microsoft.KeyVault/vaults': { enableRbacAuthorization: true, accessPolicies: undefined },
  'Microsoft.OperationalInsights/workspaces': { 'features.disableLocalAuth': true },
  'Microsoft.ServiceBus/namespaces': { disableLocalAuth: true, minimumTlsVersion: '1.2' },
  'Microsoft.Sql/servers': {
    administratorLogin: undefined,
    administratorLoginPassword: undefined,
    'administrators.azureADOnlyAuthentication': true,
    minimalTlsVersion: '1.2',
  },
  'Microsoft.Storage/storageAccounts': {
    allowSharedKeyAccess: false,
    allowBlobPublicAccess: false,
    isLocalUserEnabled: false,
    minimumTlsVersion: 'TLS1_2',
    supportsHttpsTrafficOnly: true,
  },
  'Microsoft.Storage/storageAccounts/blobServices/containers': { publicAccess: 'None' },
  'Microsoft.Web/sites': {
    httpsOnly: true,
    'siteConfig.minTlsVersion': '1.2',
    'siteConfig.scmMinTlsVersion': '1.2',
  },
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': { allow: false },
};

/**
 * Types that answer nobody, or only through one of those above. Whatever else is deployed one day has to be thought of, and put
 * either here or there; a rule of a firewall is missing on purpose.
 */
const doorless: ReadonlySet<string> = new Set([
  'Microsoft.ApiManagement/service',
  'Microsoft.ApiManagement/service/apis/diagnostics',
  'Microsoft.ApiManagement/service/apis/policies',
  'Microsoft.ApiManagement/service/backends',
  'Microsoft.ApiManagement/service/loggers',
  'Microsoft.Authorization/locks',
  'Microsoft.Authorization/roleAssignments',
  'Microsoft.Communication/emailServices',
  'Microsoft.Communication/emailServices/domains',
  'Microsoft.Consumption/budgets',
  'Microsoft.DocumentDB/databaseAccounts/sqlDatabases',
  'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers',
  'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments',
  'Microsoft.Insights/actionGroups',
  'Microsoft.Insights/diagnosticSettings',
  'Microsoft.Insights/metricAlerts',
  'Microsoft.Insights/scheduledQueryRules',
  'Microsoft.Insights/workbooks',
  'Microsoft.ManagedIdentity/userAssignedIdentities',
  'Microsoft.Network/networkSecurityGroups',
  'Microsoft.Network/privateDnsZones',
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
  'Microsoft.Network/privateEndpoints',
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups',
  'Microsoft.Network/virtualNetworks',
  'Microsoft.Resources/resourceGroups',
  'Microsoft.ServiceBus/namespaces/topics',
  'Microsoft.ServiceBus/namespaces/topics/subscriptions',
  'Microsoft.ServiceBus/namespaces/topics/subscriptions/rules',
  'Microsoft.Sql/servers/auditingSettings',
  'Microsoft.Sql/servers/databases',
  'Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies',
  'Microsoft.Sql/servers/virtualNetworkRules',
  'Microsoft.Storage/storageAccounts/blobServices',
  'Microsoft.Web/serverfarms',
  'Microsoft.Web/sites/config',
  'Microsoft.Web/staticSites',
]);

/** With network isolation, what stays reachable through a private endpoint alone, and the endpoint's group. */
const isolated: Readonly<
  Record<string, { readonly group: string; readonly closed: readonly [string, Value] }>
> = {
  'Microsoft.DocumentDB/databaseAccounts': { group: 'Sql', closed: ['publicNetworkAccess', 'Disabled'] },
  'Microsoft.KeyVault/vaults': { group: 'vault', closed: ['publicNetworkAccess', 'Disabled'] },
  'Microsoft.ServiceBus/namespaces': { group: 'namespace', closed: ['publicNetworkAccess', 'Disabled'] },
  'Microsoft.Sql/servers': { group: 'sqlServer', closed: ['publicNetworkAccess', 'Disabled'] },
  'Microsoft.Storage/storageAccounts': { group: 'blob', closed: ['publicNetworkAccess', 'Disabled'] },
  'Microsoft.Web/sites': {
    group: 'sites',
    closed: ['siteConfig.ipSecurityRestrictionsDefaultAction', 'Deny'],
  },
};

/** What is open that should not be. */
export const openDoors = ({ resources }: Expansion): readonly string[] => [
  ...resources.flatMap((resource) => {
    const wanted = doors[resource.type];
    if (wanted) return Object.entries(wanted).flatMap(([at, value]) => unless(resource, at, value));
    return doorless.has(resource.type) ? [] : [`${resource.type} ${resource.name}: is that a door?`];
  }),
  ...resources
    .filter(({ type }) => type === 'Microsoft.Web/sites')
    .flatMap(({ name }) =>
      ['ftp', 'scm']
        .filter((door) => !resources.some((other) => other.name === `${name}/${door}`))
        .map((door) => `Microsoft.Web/sites ${name}: takes a password for ${door}`),
    ),
];

/** What the internet reaches in spite of network isolation. */
export function holesInTheWall({ resources }: Expansion): readonly string[] {
  const reached = resources
    .filter(({ type }) => type === 'Microsoft.Network/privateEndpoints')
    .map(({ properties }) => JSON.stringify(properties['privateLinkServiceConnections']));
  return resources.flatMap((resource) => {
    const wanted = isolated[resource.type];
    if (!wanted) return [];
    const mine = reached.some((one) => one.includes(`"${resource.id}"`) && one.includes(`"${wanted.group}"`));
    return [
      ...unless(resource, ...wanted.closed),
      ...(mine ? [] : [`${resource.type} ${resource.name}: has no private endpoint`]),
    ];
  });
}

function unless(
  { type, name, properties }: ExpandedResource,
  at: string,
  wanted: Value | undefined,
): string[] {
  const found = at
    .split('.')
    .reduce<Value | undefined>((value, key) => (value as ValueObject | undefined)?.[key], properties);
  return found === wanted ? [] : [`${type} ${name}: ${at} is ${textOf(found)}, not ${textOf(wanted)}`];
}
