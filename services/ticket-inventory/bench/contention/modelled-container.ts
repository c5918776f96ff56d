import {
  checkLimits,
  DocumentFault,
  isDocumentFault,
  type Changes,
  type Container,
  type ContainerSpec,
  type Operation,
  type Range,
  type Stored,
} from '@boxoffice/shared/documents';
import { StoredContainer, toStored, type Kept, type Random } from '@boxoffice/shared/platform/simulated';
import {
  deleteCharge,
  insertCharge,
  queryCharge,
  readCharge,
  refusalCharge,
  replaceCharge,
} from '../../../../shared/test/doubles/cosmos/charges';
import { Throughput } from './throughput';
import type { VirtualTime } from './virtual-time';

const roundTripMilliseconds = 5;
const jitter = 0.2;
/** How often the SDK waits as a 429 bids, before its caller hears of it: as in platform/azure. */
const throttledTries = 3;

/**
 * Cosmos DB as one partition of it is met: each call takes a round trip of 5 ms ± 20 % whatever its size, costs what Microsoft
 * publishes, and is refused while the partition has spent more than it may. Documents are kept as in the simulation.
 */
export class ModelledContainer implements Container {
  readonly name: string;
  readonly throughput: Throughput;
  private readonly documents: StoredContainer;

  constructor(
    spec: ContainerSpec,
    private readonly time: VirtualTime,
    private readonly random: Random,
    unitsPerSecond: number,
  ) {
    this.name = spec.name;
    this.documents = new StoredContainer(spec, time.schedule);
    this.throughput = new Throughput(unitsPerSecond, () => time.milliseconds);
  }

  read<Body extends object>(partition: string, id: string): Promise<Stored<Body> | undefined> {
    return this.call(() => {
      const kept = this.documents.read(partition, id);
      this.throughput.charge(kept ? readCharge(sizeOf(kept)) : refusalCharge);
      return kept && toStored<Body>(kept);
    });
  }

  list<Body extends object>(partition: string, range: Range = {}): Promise<readonly Stored<Body>[]> {
    return this.call(() => {
      const found = this.documents.list(partition, range);
      this.throughput.charge(queryCharge(found.map(sizeOf)));
      return found.map((kept) => toStored<Body>(kept));
    });
  }

  async write(partition: string, operations: readonly Operation[]): Promise<readonly (string | undefined)[]> {
    checkLimits(operations);
    const texts = operations.map((operation) => ('body' in operation ? JSON.stringify(operation.body) : ''));
    return this.call(() => {
      const before = operations.map(({ id }) => this.documents.read(partition, id));
      const etags = this.documents.write(partition, operations, texts);
      const after = operations.map(({ id }) => this.documents.read(partition, id));
      for (const at of operations.keys()) this.throughput.charge(writeCharge(before[at], after[at]));
      return etags;
    });
  }

  changes(): Promise<Changes> {
    throw new Error('nobody follows the changes of a model');
  }

  /** There and back again, as often as it is told to wait. What is refused for another reason has cost a look. */
  private async call<T>(effect: () => T): Promise<T> {
    for (let tries = 0; ; tries++) {
      await this.oneWay();
      const wait = this.throughput.wait();
      if (wait === 0) return this.answer(effect);
      await this.oneWay();
      if (tries === throttledTries) throw new DocumentFault('TooManyRequests', this.name, wait);
      await this.time.sleep(wait);
    }
  }

  private async answer<T>(effect: () => T): Promise<T> {
    try {
      return effect();
    } catch (error) {
      if (isDocumentFault(error)) this.throughput.charge(refusalCharge);
      throw error;
    } finally {
      await this.oneWay();
    }
  }

  private oneWay(): Promise<void> {
    return this.time.sleep((roundTripMilliseconds / 2) * (1 - jitter + 2 * jitter * this.random.next()));
  }
}

const sizeOf = ({ partition, id, text = '' }: Kept): number =>
  Buffer.byteLength(text) + JSON.stringify({ id, partition, body: 0 }).length;

function writeCharge(before: Kept | undefined, after: Kept | undefined): number {
  if (!after) return deleteCharge(before ? sizeOf(before) : 0);
  return before ? replaceCharge(sizeOf(before), sizeOf(after)) : insertCharge(sizeOf(after));
}
