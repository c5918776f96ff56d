import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { forwarder, type Forward, type HttpStream } from './forward';
import { router, type Found } from './routes';
import type { Call, Registered, Report, Rpc } from './worker.mjs';

export type { HttpStream } from './forward';
export type { Registered } from './worker.mjs';

export interface HttpCall {
  readonly method: string;
  /** Path and query: `/api/v1/holds?limit=2`. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes as JSON, with its content type. */
  readonly body?: object | string | Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** The text as JSON; undefined where it is none. */
  readonly json: unknown;
}

export interface BusMessage {
  /** An object arrives as the host sends JSON, a text as it is. */
  readonly body: unknown;
  /** As the host counts, from 1. */
  readonly deliveryCount?: number;
  readonly messageId?: string;
}

export interface HostOptions {
  /** The app's settings: its whole environment, besides PATH. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * The Azure Functions host for one app's bundle, which runs in a process of its own with the real `@azure/functions`:
 *
 *     const host = await FunctionsHost.load('services/x/dist/functions/functions.js', { env });
 *     host.functions;                                           // what was registered
 *     await host.http({ method: 'POST', url: '/api/v1/holds', body: { … } });
 *     await host.serviceBus('consume-event-management', { body: envelope });
 *     await host.timer('expire-holds'); await host.cosmos('announce-changes', [document]);
 *     await host.close();
 *
 * A handler that throws rejects the call, with its stack in the message.
 */
export class FunctionsHost {
  readonly logs: { readonly level: string; readonly message: string }[] = [];
  functions: readonly Registered[] = [];
  /** How long the bundle took to load, without the process. */
  loadMilliseconds = 0;
  private readonly calls = new Map<
    number,
    { readonly resolve: (returned: Rpc | null | undefined) => void; readonly reject: (error: Error) => void }
  >();
  private readonly loaded = Promise.withResolvers<undefined>();
  private readonly ended = Promise.withResolvers<undefined>();
  private find: (method: string, path: string) => Found | undefined = () => undefined;
  private forward: Forward | undefined;
  private stderr = '';
  private lastCall = 0;

  static async load(bundle: string, options: HostOptions = {}): Promise<FunctionsHost> {
    const { PATH = '' } = process.env;
    const worker = fork(path.join(__dirname, 'worker.mts'), [path.resolve(bundle)], {
      env: { PATH, ...options.env },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const host = new FunctionsHost(worker, routePrefixOf(bundle));
    await host.loaded.promise;
    return host;
  }

  private constructor(
    private readonly worker: ChildProcess,
    routePrefix: string,
  ) {
    worker.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    worker.on('message', (message) => this.hear(message as Report, routePrefix));
    // Not 'exit': what it wrote last may not have arrived by then.
    worker.on('close', (code) => {
      // Node.js shows the line that threw, which in a bundle is most of the bundle.
      const told = this.stderr.split('\n').filter((line) => line.length < 1000);
      const error = new Error(`the app ended with ${String(code)}: ${told.join('\n')}`);
      this.loaded.reject(error);
      for (const call of this.calls.values()) call.reject(error);
      this.ended.resolve(undefined);
    });
  }

  async http(call: HttpCall): Promise<HttpAnswer> {
    const found = this.find(call.method, pathOf(call));
    if (found === undefined) return answerOf(404, {}, Buffer.alloc(0));
    if (this.forward === undefined) return this.overRpc(call, found);
    const { status, headers, body } = await this.overHttp(call, found, this.forward);
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk as Buffer);
    return answerOf(status, headers, Buffer.concat(chunks));
  }

  /** An answer as it arrives, of an app with HTTP streams. `body.destroy()` is what a client does that goes away. */
  async stream(call: HttpCall): Promise<HttpStream> {
    const found = this.find(call.method, pathOf(call));
    if (found === undefined || this.forward === undefined) throw new Error(`nothing streams at ${call.url}`);
    return this.overHttp(call, found, this.forward);
  }

  private async overRpc(call: HttpCall, { name, params }: Found): Promise<HttpAnswer> {
    const { href, searchParams } = new URL(call.url, origin);
    const { headers, bytes } = sentBy(call);
    const query = Object.fromEntries(searchParams);
    const http = { url: href, method: call.method, headers, params, query, body: bytes && { bytes } };
    const returned = await this.invoke(name, { http }, { traceparent: headers['traceparent'] });
    const reply = returned?.['http'] as {
      statusCode: string;
      headers: Record<string, string>;
      body?: { bytes?: Uint8Array; string?: string };
    };
    return answerOf(
      Number(reply.statusCode),
      reply.headers,
      Buffer.from(reply.body?.bytes ?? reply.body?.string ?? ''),
    );
  }

  /** As the host does it: the invocation goes one way, with headers and parameters; the request another, under its name. */
  private overHttp(call: HttpCall, { name, params }: Found, forward: Forward): Promise<HttpStream> {
    const { headers, bytes } = sentBy(call);
    const invocationId = randomUUID();
    const metadata = Object.entries(params).map(([param, string]) => [param, { string }] as const);
    const triggerMetadata = { Headers: { json: JSON.stringify(headers) }, ...Object.fromEntries(metadata) };
    return forward(
      { ...call, headers },
      bytes,
      invocationId,
      this.invoke(name, {}, { triggerMetadata, invocationId, traceparent: headers['traceparent'] }),
    );
  }

  async serviceBus(
    name: string,
    { body, deliveryCount = 1, messageId = 'a-message' }: BusMessage,
  ): Promise<void> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    // The host names these in Pascal case, and the library turns them round.
    await this.invoke(
      name,
      { string: text },
      {
        triggerMetadata: {
          DeliveryCount: { json: String(deliveryCount) },
          MessageId: { string: messageId },
        },
      },
    );
  }

  async timer(name: string): Promise<void> {
    const now = new Date().toISOString();
    const json = {
      Schedule: { AdjustForDST: true },
      ScheduleStatus: { Last: now, Next: now, LastUpdated: now },
      IsPastDue: false,
    };
    await this.invoke(name, { json: JSON.stringify(json) });
  }

  /** `documents` as Cosmos DB has them, system members and all. */
  async cosmos(name: string, documents: readonly object[]): Promise<void> {
    await this.invoke(name, { json: JSON.stringify(documents) });
  }

  /** As the host shuts an app down: its hooks run, then the process ends. */
  async close(): Promise<void> {
    if (this.worker.connected) this.worker.send('terminate');
    await this.ended.promise;
  }

  private invoke(
    name: string,
    input: Rpc,
    more: Partial<Pick<Call, 'triggerMetadata' | 'invocationId' | 'traceparent'>> = {},
  ): Promise<Rpc | null | undefined> {
    const { triggerMetadata = {}, invocationId = randomUUID(), traceparent } = more;
    const call: Call = {
      id: ++this.lastCall,
      invocationId,
      invoke: name,
      input,
      triggerMetadata,
      traceparent,
    };
    return new Promise((resolve, reject) => {
      this.calls.set(call.id, { resolve, reject });
      this.worker.send(call);
    });
  }

  private hear(message: Report, routePrefix: string): void {
    switch (message.kind) {
      case 'loaded':
        this.functions = message.functions;
        this.loadMilliseconds = message.milliseconds;
        this.find = router(message.functions, routePrefix);
        this.forward = message.httpUri === undefined ? undefined : forwarder(message.httpUri);
        this.loaded.resolve(undefined);
        break;
      case 'log':
        this.logs.push({ level: message.level, message: message.message });
        break;
      case 'done':
        this.calls.get(message.id)?.resolve(message.returned);
        this.calls.delete(message.id);
        break;
      case 'failed':
        this.calls.get(message.id)?.reject(new Error(message.error));
        this.calls.delete(message.id);
        break;
      case 'terminated':
        this.worker.kill();
    }
  }
}

function routePrefixOf(bundle: string): string {
  const file = path.join(path.dirname(bundle), 'host.json');
  if (!existsSync(file)) return 'api';
  const host = JSON.parse(readFileSync(file, 'utf8')) as { extensions?: { http?: { routePrefix?: string } } };
  return host.extensions?.http?.routePrefix ?? 'api';
}

const origin = 'https://functions.example';
const pathOf = ({ url }: HttpCall): string => new URL(url, origin).pathname;

function sentBy({ headers = {}, body }: HttpCall): {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer | undefined;
} {
  const plain = typeof body === 'object' && !(body instanceof Uint8Array);
  return {
    headers: plain ? { 'content-type': 'application/json', ...headers } : headers,
    bytes: body === undefined ? undefined : Buffer.from(plain ? JSON.stringify(body) : body),
  };
}

const answerOf = (status: number, headers: Readonly<Record<string, string>>, bytes: Buffer): HttpAnswer => ({
  status,
  headers,
  bytes,
  text: bytes.toString(),
  json: /json/.test(headers['content-type'] ?? '') ? (JSON.parse(bytes.toString()) as unknown) : undefined,
});
