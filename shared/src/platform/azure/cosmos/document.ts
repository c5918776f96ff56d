import type { Stored } from '../../../documents';

/** As it lies in Cosmos DB. What a service keeps is in `body`, apart from the members that the store reads or adds itself. */
export interface CosmosDocument {
  readonly id: string;
  readonly partition: string;
  readonly ttl?: number;
  readonly body: object;
  readonly _etag: string;
}

/** A document from the change feed, a query or a read → what the port promises. */
export function storedFrom(document: unknown): Stored {
  if (!isCosmosDocument(document))
    throw new TypeError('not a document of ours: id, partition, body or _etag is missing');
  const { id, partition, body, _etag: etag } = document;
  return { partition, id, etag, body: body as Record<string, unknown> };
}

function isCosmosDocument(value: unknown): value is CosmosDocument {
  if (typeof value !== 'object' || value === null) return false;
  const { id, partition, body, _etag: etag } = value as Record<string, unknown>;
  return (
    [id, partition, etag].every((text) => typeof text === 'string') &&
    typeof body === 'object' &&
    body !== null
  );
}
