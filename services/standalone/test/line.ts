import { connect, type Socket } from 'node:net';

export interface LineAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * One kept connection, one request at a time. Written by hand because the client of node:http costs as much as the server that
 * it is to load; reads what ours answers: a content-length, and never chunks.
 */
export class Line {
  private buffered: Buffer = Buffer.alloc(0);
  private waiting: { resolve(answer: LineAnswer): void; reject(error: Error): void } | undefined;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => this.read(chunk));
    socket.on('error', () => undefined); // 'close' follows
    socket.on('close', () => this.waiting?.reject(new Error('the connection was lost')));
  }

  static open(port: number): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Line(socket)));
    });
  }

  /** Rejects when the connection breaks: then nobody knows what became of the request. */
  send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: object,
  ): Promise<LineAnswer> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const head = Object.entries({
      host: 'localhost',
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      'content-length': String(Buffer.byteLength(text)),
    });
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) throw new Error('the connection was lost');
      this.waiting = { resolve, reject };
      const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      this.socket.write(`${method} /api/v1${path} HTTP/1.1\r\n${lines}\r\n${text}`);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    this.buffered = this.buffered.length === 0 ? chunk : Buffer.concat([this.buffered, chunk]);
    const headEnd = this.buffered.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.buffered.toString('latin1', 0, headEnd);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.buffered.length < headEnd + 4 + length) return;
    const answer = {
      status: Number(head.slice(9, 12)),
      body: this.buffered.toString('utf8', headEnd + 4, headEnd + 4 + length),
    };
    this.buffered = this.buffered.subarray(headEnd + 4 + length);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(answer);
  }
}
