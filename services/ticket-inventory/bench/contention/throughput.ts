const burstSeconds = 0.1;

/**
 * The request units that a partition may spend: so many a second, a tenth of a second's worth at once. What is asked for is done as
 * long as there is anything left, and may leave a debt; until that is paid, everybody is refused.
 */
export class Throughput {
  spent = 0;
  refused = 0;
  private left: number;
  private asOf = 0;

  constructor(
    private readonly unitsPerSecond: number,
    private readonly milliseconds: () => number,
  ) {
    this.left = unitsPerSecond * burstSeconds;
  }

  /** Milliseconds until someone is served again; 0: now. */
  wait(): number {
    const now = this.milliseconds();
    const earned = ((now - this.asOf) / 1000) * this.unitsPerSecond;
    this.left = Math.min(this.unitsPerSecond * burstSeconds, this.left + earned);
    this.asOf = now;
    if (this.left > 0) return 0;
    this.refused++;
    return 1 + (-this.left / this.unitsPerSecond) * 1000;
  }

  charge(units: number): void {
    this.spent += units;
    this.left -= units;
  }
}
