import type { Container as CosmosContainer } from '@azure/cosmos' with { 'resolution-mode': 'import' };
import type { Container, ContainerSpec, Range, Stored } from '../../../documents';
import { isDocumentFault } from '../../../documents';
import { noting, type Answer } from './answers';
import { ChangeReader } from './changes';
import { cosmosClient } from './client';
import { faultOf } from './faults';
import { listItems, readItem } from './reading';
import { callMilliseconds, type CosmosSettings } from './settings';
import { isFenced, toBatch, writeBatch } from './writing';

/** A container that exists; see createContainers. The SDK loads and connects at the first call. */
export function cosmosContainer(settings: CosmosSettings, spec: ContainerSpec): Container {
  const { name } = spec;
  const changeReader = new ChangeReader();
  const opened = async (): Promise<CosmosContainer> =>
    (await cosmosClient(settings)).database(settings.database).container(name);

  /** One call to the SDK, within its deadline, its failure told in the words of the port. */
  async function calling<T>(
    what: string,
    kind: Kind,
    call: (container: CosmosContainer, within: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const answer: Answer = {};
    const within = AbortSignal.timeout(callMilliseconds(settings));
    try {
      return await noting(answer, kind !== 'read', async () => call(await opened(), within));
    } catch (error) {
      throw isDocumentFault(error) ? error : told(error, answer, `${name}: ${what}`, kind);
    }
  }

  return {
    name,
    read: <Body extends object>(partition: string, id: string) =>
      calling(`read ${id}`, 'read', (container, within) =>
        readItem(container, partition, id, within),
      ) as Promise<Stored<Body> | undefined>,
    write: async (partition, operations) => {
      const batch = toBatch(spec, partition, operations);
      const kind = isFenced(batch) ? 'fenced write' : 'write';
      return calling(`write to ${partition}`, kind, (container, within) =>
        writeBatch(container, batch, within),
      );
    },
    list: <Body extends object>(partition: string, range: Range = {}) =>
      calling(`list ${partition}`, 'read', (container, within) =>
        listItems(container, partition, range, within),
      ) as Promise<Stored<Body>[]>,
    changes: (continuation, limit) =>
      calling('changes', 'read', (container) => changeReader.page(container, continuation, limit)),
  };
}

type Kind = 'read' | 'write' | 'fenced write';

function told(error: unknown, answer: Answer, what: string, kind: Kind): unknown {
  const answered = answer.status !== undefined && answer.status >= 400;
  if (!answered && answer.status !== undefined) return error; // all was well on the wire: the fault is nearer
  // A batch tells of its operations one by one. A 404 of the whole, like 1003, is the container's.
  const missing = answer.status === 404 && answer.substatus !== 1002;
  if (missing) return new Error(`there is no such container on Cosmos DB. ${what}`, { cause: error });
  const detail = answered ? `${what}: ${answer.status}` : `${what}: no answer`;
  return (
    faultOf(answer.status, detail, { ...answer, fenced: kind === 'fenced write', cause: error }) ?? error
  );
}
