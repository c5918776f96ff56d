import type { Container, SqlQuerySpec } from '@azure/cosmos' with { 'resolution-mode': 'import' };
import type { Range, Stored } from '../../../documents';
import { storedFrom, type CosmosDocument } from './document';

export async function readItem(
  container: Container,
  partition: string,
  id: string,
  abortSignal: AbortSignal,
): Promise<Stored | undefined> {
  const response = await container.item(id, partition).read<CosmosDocument>({ abortSignal });
  if (response.resource !== undefined) return storedFrom(response.resource);
  // The SDK gives every 404 as an absent document; only without a substatus is it one.
  if (response.substatus)
    throw Object.assign(new Error(`read ${id}: 404/${response.substatus}`), { code: 404 });
  return undefined;
}

export async function listItems(
  container: Container,
  partition: string,
  range: Range,
  abortSignal: AbortSignal,
): Promise<Stored[]> {
  const { limit = 100 } = range;
  const found: Stored[] = [];
  if (limit < 1) return found;
  const pages = container.items.query<CosmosDocument>(query(range), {
    partitionKey: partition,
    maxItemCount: limit,
    abortSignal,
  });
  // A page may come short, or empty, long before the last one.
  while (found.length < limit && pages.hasMoreResults()) {
    const { resources } = await pages.fetchNext();
    for (const document of resources.slice(0, limit - found.length)) found.push(storedFrom(document));
  }
  return found;
}

function query({ from, to }: Range): SqlQuerySpec {
  const bounds: string[] = [];
  const parameters: { name: string; value: string }[] = [];
  if (from !== undefined) {
    bounds.push('c.id >= @from');
    parameters.push({ name: '@from', value: from });
  }
  if (to !== undefined) {
    bounds.push('c.id < @to');
    parameters.push({ name: '@to', value: to });
  }
  const where = bounds.length === 0 ? '' : ` WHERE ${bounds.join(' AND ')}`;
  return { query: `SELECT * FROM c${where} ORDER BY c.id`, parameters };
}
