import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
  type Attributes,
  type Counter,
  type Histogram,
  type HrTime,
} from '@opentelemetry/api';
import type { AzureMonitorExporterOptions } from '@azure/monitor-opentelemetry-exporter' with {
  'resolution-mode': 'import',
};
import { SeverityNumber } from '@opentelemetry/api-logs';
import type { LoggerProvider } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { Facts, Level, LogRecord } from '../../../telemetry';
import { credential } from '../credential';

interface Trace {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

/** One thing to tell Application Insights; redacted already. */
export type Item = LogItem | NumberItem | SpanItem;

interface LogItem {
  readonly kind: 'log';
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly record: LogRecord;
  readonly trace?: Trace;
}

interface NumberItem {
  readonly kind: 'count' | 'measure';
  readonly name: string;
  readonly value: number;
  readonly facts: Facts;
}

interface SpanItem {
  readonly kind: 'span';
  readonly name: string;
  readonly facts: Facts;
  readonly trace: Trace;
  /** In milliseconds since 1970. */
  readonly began: number;
  readonly milliseconds: number;
  readonly error?: NonNullable<LogRecord['error']>;
}

export interface Exporters {
  take(item: Item): void;
  flush(): Promise<void>;
  close(): Promise<void>;
}

type OtelRecord = Parameters<ReturnType<LoggerProvider['getLogger']>['emit']>[0];

const severity: Readonly<Record<Level, SeverityNumber>> = {
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
};
const scope = { name: 'boxoffice' };

/** What carries the exporters' requests; the SDK's own where not given. */
export type Transport = NonNullable<AzureMonitorExporterOptions['httpClient']>;

export interface ExporterSettings {
  readonly connectionString: string;
  readonly clientId: string | undefined;
  /** What the application map calls this app. */
  readonly role: string;
  readonly transport?: Transport;
}

/** Loads OpenTelemetry and Azure Monitor's exporters. */
export async function openExporters({
  connectionString,
  clientId,
  role,
  transport,
}: ExporterSettings): Promise<Exporters> {
  const [azure, spans, logs, metrics, { resourceFromAttributes }] = await Promise.all([
    import('@azure/monitor-opentelemetry-exporter'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/sdk-logs'),
    import('@opentelemetry/sdk-metrics'),
    import('@opentelemetry/resources'),
  ]);
  const options: AzureMonitorExporterOptions = {
    connectionString,
    disableOfflineStorage: true, // a disk is no place for telemetry, and an app on Functions has none of its own
    ...(clientId === undefined ? {} : { credential: await credential(clientId) }),
    ...(transport === undefined ? {} : { httpClient: transport }),
  };
  const resource = resourceFromAttributes({ 'service.namespace': 'boxoffice', 'service.name': role });
  const spanProcessor = new spans.BatchSpanProcessor(new azure.AzureMonitorTraceExporter(options));
  const logProvider = new logs.LoggerProvider({
    resource,
    processors: [new logs.BatchLogRecordProcessor({ exporter: new azure.AzureMonitorLogExporter(options) })],
  });
  const reader = new metrics.PeriodicExportingMetricReader({
    exporter: new azure.AzureMonitorMetricExporter(options),
    exportIntervalMillis: 60_000,
  });
  const meterProvider = new metrics.MeterProvider({ resource, readers: [reader] });
  const logger = logProvider.getLogger(scope.name);
  const meter = meterProvider.getMeter(scope.name);
  const counters = new Map<string, Counter>();
  const histograms = new Map<string, Histogram>();

  const takeNumber = ({ kind, name, value, facts }: NumberItem): void => {
    if (kind === 'count') {
      const counter = counters.get(name) ?? meter.createCounter(name);
      counters.set(name, counter);
      counter.add(value, attributesOf(facts));
    } else {
      const histogram = histograms.get(name) ?? meter.createHistogram(name);
      histograms.set(name, histogram);
      histogram.record(value, attributesOf(facts));
    }
  };
  return {
    take(item) {
      if (item.kind === 'log') logger.emit(logOf(item));
      else if (item.kind === 'span')
        spanProcessor.onEnd({ ...spanOf(item), resource, instrumentationScope: scope });
      else takeNumber(item);
    },
    async flush() {
      await Promise.allSettled([
        spanProcessor.forceFlush(),
        logProvider.forceFlush(),
        meterProvider.forceFlush(),
      ]);
    },
    async close() {
      await Promise.allSettled([spanProcessor.shutdown(), logProvider.shutdown(), meterProvider.shutdown()]);
    },
  };
}

function logOf({ at, record: { level, message, facts, error }, trace: own }: LogItem): OtelRecord {
  return {
    timestamp: at,
    severityNumber: severity[level],
    severityText: level,
    body: message,
    attributes: {
      ...attributesOf(withRoute(facts)),
      ...(error ? { ...exceptionOf(error), 'log.message': message } : {}),
    },
    ...(own ? { context: trace.setSpanContext(ROOT_CONTEXT, contextOf(own)) } : {}),
  };
}

function spanOf({
  name,
  facts,
  trace: own,
  began,
  milliseconds,
  error,
}: SpanItem): Omit<ReadableSpan, 'resource' | 'instrumentationScope'> {
  const endTime = hrTime(began + milliseconds);
  return {
    name,
    kind: SpanKind.INTERNAL, // the Functions host tells of the request or the message itself
    spanContext: () => contextOf(own),
    ...(own.parentSpanId === undefined
      ? {}
      : { parentSpanContext: { ...contextOf(own), spanId: own.parentSpanId, isRemote: true } }),
    startTime: hrTime(began),
    endTime,
    duration: hrTime(milliseconds),
    status: error ? { code: SpanStatusCode.ERROR, message: error.message } : { code: SpanStatusCode.UNSET },
    attributes: attributesOf(withRoute(facts)),
    links: [],
    events: error ? [{ name: 'exception', time: endTime, attributes: exceptionOf(error) }] : [],
    ended: true,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

const contextOf = ({ traceId, spanId }: Trace) => ({ traceId, spanId, traceFlags: TraceFlags.SAMPLED });

/**
 * The exporter takes the usual names of HTTP for its own in spans and logs, and drops them where it has no column for them: there,
 * method and route are one fact under a name of ours.
 */
function withRoute({ 'http.request.method': method, 'http.route': route, ...facts }: Facts): Facts {
  return route === undefined ? facts : { ...facts, route: `${String(method)} ${String(route)}` };
}

const attributesOf = (facts: Facts): Attributes =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));

const exceptionOf = ({ name, message, stack }: NonNullable<LogRecord['error']>): Attributes => ({
  'exception.type': name,
  'exception.message': message,
  ...(stack === undefined ? {} : { 'exception.stacktrace': stack }),
});

const hrTime = (milliseconds: number): HrTime => [
  Math.floor(milliseconds / 1000),
  Math.round((milliseconds % 1000) * 1e6),
];
