import type { Facts } from './log';

/** Milliseconds; 200 is what an API call is promised to stay under. */
const bounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const;
/** Series kept at most: whoever puts an id into a fact loses the detail, not the machine its memory. */
const mostSeries = 2000;

interface Series {
  readonly name: string;
  readonly labels: string;
}
interface Counter extends Series {
  value: number;
}
interface Histogram extends Series {
  count: number;
  sum: number;
  readonly buckets: number[];
}

interface Kept<S extends Series> {
  readonly all: Map<string, S>;
  readonly latest: WeakMap<Facts, S>;
}
const newCounter = (name: string, labels: string): Counter => ({ name, labels, value: 0 });
const newHistogram = (name: string, labels: string): Histogram => ({
  name,
  labels,
  count: 0,
  sum: 0,
  buckets: new Array<number>(bounds.length).fill(0),
});
const newKept = <S extends Series>(): Kept<S> => ({ all: new Map(), latest: new WeakMap() });

/** Counters and measurements since the start of the process, and their text for Prometheus. */
export class Metrics {
  private readonly counters = newKept<Counter>();
  private readonly histograms = newKept<Histogram>();

  count(name: string, value: number, facts: Facts | undefined): void {
    this.seriesOf(this.counters, name, facts, newCounter).value += value;
  }

  measure(name: string, value: number, facts: Facts | undefined): void {
    const series = this.seriesOf(this.histograms, name, facts, newHistogram);
    series.count++;
    series.sum += value;
    for (let i = 0; i < bounds.length; i++) {
      if (value > (bounds[i] ?? 0)) continue;
      series.buckets[i] = (series.buckets[i] ?? 0) + 1;
      break;
    }
  }

  /** The text format of Prometheus, version 0.0.4. */
  text(): string {
    const lines: string[] = [];
    for (const [name, all] of byName(this.counters.all)) {
      lines.push(`# TYPE ${name}_total counter`);
      for (const { labels, value } of all) lines.push(`${name}_total${braces(labels)} ${value}`);
    }
    for (const [name, all] of byName(this.histograms.all)) {
      lines.push(`# TYPE ${name} histogram`);
      for (const histogram of all) lines.push(...histogramLines(name, histogram));
    }
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }

  private seriesOf<S extends Series>(
    kept: Kept<S>,
    name: string,
    facts: Facts | undefined,
    make: (name: string, labels: string) => S,
  ): S {
    // Who counts often hands in the same facts each time.
    const latest = facts === undefined ? undefined : kept.latest.get(facts);
    if (latest?.name === name) return latest;
    const labels = facts === undefined ? '' : labelsOf(facts);
    const full = kept.all.size >= mostSeries;
    const series =
      kept.all.get(`${name}\n${labels}`) ??
      (full ? kept.all.get(name) : undefined) ??
      make(name, full ? '' : labels);
    kept.all.set(series.labels === labels ? `${name}\n${labels}` : name, series);
    if (facts !== undefined) kept.latest.set(facts, series);
    return series;
  }
}

function histogramLines(name: string, { labels, buckets, count, sum }: Histogram): string[] {
  const before = labels === '' ? '' : `${labels},`;
  let sofar = 0;
  const upTo = bounds.map((bound, i) => {
    sofar += buckets[i] ?? 0;
    return `${name}_bucket{${before}le="${bound}"} ${sofar}`;
  });
  return [
    ...upTo,
    `${name}_bucket{${before}le="+Inf"} ${count}`,
    `${name}_sum${braces(labels)} ${sum}`,
    `${name}_count${braces(labels)} ${count}`,
  ];
}

function byName<S extends Series>(all: ReadonlyMap<string, S>): [string, S[]][] {
  const groups = Map.groupBy(all.values(), (series) => plain(series.name));
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

function labelsOf(facts: Facts): string {
  const pairs = Object.entries(facts).filter(([, value]) => value !== undefined);
  return pairs.map(([name, value]) => `${plain(name)}="${escaped(String(value))}"`).join(',');
}

const braces = (labels: string): string => (labels === '' ? '' : `{${labels}}`);
const plain = (name: string): string => name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');
const escaped = (value: string): string => value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n');
