import { request, type IncomingMessage } from 'node:http';

export interface Forwarded {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer whose body is still on its way. */
export interface HttpStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: IncomingMessage;
  /** Resolves once the function has ended. */
  readonly ended: Promise<void>;
}

export type Forward = (
  call: Forwarded,
  body: Buffer | undefined,
  invocationId: string,
  invocation: Promise<unknown>,
) => Promise<HttpStream>;

/**
 * The host's proxy to an app that takes HTTP requests itself. A function that fails has its request given up, as nobody else
 * would answer it; a client that leaves has its connection closed, and that is all that the app hears of it.
 */
export function forwarder(httpUri: string): Forward {
  const { port } = new URL(httpUri);
  return ({ method, url, headers }, body, invocationId, invocation) =>
    new Promise((resolve, reject) => {
      const sent = request({
        host: 'localhost',
        port,
        method,
        path: url,
        agent: false,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'content-length': body.length }),
          'x-forwarded-host': 'functions.example',
          'x-forwarded-proto': 'https',
          'x-ms-invocation-id': invocationId,
        },
      });
      const ended = invocation.then(() => undefined);
      ended.catch((error: unknown) => sent.destroy(error as Error));
      sent.on('error', reject);
      sent.on('response', (answer) => {
        const pairs = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: answer.statusCode ?? 0,
          headers: Object.fromEntries(pairs) as Record<string, string>,
          body: answer,
          ended,
        });
      });
      sent.end(body);
    });
}
