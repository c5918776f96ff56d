import { Agent, request } from 'node:http';

/** A request as it goes over the wire: nothing in it is put right on the way. */
export interface Sent {
  readonly method: string;
  /** The whole path, with `/api/v1` and the query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** An object is sent as its JSON. */
  readonly body?: unknown;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

export const hangUp = (): void => agent.destroy();

/** Sends and waits for the answer; clients that put paths right, or know better than to send this, won't do. */
export function send(origin: string, { method, url, headers, body }: Sent): Promise<Answered> {
  const { hostname, port } = new URL(origin);
  const bytes = bytesOf(body);
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  return new Promise((resolve, reject) => {
    const outgoing = request({
      agent,
      hostname,
      port,
      method,
      path: url,
      headers: {
        ...Object.fromEntries(given),
        ...(bytes === undefined ? {} : { 'content-length': bytes.length }),
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      const isStream = incoming.headers['content-type'] === 'text/event-stream';
      incoming.on('error', reject);
      incoming.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (isStream) incoming.destroy(); // it has begun, and would go on for a minute
      });
      incoming.on('close', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = /^application\/(problem\+)?json/.test(incoming.headers['content-type'] ?? '');
        const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body });
      });
    });
    outgoing.end(bytes);
  });
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
