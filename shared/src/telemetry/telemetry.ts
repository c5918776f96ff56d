import type { Facts, Log } from './log';

export interface Telemetry {
  readonly log: Log;
  /** Adds to a counter, e.g. `tickets.issued`. */
  count(name: string, value?: number, facts?: Facts): void;
  /** Records a measurement, e.g. `http.server.request.duration` in milliseconds. */
  measure(name: string, value: number, facts?: Facts): void;
  /** Runs `work` as a span of the trace at hand, or of `traceparent`; what it logs and publishes belongs to it. */
  span<T>(name: string, facts: Facts, work: () => Promise<T>, traceparent?: string): Promise<T>;
  /** The W3C traceparent of the span at hand, if any. */
  traceparent(): string | undefined;
}
export const Telemetry = Symbol('Telemetry');
