import { fromMilliseconds, toMilliseconds, type Clock, type Instant } from '@boxoffice/shared/kernel';
import { noon } from './season';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Stands still until a test lets it run; then everybody wakes in order, and what they begin has time to end before the next does. */
export class StepClock implements Clock {
  private sleepers: Sleeper[] = [];
  private milliseconds = toMilliseconds(noon);

  now = (): Instant => fromMilliseconds(this.milliseconds);
  sleep = (milliseconds: number): Promise<void> =>
    new Promise((wake) => {
      this.sleepers.push({ until: this.milliseconds + milliseconds, wake });
    });

  get asleep(): number {
    return this.sleepers.length;
  }

  /** While it is not looked at by anyone. */
  set(time: Instant): void {
    this.milliseconds = toMilliseconds(time);
  }

  async run(milliseconds: number): Promise<void> {
    const end = this.milliseconds + milliseconds;
    await settled();
    for (;;) {
      const next = Math.min(...this.sleepers.map(({ until }) => until));
      if (next > end) break;
      this.milliseconds = Math.max(this.milliseconds, next);
      const due = this.sleepers.filter(({ until }) => until <= next);
      this.sleepers = this.sleepers.filter(({ until }) => until > next);
      for (const { wake } of due) wake();
      await settled();
    }
    this.milliseconds = end;
  }
}

/** Resolves once what needs no time has been done: calls of a store in memory take a few turns of the event loop. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await new Promise((resolve) => setImmediate(resolve));
}
