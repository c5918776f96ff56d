import type { ContainerRequest } from '@azure/cosmos' with { 'resolution-mode': 'import' };
import type { ContainerSpec } from '../../../documents';
import { cosmosClient } from './client';
import type { CosmosSettings } from './settings';

/** Makes what is missing of a database and its containers. For emulators and tests: on Azure, Bicep does. */
export async function createContainers(
  settings: CosmosSettings,
  specs: readonly ContainerSpec[],
): Promise<void> {
  const client = await cosmosClient(settings);
  const { database } = await client.databases.createIfNotExists({ id: settings.database });
  for (const spec of specs) await database.containers.createIfNotExists(containerDefinition(spec));
}

/** The same shape as in infra/. */
export function containerDefinition(spec: ContainerSpec): ContainerRequest {
  return {
    id: spec.name,
    partitionKey: { paths: ['/partition'] },
    // -1: documents stay, unless they carry a ttl of their own.
    ...(spec.ttl && { defaultTtl: -1 }),
    // Every query is by id within a partition, and an index over bodies would cost on every write.
    indexingPolicy: {
      indexingMode: 'consistent',
      includedPaths: [{ path: '/*' }],
      excludedPaths: [{ path: '/body/*' }],
    },
  };
}
