import { batchLimits, type Operation } from './container';
import { DocumentFault } from './faults';

/** What Cosmos DB would refuse before it looks at any document; embedded and simulated refuse the same. */
export function checkLimits(operations: readonly Operation[]): void {
  if (operations.length === 0) throw new DocumentFault('BadRequest', 'a batch without operations');
  if (operations.length > batchLimits.operations)
    throw new DocumentFault(
      'TooLarge',
      `${operations.length} operations in a batch, ${batchLimits.operations} at most`,
    );
  for (const { id } of operations) {
    if (id.length === 0 || id.length > 255 || /[/\\?#]/.test(id))
      throw new DocumentFault('BadRequest', `not an id: ${id}`);
  }
}

export function checkSize(bytes: number): void {
  if (bytes > batchLimits.bytes)
    throw new DocumentFault('TooLarge', `${bytes} bytes in a batch, ${batchLimits.bytes} at most`);
}
