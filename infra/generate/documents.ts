import type { ContainerSpec } from '@boxoffice/shared/documents';
import type { Service } from '@boxoffice/shared/platform';

/** As Cosmos DB wants it. `defaultTtl` -1: documents stay, unless they carry a ttl of their own; null: none may. */
interface Container {
  readonly name: string;
  readonly partitionKey: string;
  readonly defaultTtl: -1 | null;
  readonly unindexed: readonly { readonly path: string }[];
}

/** Where the host keeps how far the feeds of a service have come; its trigger asks for this partition key. */
const leases: Container = { name: 'leases', partitionKey: '/id', defaultTtl: null, unindexed: [] };

/** A database for each service that keeps documents, by the service's name, and the containers of all in one list. */
export function documents(services: readonly Service[]) {
  const owners = services.filter(({ containers }) => containers.length > 0);
  return {
    databases: owners.map(({ name }) => name),
    containers: owners.flatMap(({ name: database, containers, feeds }) =>
      [...containers.map(described), ...(feeds.length > 0 ? [leases] : [])].map((container) => ({
        database,
        ...container,
      })),
    ),
  };
}

/** Every query is by id within a partition: an index over bodies would cost on every write. */
const described = ({ name, ttl }: ContainerSpec): Container => ({
  name,
  partitionKey: '/partition',
  defaultTtl: ttl ? -1 : null,
  unindexed: [{ path: '/body/*' }],
});
