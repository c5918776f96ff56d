import { Chance, Clock, Ids } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Door } from './door';
import type { Segment } from './move';
import { DoorWatch, StockRecords } from './ports';
import { SnapshotMaker } from './snapshot-maker';
import type { Decide } from './visitors';

// An idle event's copy costs memory alone: reading it again costs a few round trips.
const mostOpen = 1000;

/** The doors of the events that this process has to do with; those not used for longest are closed again. */
@injectable()
export class Doors {
  readonly open = new Map<string, Door>();
  /** Called after each commit of this process. */
  afterCommit: ((eventId: string) => void) | undefined;

  constructor(
    @inject(StockRecords) private readonly records: StockRecords,
    @inject(DoorWatch) private readonly watch: DoorWatch,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
    @inject(Chance) private readonly chance: Chance,
  ) {}

  ask<T>(eventId: string, decide: Decide<T>): Promise<T> {
    return this.doorOf(eventId).ask(decide);
  }

  /** What a recent commit did, where this process remembers it. */
  recentSegment(eventId: string, epoch: number, sequence: number): Segment | undefined {
    return this.open.get(eventId)?.copy.stock.segmentAt(epoch, sequence);
  }

  private doorOf(eventId: string): Door {
    let door = this.open.get(eventId);
    if (door) this.open.delete(eventId);
    else door = this.newDoor(eventId);
    this.open.set(eventId, door); // last in order: most recently used
    if (this.open.size > mostOpen) this.closeOne();
    return door;
  }

  private newDoor(eventId: string): Door {
    const { records, watch, clock, ids, chance } = this;
    const door = new Door(eventId, { records, watch, clock, ids, chance });
    const maker = new SnapshotMaker(eventId, door, { records, watch, clock, ids });
    door.afterCommit = () => {
      maker.considerOne({ whileBuyersWait: true });
      this.afterCommit?.(eventId);
    };
    // Where nothing is there to remember: ids that anyone may invent must not fill the memory.
    door.afterLast = () => {
      maker.considerOne({ whileBuyersWait: false });
      if (door.copy.stock.sequence === 0) this.forget(eventId, door);
    };
    return door;
  }

  private closeOne(): void {
    for (const [eventId, door] of this.open) {
      if (!door.isIdle) continue;
      this.forget(eventId, door);
      break;
    }
  }

  private forget(eventId: string, door: Door): void {
    if (this.open.get(eventId) === door) this.open.delete(eventId);
  }
}
