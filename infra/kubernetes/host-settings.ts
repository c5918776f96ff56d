import type { ServiceName } from '@boxoffice/shared/contracts';
import type { Environment } from './settings';
import { needsOf } from './workloads';

/**
 * What the Functions host itself reads: the same as in a Function App. `managedidentity` asks for the pod's token too, once the
 * cluster has put AZURE_FEDERATED_TOKEN_FILE there.
 */
export function hostSettings(
  name: ServiceName,
  environment: Environment & { readonly clientId: string; readonly hostStorage: string },
): Readonly<Record<string, string>> {
  const { clientId, hostStorage } = environment;
  const needs = needsOf(name);
  const connection = (
    prefix: string,
    member: string,
    address: string | undefined,
  ): Record<string, string> => ({
    [`${prefix}__${member}`]: address ?? '',
    [`${prefix}__credential`]: 'managedidentity',
    [`${prefix}__clientId`]: clientId,
  });
  return {
    ...connection('AzureWebJobsStorage', 'blobServiceUri', hostStorage),
    ...(needs.includes('bus') &&
      connection('ServiceBusConnection', 'fullyQualifiedNamespace', environment['SERVICE_BUS_NAMESPACE'])),
    ...(needs.includes('documents') &&
      connection('CosmosDbConnection', 'accountEndpoint', environment['COSMOS_ENDPOINT'])),
    // Without it the host takes the pod's name: every pod would hold a lease of its own, and a timer would run in each of them.
    AzureFunctionsWebHost__hostid: hostId(name),
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${clientId};Authorization=AAD`,
  };
}

/** 32 characters at most: the host cuts off what is longer. */
const hostId = (name: ServiceName): string => `boxoffice-${name}`;
