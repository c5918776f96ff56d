import { builtIn, many, type BuiltIn } from './built-in';
import { isObject, textOf, type Value } from './value';

/** `Microsoft.Sql/servers/databases`, `[s, d]` → `Microsoft.Sql/servers/s/databases/d`. */
export function pathOf(type: string, names: readonly string[]): string {
  const [provider = '', ...segments] = type.split('/');
  return [provider, ...segments.flatMap((segment, at) => [segment, names[at] ?? ''])].join('/');
}

const isType = (value: Value) => typeof value === 'string' && value.includes('/') && !value.startsWith('/');
const idIn = (container: string, type: Value, names: readonly Value[]) =>
  `${container}/providers/${pathOf(textOf(type), names.map(textOf))}`;

/** What depends on where the deployment goes: `base` is the id of that. */
export function idsAt(base: string): Readonly<Record<string, (given: readonly Value[]) => Value>> {
  const subscription = base.split('/').slice(0, 3).join('/');
  return {
    resourceId: (given) => {
      const at = given.findIndex(isType);
      const [first, second] = given.slice(0, at).map(textOf);
      const container =
        first === undefined
          ? base
          : second === undefined
            ? `${subscription}/resourceGroups/${first}`
            : `/subscriptions/${first}/resourceGroups/${second}`;
      return idIn(container, given[at] ?? '', given.slice(at + 1));
    },
    subscriptionResourceId: (given) => {
      const at = given.findIndex(isType);
      const container = at === 0 ? subscription : `/subscriptions/${textOf(given[0] ?? '')}`;
      return idIn(container, given[at] ?? '', given.slice(at + 1));
    },
    extensionResourceId: ([of = '', type = '', ...names]) => idIn(textOf(of), type, names),
    tenantResourceId: ([type = '', ...names]) => idIn('', type, names),
  };
}

/** The public cloud's, as `environment()` tells them: the fields are the compiler's, the values from its documentation. */
const cloud = {
  name: 'AzureCloud',
  activeDirectoryDataLake: 'https://datalake.azure.net/',
  authentication: {
    audiences: ['https://management.core.windows.net/', 'https://management.azure.com/'],
    identityProvider: 'AAD',
    loginEndpoint: 'https://login.microsoftonline.com/',
    tenant: 'common',
  },
  batch: 'https://batch.core.windows.net/',
  gallery: 'https://gallery.azure.com/',
  graph: 'https://graph.windows.net/',
  graphAudience: 'https://graph.windows.net/',
  media: 'https://rest.media.azure.net',
  portal: 'https://portal.azure.com',
  resourceManager: 'https://management.azure.com/',
  sqlManagement: 'https://management.core.windows.net:8443/',
  suffixes: {
    acrLoginServer: '.azurecr.io',
    azureDatalakeAnalyticsCatalogAndJob: 'azuredatalakeanalytics.net',
    azureDatalakeStoreFileSystem: 'azuredatalakestore.net',
    azureFrontDoorEndpointSuffix: 'azurefd.net',
    keyvaultDns: '.vault.azure.net',
    sqlServerHostname: '.database.windows.net',
    storage: 'core.windows.net',
  },
  vmImageAliasDoc:
    'https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json',
};

export const azure: Readonly<Record<string, BuiltIn>> = {
  environment: builtIn('object', [0, 0], () => cloud),
  resourceGroup: builtIn('object', [0, 2]),
  subscription: builtIn('object', [0, 1]),
  tenant: builtIn('object', [0, 0]),
  managementGroup: builtIn('object', [0, 1]),
  deployment: builtIn('object', [0, 0]),
  deployer: builtIn('object', [0, 0]),
  resourceId: builtIn('string', [2, many]),
  subscriptionResourceId: builtIn('string', [2, many]),
  extensionResourceId: builtIn('string', [3, many]),
  tenantResourceId: builtIn('string', [2, many]),
  managementGroupResourceId: builtIn('string', [2, many]),
  roleDefinitions: builtIn('object', [1, 1]),
  providers: builtIn('any', [1, 2]),
  reference: builtIn('object', [1, 3]),
  pickZones: builtIn('array', [3, 5]),
  toLogicalZone: builtIn('string', [3, 3]),
  toLogicalZones: builtIn('array', [3, 3]),
  toPhysicalZone: builtIn('string', [3, 3]),
  toPhysicalZones: builtIn('array', [3, 3]),
  any: builtIn<[Value]>('any', [1, 1], (value) => value),
  fail: builtIn<[Value]>('any', [1, 1], (message) => {
    throw new Error(textOf(message));
  }),
  nameof: builtIn('string', [1, 1]),
  loadTextContent: builtIn('string', [1, 2]),
  loadFileAsBase64: builtIn('string', [1, 1]),
  loadJsonContent: builtIn('any', [1, 3]),
  loadYamlContent: builtIn('any', [1, 3]),
  loadDirectoryFileInfo: builtIn('array', [1, 2]),
  readEnvironmentVariable: builtIn('string', [1, 2]),
};

/** `loadJsonContent(file, path)`: dots and brackets lead down, as in `$.a.b[0]`. */
export function partOf(value: Value, path: string): Value {
  return path
    .replace(/^\$\.?/, '')
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .reduce<Value>((at, step) => {
      const next = Array.isArray(at)
        ? (at as readonly Value[])[Number(step)]
        : isObject(at)
          ? at[step]
          : undefined;
      if (next === undefined) throw new Error(`the file has nothing at ${path}`);
      return next;
    }, value);
}
