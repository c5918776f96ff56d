import type { Container, OperationInput, OperationResponse } from '@azure/cosmos' with {
  'resolution-mode': 'import',
};
import {
  checkLimits,
  checkSize,
  DocumentFault,
  type ContainerSpec,
  type Operation,
} from '../../../documents';
import { faultOf } from './faults';

export interface Batch {
  readonly partition: string;
  readonly operations: readonly Operation[];
  readonly inputs: OperationInput[];
}

/** Operations of the port → a transactional batch. Throws what Cosmos DB would refuse unseen. */
export function toBatch(spec: ContainerSpec, partition: string, operations: readonly Operation[]): Batch {
  checkLimits(operations);
  let bytes = 0;
  const inputs = operations.map((operation): OperationInput => {
    const { id } = operation;
    if (operation.kind === 'delete') {
      // The SDK sends the member on, though its type does not name it.
      const fence: object = operation.ifMatch === undefined ? {} : { ifMatch: operation.ifMatch };
      return { operationType: 'Delete', id, ...fence };
    }
    // A container made without TTL stores the member and never acts on it.
    if (operation.ttl !== undefined && !spec.ttl)
      throw new DocumentFault('BadRequest', `${spec.name} is not declared with ttl`);
    const text = JSON.stringify(operation.body);
    bytes += Buffer.byteLength(text);
    // Read back: what the caller changes in the body after handing it over is not written.
    const body = JSON.parse(text) as Json;
    const ttl: Json = operation.ttl === undefined ? {} : { ttl: operation.ttl };
    const resourceBody = { id, partition, body, ...ttl };
    switch (operation.kind) {
      case 'create':
        return { operationType: 'Create', resourceBody };
      case 'upsert':
        return { operationType: 'Upsert', resourceBody };
      case 'replace':
        return { operationType: 'Replace', id, ifMatch: operation.ifMatch, resourceBody };
    }
  });
  checkSize(bytes);
  return { partition, operations, inputs };
}

type Json = Extract<OperationInput, { operationType: 'Create' }>['resourceBody'];

/** All or nothing; answers the new etags. A single operation goes this way too: one path, one set of faults, no body back. */
export async function writeBatch(
  container: Container,
  batch: Batch,
  abortSignal: AbortSignal,
): Promise<(string | undefined)[]> {
  const options = { contentResponseOnWriteEnabled: false, abortSignal };
  const { result } = await container.items.batch(batch.inputs, batch.partition, options);
  const results = result ?? [];
  const at = results.findIndex(({ statusCode }) => statusCode >= 400 && statusCode !== 424); // 424: for another's sake
  if (at >= 0) throw refusal(batch, at, results[at] as Refused);
  return batch.operations.map(({ kind }, place) => (kind === 'delete' ? undefined : results[place]?.eTag));
}

type Refused = OperationResponse & { readonly retryAfterMilliseconds?: number };

function refusal(batch: Batch, at: number, { statusCode, retryAfterMilliseconds }: Refused): unknown {
  const operation = batch.operations[at];
  const detail = `${operation?.kind ?? ''} ${operation?.id ?? ''}, operation ${at + 1} of ${batch.operations.length}`;
  return (
    faultOf(statusCode, detail, { fenced: isFenced(batch), retryAfterMilliseconds }) ??
    new Error(`Cosmos DB answered ${statusCode}: ${detail}`)
  );
}

export const isFenced = ({ operations }: Batch): boolean => operations.some((one) => 'ifMatch' in one);
