import { setTimeout as wait } from 'node:timers/promises';
import { fromMilliseconds, inMilliseconds, type Clock, type Duration } from '@boxoffice/shared/kernel';

/** Goes as the machine's does, but can be moved ahead. */
export class MovableClock implements Clock {
  private ahead = 0;

  readonly milliseconds = (): number => Date.now() + this.ahead;
  readonly now = () => fromMilliseconds(this.milliseconds());

  /** Whoever sleeps does so by the machine's clock: what is under way is not hurried. */
  readonly sleep = async (milliseconds: number): Promise<void> =>
    wait(milliseconds, undefined, { ref: false });

  move(length: Duration): void {
    this.ahead += inMilliseconds(length);
  }
}
