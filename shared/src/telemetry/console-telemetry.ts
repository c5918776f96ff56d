import type { Clock } from '../kernel';
import type { Level } from './log';
import { Metrics } from './metrics';
import { recordOf, redactingLog, type LogRecord } from './redacting-log';
import { redactFacts } from './redaction';
import type { Telemetry } from './telemetry';
import { currentSpan, runIn, startSpan, type SpanContext } from './trace-context';

export interface ConsoleTelemetryOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Takes one line with its line break; standard output where not given. */
  readonly write?: (line: string) => void;
  /** What is below is not written; `info` where not given. Spans are written at `debug`. */
  readonly level?: Level;
  /** The share of traces begun here whose spans are written, 0 to 1; all where not given. */
  readonly sample?: number;
}

export interface ConsoleTelemetry extends Telemetry {
  /** Counters and measurements since the start, as Prometheus reads them. */
  metricsText(): string;
}

/** Telemetry of one machine: JSON lines, metrics in memory, traces by W3C context. */
export function consoleTelemetry(options: ConsoleTelemetryOptions): ConsoleTelemetry {
  const { clock, level = 'info', sample = 1 } = options;
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  const metrics = new Metrics();
  let begun = 0;
  // Every so many rather than by chance: the same share, and nothing to draw.
  const isSampled = () => sample >= 1 || (sample > 0 && begun++ % Math.round(1 / sample) === 0);

  const writeRecord = ({ level: at, message, facts, error }: LogRecord) => {
    const span = currentSpan();
    const trace = span ? { traceId: span.traceId, spanId: span.spanId } : {};
    // The line's own members come last: no fact can pass for them.
    const own = { time: clock.now(), level: at, message, ...trace, ...(error ? { error } : {}) };
    write(`${JSON.stringify({ ...own, ...facts, ...own })}\n`);
  };

  const writeSpan = (
    name: string,
    span: SpanContext,
    began: number,
    facts: LogRecord['facts'],
    failure?: { error: unknown },
  ) => {
    const milliseconds = Math.round((performance.now() - began) * 100) / 100;
    const parent = span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId };
    const error = failure ? { error: recordOf(failure.error) } : {};
    writeRecord({
      level: 'debug',
      message: 'span',
      facts: { ...redactFacts(facts), span: name, milliseconds, ...parent },
      ...error,
    });
  };

  return {
    log: redactingLog(level, writeRecord),
    count: (name, value = 1, facts) => metrics.count(name, value, facts),
    measure: (name, value, facts) => metrics.measure(name, value, facts),
    async span(name, facts, work, traceparent) {
      const span = startSpan(traceparent, isSampled);
      if (level !== 'debug' || !span.sampled) return runIn(span, work);
      const began = performance.now();
      return runIn(span, async () => {
        try {
          const result = await work();
          writeSpan(name, span, began, facts);
          return result;
        } catch (error) {
          writeSpan(name, span, began, facts, { error });
          throw error;
        }
      });
    },
    traceparent: () => currentSpan()?.traceparent,
    metricsText: () => metrics.text(),
  };
}
