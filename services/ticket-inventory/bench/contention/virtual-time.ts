import { fromMilliseconds, toMilliseconds, type Clock, type Instant } from '@boxoffice/shared/kernel';
import { Schedule, type Random } from '@boxoffice/shared/platform/simulated';

const ticks = 1000;

/**
 * Time that passes while all wait, and not while anyone computes. The schedule of the simulation counts whole ticks: here
 * a tick is a microsecond, as a round trip is but a few milliseconds.
 */
export class VirtualTime implements Clock {
  readonly schedule: Schedule;

  constructor(
    random: Random,
    private readonly startsAt: Instant,
  ) {
    this.schedule = new Schedule(0, random);
  }

  /** Passed so far. */
  get milliseconds(): number {
    return this.schedule.now / ticks;
  }

  now = (): Instant => fromMilliseconds(toMilliseconds(this.startsAt) + Math.floor(this.milliseconds));

  sleep = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => this.schedule.after(milliseconds * ticks, resolve, true));
}
