import type { Outcome } from './run';

/** Sums up many runs: what they met, and which of them broke a promise. */
export class Report {
  readonly broken: Outcome[] = [];
  private readonly tallies = new Map<string, { times: number; runs: number }>();
  runs = 0;
  private events = 0;

  add(outcome: Outcome): void {
    this.runs++;
    this.events += outcome.events;
    for (const [what, times] of outcome.tallies) {
      const before = this.tallies.get(what) ?? { times: 0, runs: 0 };
      this.tallies.set(what, { times: before.times + times, runs: before.runs + 1 });
    }
    if (outcome.violations.length > 0) this.broken.push(outcome);
  }

  times(what: string): number {
    return this.tallies.get(what)?.times ?? 0;
  }

  lines(seconds: number): readonly string[] {
    const widest = Math.max(...[...this.tallies.keys()].map((what) => what.length), 10);
    return [
      `${'what happened'.padEnd(widest)}  ${'times'.padStart(8)}  ${'in runs'.padStart(8)}`,
      ...[...this.tallies]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(
          ([what, { times, runs }]) =>
            `${what.padEnd(widest)}  ${String(times).padStart(8)}  ${String(runs).padStart(8)}`,
        ),
      '',
      `${this.runs} runs, ${this.events} events in ${seconds.toFixed(1)} s (${Math.round(this.events / seconds)} a second)`,
      ...this.broken.flatMap(({ seed, violations }) => [
        '',
        `seed ${seed} broke a promise; replay it with: npm run simulate -- --seed ${seed}`,
        ...violations.map((violation) => `  ${violation}`),
      ]),
      `${this.broken.length} runs with a broken promise`,
    ];
  }
}
