import type { Outcome } from './run';

interface Tally {
  readonly times: number;
  readonly runs: number;
}

const faultPrefix = 'fault: ';

/** Sums up many runs: what they met, and which of them broke a promise. */
export class Report {
  readonly broken: Outcome[] = [];
  private readonly tallies = new Map<string, Tally>();
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
    const injected = this.rows(true);
    const count = injected.reduce((sum, [, { times }]) => sum + times, 0);
    return [
      ...table('what went wrong', injected),
      '',
      ...table('what happened', this.rows(false)),
      '',
      `${this.runs} runs, ${this.events} events, ${count} faults in ${seconds.toFixed(1)} s (${Math.round(this.events / seconds)} a second)`,
      ...this.broken.flatMap((outcome) => [
        '',
        `seed ${outcome.seed} broke a promise; replay it with: npm run simulate -- ${replay(outcome)}`,
        ...outcome.violations.map((violation) => `  ${violation}`),
      ]),
      `${this.broken.length} runs with a broken promise`,
    ];
  }

  private rows(injected: boolean): [string, Tally][] {
    return [...this.tallies]
      .filter(([what]) => what.startsWith(faultPrefix) === injected)
      .map(([what, tally]): [string, Tally] => [injected ? what.slice(faultPrefix.length) : what, tally])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

function table(title: string, rows: readonly [string, Tally][]): readonly string[] {
  const widest = Math.max(title.length, ...rows.map(([what]) => what.length));
  const row = (what: string, times: string, runs: string): string =>
    `${what.padEnd(widest)}  ${times.padStart(8)}  ${runs.padStart(8)}`;
  return [
    row(title, 'times', 'in runs'),
    ...rows.map(([what, { times, runs }]) => row(what, String(times), String(runs))),
  ];
}

const replay = ({ seed, mishap }: Outcome): string =>
  mishap === undefined || mishap === 'none'
    ? `--seed ${seed}`
    : `--seed ${seed} --mishap ${mishap.fate}@${mishap.at}`;
