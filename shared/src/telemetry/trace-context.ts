import { AsyncLocalStorage } from 'node:async_hooks';
import { randomFillSync } from 'node:crypto';

/** Whether a trace that enters or begins here is kept; `callers` is what its caller says of that, if it has one. */
export type Sampling = (span: Pick<SpanContext, 'traceId'>, callers: boolean | undefined) => boolean;

/** Where in a trace the code at hand runs. W3C Trace Context, version 00 (w3.org/TR/trace-context). */
export class SpanContext {
  readonly sampled: boolean;
  private ownSpanId: string | undefined;
  private ownTraceId: string | undefined;

  constructor(
    traceId: string | undefined,
    readonly parentSpanId: string | undefined,
    isSampled: (span: SpanContext) => boolean,
  ) {
    this.ownTraceId = traceId;
    this.sampled = isSampled(this);
  }

  // Most requests are never asked for their ids: these are made when they are.
  get traceId(): string {
    return (this.ownTraceId ??= randomHex(16));
  }

  get spanId(): string {
    return (this.ownSpanId ??= randomHex(8));
  }

  get traceparent(): string {
    return `00-${this.traceId}-${this.spanId}-${this.sampled ? '01' : '00'}`;
  }
}

const current = new AsyncLocalStorage<SpanContext>();

export const currentSpan = (): SpanContext | undefined => current.getStore();
export const runIn = <T>(span: SpanContext, work: () => T): T => current.run(span, work);

/** A span below `traceparent`, or below the span at hand, or of a trace of its own; what no one can read begins a new trace. */
export function startSpan(traceparent: string | undefined, sampling: Sampling): SpanContext {
  const remote = traceparent === undefined ? undefined : parseTraceparent(traceparent);
  if (remote) return new SpanContext(remote.traceId, remote.spanId, (span) => sampling(span, remote.sampled));
  const parent = current.getStore();
  return parent
    ? new SpanContext(parent.traceId, parent.spanId, () => parent.sampled)
    : new SpanContext(undefined, undefined, (span) => sampling(span, undefined));
}

export interface RemoteSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

const format = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

export function parseTraceparent(header: string): RemoteSpan | undefined {
  const [, version, traceId, spanId, flags, more] = header.length > 200 ? [] : (format.exec(header) ?? []);
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (version === '00' && more !== undefined) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

const pool = Buffer.alloc(4096);
let used = pool.length;

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  const hex = pool.toString('hex', used - bytes, used);
  return /^0+$/.test(hex) ? randomHex(bytes) : hex;
}
