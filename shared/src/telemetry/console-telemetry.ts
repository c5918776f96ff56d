import type { Clock } from '../kernel';
import type { Facts, Level } from './log';
import { Metrics } from './metrics';
import { recordOf, redactingLog, type LogRecord } from './redacting-log';
import { redactFacts } from './redaction';
import type { Telemetry } from './telemetry';
import { currentSpan, runIn, startSpan, type Sampling, type SpanContext } from './trace-context';

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

/** Facts of a span that have few values, and so may divide its durations; the rest are ids, mostly. */
const dividing = ['http.request.method', 'http.route', 'service', 'type', 'timer', 'dependency'] as const;
const labels = new WeakMap<Facts, Facts>();

function labelled(facts: Facts): Facts {
  const known = labels.get(facts);
  if (known) return known;
  const few = Object.fromEntries(dividing.filter((name) => name in facts).map((name) => [name, facts[name]]));
  labels.set(facts, few);
  return few;
}

/** Telemetry of one machine: JSON lines, metrics in memory, traces by W3C context; a span is measured as `<name>.duration`. */
export function consoleTelemetry(options: ConsoleTelemetryOptions): ConsoleTelemetry {
  const { clock, level = 'info', sample = 1 } = options;
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  const metrics = new Metrics();
  let begun = 0;
  // Every so many rather than by chance: the same share, and nothing to draw.
  const isOneInSoMany = () => sample >= 1 || (sample > 0 && begun++ % Math.round(1 / sample) === 0);
  const sampling: Sampling = (_span, callers) => callers ?? isOneInSoMany();

  const writeRecord = ({ level: at, message, facts, error }: LogRecord) => {
    const span = currentSpan();
    const trace = span ? { traceId: span.traceId, spanId: span.spanId } : {};
    // The line's own members come last: no fact can pass for them.
    const own = { time: clock.now(), level: at, message, ...trace, ...(error ? { error } : {}) };
    write(`${JSON.stringify({ ...own, ...facts, ...own })}\n`);
  };

  const ended = (
    name: string,
    span: SpanContext,
    began: number,
    facts: Facts,
    failure?: { error: unknown },
  ) => {
    const milliseconds = performance.now() - began;
    metrics.measure(`${name}.duration`, milliseconds, labelled(facts));
    if (level !== 'debug' || !span.sampled) return;
    const parent = span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId };
    writeRecord({
      level: 'debug',
      message: 'span',
      facts: {
        ...redactFacts(facts),
        span: name,
        milliseconds: Math.round(milliseconds * 100) / 100,
        ...parent,
      },
      ...(failure ? { error: recordOf(failure.error) } : {}),
    });
  };

  return {
    log: redactingLog(level, writeRecord),
    count: (name, value = 1, facts) => metrics.count(name, value, facts),
    measure: (name, value, facts) => metrics.measure(name, value, facts),
    span: (name, facts, work, traceparent) => {
      const span = startSpan(traceparent, sampling);
      return runIn(span, async () => {
        const began = performance.now();
        try {
          const result = await work();
          ended(name, span, began, facts);
          return result;
        } catch (error) {
          ended(name, span, began, facts, { error });
          throw error;
        }
      });
    },
    traceparent: () => currentSpan()?.traceparent,
    metricsText: () => metrics.text(),
  };
}
