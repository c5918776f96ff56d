import { toMilliseconds, type Clock } from '../../../kernel';
import {
  consoleTelemetry,
  redactFacts,
  redactingLog,
  recordOf,
  type Level,
  type Telemetry,
} from '../../../telemetry';
import { currentSpan, runIn, startSpan } from '../../../telemetry/trace-context';
import { lazily } from '../lazily';
import { openExporters, type Exporters, type Item, type Transport } from './exporters';

export interface InsightsSettings {
  /** Of Application Insights; undefined: telemetry goes to the console. */
  readonly insights: string | undefined;
  readonly clientId: string | undefined;
  /** What the application map calls this app. */
  readonly role: string;
  readonly level?: Level;
  /** The share of traces whose spans are exported, 0 to 1; all where not given. Logs and numbers always are. */
  readonly sample?: number;
  readonly transport?: Transport;
}

export interface ExportedTelemetry extends Telemetry {
  /** Sends what has been gathered; what can't be sent is let go. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Where the exporters can't be loaded there is nobody to tell; the next item tries again. */
const letGo = (): void => undefined;

/** Gathered before the exporters have loaded; more than this is let go. */
const mostWaiting = 2000;

/**
 * Telemetry for Application Insights, by OpenTelemetry's exporters alone: what happens is said explicitly, so nothing is
 * patched, and a bundle is observed as well as a folder of packages. The exporters load while the app already works.
 */
export function azureTelemetry(settings: InsightsSettings, clock: Clock): ExportedTelemetry {
  if (settings.insights === undefined) {
    const telemetry = consoleTelemetry({
      clock,
      ...(settings.level === undefined ? {} : { level: settings.level }),
    });
    return { ...telemetry, flush: () => Promise.resolve(), close: () => Promise.resolve() };
  }
  return new Insights({ ...settings, insights: settings.insights }, clock);
}

class Insights implements ExportedTelemetry {
  private waiting: Item[] = [];
  private exporters: Exporters | undefined;
  private readonly load: () => Promise<Exporters>;
  readonly log;

  constructor(
    private readonly settings: InsightsSettings & { readonly insights: string },
    private readonly clock: Clock,
  ) {
    this.load = lazily(async () => {
      const exporters = await openExporters({ ...settings, connectionString: settings.insights });
      for (const item of this.waiting.splice(0)) exporters.take(item);
      this.exporters = exporters;
      return exporters;
    });
    this.log = redactingLog(settings.level ?? 'info', (record) => {
      const span = currentSpan();
      this.take({
        kind: 'log',
        at: this.now(),
        record,
        ...(span ? { trace: { traceId: span.traceId, spanId: span.spanId } } : {}),
      });
    });
  }

  count(name: string, value = 1, facts = {}): void {
    this.take({ kind: 'count', name, value, facts: redactFacts(facts) });
  }

  measure(name: string, value: number, facts = {}): void {
    this.take({ kind: 'measure', name, value, facts: redactFacts(facts) });
  }

  async span<T>(
    name: string,
    facts: Parameters<Telemetry['span']>[1],
    work: () => Promise<T>,
    traceparent?: string,
  ): Promise<T> {
    const span = startSpan(traceparent, ({ traceId }) => isSampled(traceId, this.settings.sample));
    if (!span.sampled) return runIn(span, work);
    const { traceId, spanId, parentSpanId } = span;
    const trace = { traceId, spanId, ...(parentSpanId === undefined ? {} : { parentSpanId }) };
    const began = this.now();
    const start = performance.now();
    const end = (failure?: unknown): void => {
      const milliseconds = performance.now() - start;
      const error = failure === undefined ? {} : { error: recordOf(failure) };
      this.take({ kind: 'span', name, facts: redactFacts(facts), trace, began, milliseconds, ...error });
    };
    return runIn(span, async () => {
      try {
        const result = await work();
        end();
        return result;
      } catch (error) {
        end(error ?? new Error('rejected with nothing'));
        throw error;
      }
    });
  }

  traceparent(): string | undefined {
    return currentSpan()?.traceparent;
  }

  async flush(): Promise<void> {
    await this.load().then((exporters) => exporters.flush(), letGo);
  }

  async close(): Promise<void> {
    if (this.exporters === undefined && this.waiting.length === 0) return;
    await this.load().then((exporters) => exporters.close(), letGo);
  }

  private take(item: Item): void {
    if (this.exporters) {
      this.exporters.take(item);
      return;
    }
    if (this.waiting.length < mostWaiting) this.waiting.push(item);
    this.load().catch(letGo);
  }

  private now(): number {
    return toMilliseconds(this.clock.now());
  }
}

/**
 * By the trace's id, so that all apps keep the same traces whole. What the caller says of it counts for nothing: the Functions
 * host says "not sampled" of every request that brings no trace of its own (github.com/Azure/azure-sdk-for-js, pull 31082).
 */
const isSampled = (traceId: string, share = 1): boolean =>
  share >= 1 || Number.parseInt(traceId.slice(-8), 16) / 2 ** 32 < share;
