import type { Service } from '@boxoffice/shared/platform';
import type { Environment } from '../composed/compose-from';
import type { PodSettings } from './settings';

/**
 * What the Functions host itself reads: the same as in a Function App. `managedidentity` asks for the pod's token too, once the
 * cluster has put AZURE_FEDERATED_TOKEN_FILE there.
 */
export function hostSettings(
  { name, consumers, feeds }: Service,
  { clientId, hostStorage }: PodSettings,
  { SERVICE_BUS_NAMESPACE: bus = '', COSMOS_ENDPOINT: cosmos = '' }: Environment,
): Readonly<Record<string, string>> {
  const connection = (prefix: string, member: string, address: string): Record<string, string> => ({
    [`${prefix}__${member}`]: address,
    [`${prefix}__credential`]: 'managedidentity',
    [`${prefix}__clientId`]: clientId,
  });
  return {
    ...connection('AzureWebJobsStorage', 'blobServiceUri', hostStorage),
    ...(consumers.length > 0 && connection('ServiceBusConnection', 'fullyQualifiedNamespace', bus)),
    ...(feeds.length > 0 && connection('CosmosDbConnection', 'accountEndpoint', cosmos)),
    // Without it the host takes the pod's name: every pod would hold a lease of its own, and a timer would run in each of them.
    AzureFunctionsWebHost__hostid: hostId(name),
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${clientId};Authorization=AAD`,
  };
}

/** 32 characters at most, as the host has it. */
const hostId = (name: Service['name']): string => `boxoffice-${name}`;
