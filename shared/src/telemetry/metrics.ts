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

/** Counters and measurements since the start of the process, and their text for Prometheus. */
export class Metrics {
  private readonly counters = new Map<string, Counter>();
  private readonly histograms = new Map<string, Histogram>();

  count(name: string, value: number, facts: Facts | undefined): void {
    const series = this.seriesOf(this.counters, name, facts, (labels) => ({ name, labels, value: 0 }));
    series.value += value;
  }

  measure(name: string, value: number, facts: Facts | undefined): void {
    const empty = () => new Array<number>(bounds.length).fill(0);
    const series = this.seriesOf(this.histograms, name, facts, (labels) => ({
      name,
      labels,
      count: 0,
      sum: 0,
      buckets: empty(),
    }));
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
    for (const [name, all] of byName(this.counters)) {
      lines.push(`# TYPE ${name}_total counter`);
      for (const { labels, value } of all) lines.push(`${name}_total${braces(labels)} ${value}`);
    }
    for (const [name, all] of byName(this.histograms)) {
      lines.push(`# TYPE ${name} histogram`);
      for (const histogram of all) lines.push(...histogramLines(name, histogram));
    }
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }

  private seriesOf<S extends Series>(
    kept: Map<string, S>,
    name: string,
    facts: Facts | undefined,
    make: (labels: string) => S,
  ): S {
    let key = name;
    if (facts !== undefined) for (const fact in facts) key += `\n${fact}=${facts[fact]}`;
    const known = kept.get(key);
    if (known) return known;
    const full = kept.size >= mostSeries;
    const series = kept.get(full ? name : key) ?? make(full || facts === undefined ? '' : labelsOf(facts));
    kept.set(full ? name : key, series);
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
