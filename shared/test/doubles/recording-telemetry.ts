import type { Facts, Log, Telemetry } from '../../src/telemetry';

export interface Line {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly error?: unknown;
  readonly facts: Facts;
}

export interface Span {
  readonly name: string;
  readonly facts: Facts;
  readonly traceparent: string | undefined;
}

/** Telemetry that remembers what it was told. */
export class RecordingTelemetry implements Telemetry {
  readonly lines: Line[] = [];
  readonly spans: Span[] = [];
  /** Sums of counters, and the latest of each measurement; facts are part of the name: `orders.moved state=paid`. */
  readonly counts: Record<string, number> = {};
  readonly measures: Record<string, number> = {};
  readonly log: Log = this.logWith({});

  count(name: string, value = 1, facts: Facts = {}): void {
    const series = seriesOf(name, facts);
    this.counts[series] = (this.counts[series] ?? 0) + value;
  }

  measure(name: string, value: number, facts: Facts = {}): void {
    this.measures[seriesOf(name, facts)] = value;
  }

  async span<T>(name: string, facts: Facts, work: () => Promise<T>, traceparent?: string): Promise<T> {
    this.spans.push({ name, facts, traceparent });
    return work();
  }

  traceparent(): string | undefined {
    return undefined;
  }

  private logWith(carried: Facts): Log {
    const line =
      (level: Line['level']) =>
      (message: string, facts: Facts = {}): void => {
        this.lines.push({ level, message, facts: { ...carried, ...facts } });
      };
    return {
      debug: line('debug'),
      info: line('info'),
      warn: line('warn'),
      error: (message, error, facts = {}) => {
        this.lines.push({ level: 'error', message, error, facts: { ...carried, ...facts } });
      },
      with: (facts) => this.logWith({ ...carried, ...facts }),
    };
  }
}

const seriesOf = (name: string, facts: Facts): string =>
  [name, ...Object.entries(facts).map(([fact, value]) => `${fact}=${String(value)}`)].join(' ');
