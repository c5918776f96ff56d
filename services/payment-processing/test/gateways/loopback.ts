import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a gateway's double sees it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  /** Text as it is, anything else as JSON; nothing where absent. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a call goes unanswered, and whether what it asks for is done all the same. */
export interface Silence {
  readonly done: boolean;
  readonly how: 'cut' | 'slow' | 500 | 503 | 429 | 401;
}

export interface LoopbackOptions {
  /** Calls that `silence` leaves alone: asking for a token. */
  readonly beside?: (call: Call) => boolean;
  /** Which of the others change anything; all but GET where absent. */
  readonly changes?: (call: Call) => boolean;
}

/** A gateway's service on this machine: it answers as `answer` says, and not at all when told so. */
export class Loopback {
  private readonly silences: (Silence & { readonly next: 'change' | 'call' })[] = [];
  /** Some packages send by themselves, half a second later, what was cut: it is not for another test's silence. */
  private readonly cut = new Set<string>();
  readonly calls: Call[] = [];

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    private readonly answer: (call: Call) => Reply,
    private readonly options: LoopbackOptions,
  ) {}

  static async open(answer: (call: Call) => Reply, options: LoopbackOptions = {}): Promise<Loopback> {
    const server = createServer();
    const loopback = new Loopback(server, answer, options);
    server.on('request', (request, response) => void loopback.hear(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return loopback;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The next call, or the next that changes anything, goes unanswered so. */
  silence(next: 'change' | 'call', silence: Silence): void {
    this.silences.push({ ...silence, next });
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', this.url);
    const call = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    this.calls.push(call);
    const silence = this.silenceFor(call);
    const reply = silence?.done === false ? undefined : this.answer(call);
    if (silence?.how === 'cut') response.destroy();
    else if (typeof silence?.how === 'number') send(response, { status: silence.how, body: {} });
    else if (!silence && reply) send(response, reply);
  }

  private silenceFor(call: Call): Silence | undefined {
    const again = `${call.method} ${call.path} ${call.body}`;
    if (this.options.beside?.(call) === true || this.cut.has(again)) return undefined;
    const changes = this.options.changes?.(call) ?? call.method !== 'GET';
    const at = this.silences.findIndex(({ next }) => next === 'call' || changes);
    const silence = at === -1 ? undefined : this.silences.splice(at, 1)[0];
    if (silence?.how === 'cut') this.cut.add(again);
    return silence;
  }
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
