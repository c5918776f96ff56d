import type { Running } from '../service';

/**
 * Runs `round` again and again, never twice at once: after the milliseconds that it answers, or at once when it is woken.
 * `round` never rejects.
 */
export class Rounds implements Running {
  private open = true;
  private under = false;
  private again = false;
  private alarm: NodeJS.Timeout | undefined;
  private readonly whenIdle: (() => void)[] = [];

  constructor(private readonly round: () => Promise<number>) {
    this.wake();
  }

  readonly wake = (): void => {
    this.again = true;
    if (this.under || !this.open) return;
    this.again = false;
    this.under = true;
    clearTimeout(this.alarm);
    void this.round().then((rest) => {
      this.under = false;
      if (!this.open) this.tellIdle();
      else if (this.again) this.wake();
      else this.alarm = setTimeout(this.wake, rest).unref();
    });
  };

  stop(): Promise<void> {
    this.open = false;
    clearTimeout(this.alarm);
    const idle = new Promise<void>((resolve) => this.whenIdle.push(resolve));
    this.tellIdle();
    return idle;
  }

  private tellIdle(): void {
    if (this.under) return;
    for (const resolve of this.whenIdle.splice(0)) resolve();
  }
}
