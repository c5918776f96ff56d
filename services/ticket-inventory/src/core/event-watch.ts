import { toMilliseconds, type Clock } from '@boxoffice/shared/kernel';
import type { Availability, FindAvailability } from './availability';
import type { ListenerTally } from './ports';

export const watchRhythm = {
  /** Between two looks for what others have committed, what fell due and which sales opened or closed. */
  lookMilliseconds: 500,
  /** After each look, whatever happens meanwhile: in a rush only the newest state is told, a few times a second. */
  restMilliseconds: 200,
  /** What has not changed for so long is told again, so that nobody on the way takes the silence for a broken line. */
  silenceMilliseconds: 15_000,
  /** Listeners told in one go, before whatever else waits has its turn. */
  atOnce: 500,
} as const;

export interface WatchNeeds {
  readonly availability: FindAvailability;
  readonly tally: ListenerTally;
  readonly clock: Clock;
}

/** Called when there is something to be told, or may be. */
export type Bell = () => void;

/**
 * One event, watched for all its listeners together: one small read, now and then and whenever this process commits, serves
 * them all. It begins with the first of them, and is over with the last.
 */
export class EventWatch {
  private readonly bells = new Set<Bell>();
  private known: string;
  private toldAt: number;
  private looking = false;
  private lookAgain = false;
  private failing = false;

  constructor(
    private readonly eventId: string,
    /** Another object whenever there is something to be told. */
    public latest: Availability,
    private readonly needs: WatchNeeds,
  ) {
    this.known = JSON.stringify(latest);
    this.toldAt = this.now();
  }

  get isOver(): boolean {
    return this.bells.size === 0;
  }

  /** Not once it is over. */
  join(bell: Bell): void {
    this.bells.add(bell);
    if (this.bells.size === 1) void this.keepLooking();
  }

  leave(bell: Bell): void {
    this.bells.delete(bell);
  }

  /** Looks, and tells what has changed. Who asks while that is under way has it done again after a rest. */
  async look(): Promise<void> {
    this.lookAgain = true;
    if (this.looking) return;
    this.looking = true;
    while (this.lookAgain && !this.isOver) {
      this.lookAgain = false;
      const seen = await this.seen();
      if (seen && JSON.stringify(seen) !== this.known) await this.tell(seen);
      await this.needs.clock.sleep(watchRhythm.restMilliseconds);
    }
    this.looking = false;
  }

  private async keepLooking(): Promise<void> {
    while (!this.isOver) {
      void this.look(); // not waited for: however slow the store is, silences end, and with them what has lasted long enough
      await this.needs.clock.sleep(watchRhythm.lookMilliseconds);
      if (this.now() - this.toldAt >= watchRhythm.silenceMilliseconds) await this.tell({ ...this.latest });
    }
  }

  private async seen(): Promise<Availability | undefined> {
    try {
      const seen = await this.needs.availability.look(this.eventId);
      this.failing = false;
      return seen;
    } catch (cause) {
      // It will be tried again soon; for as long as the store is away, one line of the log says so.
      if (!this.failing && !this.isOver) this.needs.tally.lookFailed(this.eventId, cause);
      this.failing = true;
      return undefined;
    }
  }

  private async tell(seen: Availability): Promise<void> {
    this.latest = seen;
    this.known = JSON.stringify(seen);
    this.toldAt = this.now();
    let told = 0;
    for (const bell of this.bells) {
      bell();
      if (++told % watchRhythm.atOnce === 0) await this.needs.clock.sleep(0);
    }
    this.needs.tally.told(told);
  }

  private now(): number {
    return toMilliseconds(this.needs.clock.now());
  }
}
