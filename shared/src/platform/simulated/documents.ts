import {
  checkLimits,
  DocumentFault,
  type Changes,
  type Container,
  type ContainerSpec,
  type Operation,
  type Range,
} from '../../documents';
import type { CallFaults, Process, Surroundings } from './process';
import { longestLag, toStored, type Kept, type StoredContainer } from './stored-container';

/** Of the conditional writes in a storm. */
const fury = 0.95;

/** One process's way to a container: the session consistency of Cosmos DB, and its faults. */
export function containerFor(process: Process, spec: ContainerSpec, store: StoredContainer): Container {
  const { around } = process;
  const busy = (): Error | undefined => {
    if (!around.random.chance(around.faults.tooManyRequests)) return undefined;
    around.fault('document 429');
    return new DocumentFault('TooManyRequests', spec.name, around.random.between([1, 500]));
  };
  const reading: CallFaults = { refusal: busy };
  const view = sessionView(around);

  return {
    name: spec.name,
    read: async <Body extends object>(partition: string, id: string) => {
      const effect = (): Kept | undefined => store.read(partition, id, view.asOf(partition));
      const kept = await process.call(`${spec.name}: read ${partition}/${id}`, effect, reading);
      return kept && toStored<Body>(kept);
    },
    list: async <Body extends object>(partition: string, range: Range = {}) => {
      const effect = (): Kept[] => store.list(partition, range, view.asOf(partition));
      const kept = await process.call(
        `${spec.name}: list ${partition} ${range.from ?? ''}…${range.to ?? ''}`,
        effect,
        reading,
      );
      return kept.map((one) => toStored<Body>(one));
    },
    write: async (partition, operations) => {
      checkLimits(operations);
      // Serialised when it is handed over: what the caller changes afterwards is not written.
      const texts = operations.map((operation) =>
        'body' in operation ? JSON.stringify(operation.body) : '',
      );
      const effect = (): (string | undefined)[] => {
        // A refusal carries the session's token as well as a success does.
        view.caughtUp(partition);
        const etags = store.write(partition, operations, texts);
        around.rest.disturb();
        return etags;
      };
      return process.call(describe(spec, partition, operations), tallied(around, effect), {
        refusal: () => busy() ?? raced(around, store, operations),
        unheard: () => new DocumentFault('OutcomeUnknown', `no answer from ${spec.name}`),
      });
    },
    changes: async (continuation, limit): Promise<Changes> => {
      const read = await process.call(
        `${spec.name}: changes`,
        () => store.changes(continuation, limit),
        reading,
      );
      return {
        documents: byPartition(read.page, around).map((one) => toStored(one)),
        continuation: read.continuation,
      };
    },
  };
}

/**
 * A process may read from a replica that lags, but never sees less of a partition than it has seen or written before:
 * session consistency, which is what the accounts of Boxoffice are made with.
 */
function sessionView(around: Surroundings): {
  asOf(partition: string): number;
  caughtUp(partition: string): void;
} {
  const seen = new Map<string, number>();
  return {
    asOf(partition) {
      const { now } = around.schedule;
      const lagging = around.random.chance(around.faults.laggingRead);
      if (lagging) around.fault('read from a lagging replica');
      const asOf = lagging
        ? Math.max(seen.get(partition) ?? 0, now - around.random.between([1, longestLag]))
        : now;
      seen.set(partition, asOf);
      return asOf;
    },
    caughtUp: (partition) => seen.set(partition, around.schedule.now),
  };
}

/** 449 tells that two writes met inside the store, and asks for another try: to the caller it is a 412. */
function raced(
  { faults, random, schedule, fault }: Surroundings,
  store: StoredContainer,
  operations: readonly Operation[],
): Error | undefined {
  if (!operations.some((one) => 'ifMatch' in one)) return undefined;
  if (random.chance(faults.storm)) {
    fault('storm of 412');
    store.stormUntil = schedule.now + random.between(faults.stormFor);
  }
  const stormy = schedule.now < store.stormUntil;
  if (!random.chance(stormy ? fury : faults.retryWith)) return undefined;
  fault(stormy ? 'document 412 in a storm' : 'document 449');
  return new DocumentFault('PreconditionFailed', '449, retry with another read');
}

function tallied<T>(around: Surroundings, effect: () => T): () => T {
  return () => {
    try {
      return effect();
    } catch (error) {
      if (error instanceof DocumentFault) around.tally(`document ${error.reason}`);
      throw error;
    }
  };
}

const describe = (spec: ContainerSpec, partition: string, operations: readonly Operation[]): string =>
  `${spec.name}: write ${partition}: ${operations.map((one) => `${one.kind} ${one.id}`).join(', ')}`;

/** Cosmos DB keeps the order of changes within a partition only. */
function byPartition(page: readonly Kept[], around: Surroundings): Kept[] {
  const partitions = Map.groupBy(page, (kept) => kept.partition);
  const turns = around.random.shuffled(page.map((kept) => kept.partition));
  return turns.map((partition) => partitions.get(partition)?.shift() as Kept);
}
