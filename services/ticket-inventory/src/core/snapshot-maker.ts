import { toMilliseconds } from '@boxoffice/shared/kernel';
import type { Door, DoorNeeds } from './door';
import { seatsNamedBy } from './hold';
import type { Memory } from './memory';
import type { SnapshotRef } from './ports';

/** Memories in one document, a seat that is held counting as half of one: at the largest about 0.4 MB. */
const chunkSize = 1000;
/** After each document the maker rests for so many times as long as it took: buyers' commits share the store with it. */
const restShare = 2;
/** What a new process may have to read after the snapshot, in moves, however few holds there are. */
const leastWorth = 2000;
const overdue = 10;

/**
 * Copies what an event's stock remembers now and then, so that a new process need not read its whole history. The list is taken at one
 * moment, and written while sales go on.
 */
export class SnapshotMaker {
  private making = false;

  constructor(
    private readonly eventId: string,
    private readonly door: Door,
    private readonly needs: Pick<DoorNeeds, 'records' | 'watch' | 'clock' | 'ids'>,
  ) {}

  /**
   * Once the holds and scans have doubled, or as much has happened to them: over time, two copies for each that was sold. While
   * buyers wait, only once it is overdue: it takes what the partition may spend from them.
   */
  considerOne({ whileBuyersWait }: { readonly whileBuyersWait: boolean }): void {
    const { stock } = this.door.copy;
    const worth = Math.max(leastWorth, stock.size / 2) * (whileBuyersWait ? overdue : 1);
    if (this.making || stock.unsnapped < worth) return;
    this.making = true;
    // Nobody waits for it, and one that failed leaves only documents that the next one sweeps away.
    void this.make()
      .catch((cause: unknown) => this.needs.watch.snapshotFailed(this.eventId, cause))
      .finally(() => {
        this.making = false;
      });
  }

  async make(): Promise<void> {
    const { records, clock, ids } = this.needs;
    const { stock } = this.door.copy;
    const { epoch, sequence } = stock;
    const name = { sequence, maker: ids.next() };
    let chunks = 0;
    for (const chunk of inChunks(stock.remembered())) {
      const began = toMilliseconds(clock.now());
      await records.keepSnapshot(this.eventId, epoch, name, chunks++, chunk);
      await clock.sleep(restShare * (toMilliseconds(clock.now()) - began));
    }
    const snapshot: SnapshotRef = { ...name, chunks };
    const adopted = await this.door.ask((draft) => draft.adopt(snapshot, epoch));
    if (adopted) await records.dropSnapshotsBefore(this.eventId, epoch, snapshot);
  }
}

function* inChunks(memories: Iterable<Memory>): Iterable<readonly Memory[]> {
  let chunk: Memory[] = [];
  let room = chunkSize;
  for (const memory of memories) {
    if (room <= 0) {
      yield chunk;
      chunk = [];
      room = chunkSize;
    }
    chunk.push(memory);
    room -= memory.kind === 'hold' ? 1 + seatsNamedBy(memory.hold.lines) / 2 : 1;
  }
  yield chunk;
}
