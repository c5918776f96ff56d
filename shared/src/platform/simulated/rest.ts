import type { Random } from './random';
import type { CallOff, Schedule } from './schedule';

/** How long no store of a world has changed. Where nothing does, those who only look around may look less often. */
export class Rest {
  /** How often a store has changed so far. */
  disturbances = 0;
  private since: number;
  private readonly sleepers = new Set<() => void>();

  constructor(
    private readonly schedule: Schedule,
    private readonly random: Random,
  ) {
    this.since = schedule.now;
  }

  get seconds(): number {
    return (this.schedule.now - this.since) / 1000;
  }

  /** A store has changed. */
  disturb(): void {
    this.disturbances++;
    this.since = this.schedule.now;
    for (const rouse of this.sleepers) rouse();
  }

  /** Sleeps for `milliseconds`; once a store changes, for at most `roused` from then. `after` is the sleeper's own. */
  sleep(
    milliseconds: number,
    roused: number,
    after: (milliseconds: number, what: () => void) => CallOff,
  ): Promise<void> {
    return new Promise((resolve) => {
      const end = this.schedule.now + milliseconds;
      const callOff = after(milliseconds, () => {
        this.sleepers.delete(rouse);
        resolve();
      });
      const rouse = (): void => {
        this.sleepers.delete(rouse);
        callOff();
        after(Math.min(end - this.schedule.now, this.random.between([0, roused])), resolve);
      };
      if (milliseconds > roused) this.sleepers.add(rouse);
    });
  }
}
