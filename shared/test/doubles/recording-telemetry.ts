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
  readonly log: Log = this.logWith({});

  count(): void {
    // Nobody asks this double for counters.
  }

  measure(): void {
    // Nor for measurements.
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
