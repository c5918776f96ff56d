import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
// The clock of the machine: this binding is never simulated.
import { clearTimeout, setTimeout } from 'node:timers';
import { announcesBody, readBytes } from './body-bytes';
import { corsHeaders, preflight, type Cors } from './cors';
import { OpenStreams } from './open-streams';
import { Problem, problemReply } from './problem';
import { defaultBodyLimit, type Dispatch, type WireReply } from './wire';

export interface HttpServerOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly host: string;
  /** Takes requests of its own (pages, sign-in) and answers true for those; asked first. */
  readonly extra?: (req: IncomingMessage, res: ServerResponse) => boolean;
  readonly cors?: Cors;
  /** How long a sender may take for headers and for a whole request; 10 s and 30 s where not given. */
  readonly headersMilliseconds?: number;
  readonly requestMilliseconds?: number;
  /** How long stop() waits for answers under way; 10 s where not given. */
  readonly graceMilliseconds?: number;
}

export interface HttpServer {
  readonly port: number;
  readonly server: Server;
  /** Takes no new connection, ends streams, lets what else is under way be answered, then closes what is left. */
  stop(): Promise<void>;
}

/** Binds the dispatcher to node:http. Resolves once it listens. */
export async function serveHttp(dispatch: Dispatch, options: HttpServerOptions): Promise<HttpServer> {
  const { cors, extra } = options;
  const headersTimeout = options.headersMilliseconds ?? 10_000;
  const requestTimeout = options.requestMilliseconds ?? 30_000;
  const streams = new OpenStreams();
  let stopping = false;

  const answer = (req: IncomingMessage, res: ServerResponse, body: Uint8Array, whole: boolean): void => {
    const { method = 'GET', url = '/' } = req;
    // Of all request headers only set-cookie is ever an array, and that one nobody reads.
    const headers = req.headers as Readonly<Record<string, string | undefined>>;
    dispatch({ method, url, headers, body, peer: req.socket.remoteAddress }).then(
      (reply) => {
        send(res, reply, cors === undefined ? undefined : corsHeaders(cors, headers), stopping || !whole);
        if (reply.stream !== undefined) void pour(streams.piecesFor(res, reply.stream), res, () => stopping);
      },
      () => res.destroy(),
    );
  };

  const limitOf = ({ method = 'GET', url = '/' }: IncomingMessage): number =>
    dispatch.bodyLimitOf(method, url);
  const onRequest = (req: IncomingMessage, res: ServerResponse): void => {
    if (cors !== undefined) {
      const allowed = preflight(
        cors,
        req.method,
        req.headers as Readonly<Record<string, string | undefined>>,
      );
      if (allowed) {
        res.writeHead(204, allowed).end();
        return;
      }
    }
    if (extra?.(req, res) === true) return;
    if (!announcesBody(req)) {
      answer(req, res, noBytes, true);
      return;
    }
    readBytes(req, defaultBodyLimit, limitOf, (bytes, whole) => answer(req, res, bytes, whole));
  };

  const server = createServer(
    {
      headersTimeout,
      requestTimeout,
      connectionsCheckingInterval: Math.min(headersTimeout, requestTimeout, 5000),
      // Longer than load balancers keep theirs (60 s), so that it is never this side that hangs up on a request.
      keepAliveTimeout: 65_000,
    },
    onRequest,
  );
  server.on('clientError', onClientError);
  // A reader that takes nothing for so long has gone.
  server.timeout = 120_000;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    port,
    server,
    async stop() {
      stopping = true;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      streams.endAll();
      const impatience = setTimeout(() => server.closeAllConnections(), options.graceMilliseconds ?? 10_000);
      await closed;
      clearTimeout(impatience);
    },
  };
}

const noBytes = new Uint8Array();

function send(
  res: ServerResponse,
  { status, headers, body, stream }: WireReply,
  more: Record<string, string> | undefined,
  close: boolean,
): void {
  const all: Record<string, string | number> = more === undefined ? { ...headers } : { ...headers, ...more };
  // Written before the body is known to Node, headers would make it chunked.
  if (body !== undefined)
    all['content-length'] = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  // Of an answer to HEAD the dispatcher says how long it would be, where anyone knows.
  else if (stream === undefined && status !== 204 && status !== 304 && res.req.method !== 'HEAD')
    all['content-length'] = 0;
  if (close) all['connection'] = 'close';
  res.writeHead(status, all);
  if (stream === undefined) res.end(body);
}

/** What goes wrong cuts the connection, as nobody must take a part for the whole. */
async function pour(
  pieces: AsyncIterable<Uint8Array>,
  res: ServerResponse,
  stopping: () => boolean,
): Promise<void> {
  const { socket } = res;
  try {
    for await (const piece of pieces) res.write(piece);
    // A server that stops waits neither for who reads slowly nor for another request.
    if (stopping() && res.writableNeedDrain) res.destroy();
    else res.end();
    if (stopping()) socket?.destroySoon();
  } catch {
    res.destroy();
  }
}

const unreadable: Readonly<Record<string, readonly [status: number, code: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers-too-large', 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request-too-slow', 'The request took too long to arrive.'],
};

/** What is not HTTP reaches no handler; it is answered where that is still possible. */
function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, detail] = unreadable[error.code ?? ''] ?? [
    400,
    'malformed-request',
    'This is not HTTP as it should be.',
  ];
  const { headers, body } = problemReply(new Problem(status, code, detail), undefined);
  const text = typeof body === 'string' ? body : '';
  const lines = Object.entries({
    ...headers,
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
  });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${code}\r\n${head}\r\n${text}`);
}
