import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Account, callOf } from './account';
import type { Answer, Asked } from './answer';
import { refusalCharge } from './charges';
import type { Collection } from './collection';
import { Faults, type Call, type Fault } from './faults';
import { Refused } from './refused';

/**
 * Cosmos DB on a loopback port, as far as Boxoffice uses it: point reads, transactional batches, one shape of query and
 * the change feed, over two physical partitions, with the refusals of the real one. Documents live in memory.
 */
export class CosmosDouble {
  /** Request units of all calls so far; what an SDK asks beside them, as for a query's plan, costs none. */
  charged = 0;
  /** How many requests of each kind arrived. */
  readonly arrived: Record<Call, number> = { read: 0, write: 0, list: 0, changes: 0 };
  private readonly faults = new Faults();
  private ahead = 0;
  private readonly account = new Account(
    () => Math.floor((Date.now() + this.ahead) / 1000),
    () => this.endpoint,
  );
  private readonly server = createServer((request, response) => void this.serve(request, response));

  static async start(): Promise<CosmosDouble> {
    const double = new CosmosDouble();
    await new Promise<void>((resolve) => double.server.listen(0, '127.0.0.1', resolve));
    return double;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  readonly key = Buffer.from('a key for a double').toString('base64');

  collection(database: string, name: string): Collection {
    const found = this.account.collections.get(`${database}/${name}`);
    if (found === undefined) throw new Error(`no container ${database}/${name}`);
    return found;
  }

  fail(fault: Fault): void {
    this.faults.add(fault);
  }

  /** Forgets what faults nobody has met. */
  recover(): void {
    this.faults.clear();
  }

  /** Moves the clock by which documents expire. */
  advance(milliseconds: number): void {
    this.ahead += milliseconds;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request);
    const call = callOf(asked);
    if (call !== undefined) this.arrived[call] += 1;
    const fault = call === undefined ? undefined : this.faults.next(call);
    if (fault && 'drop' in fault) {
      if (fault.drop === 'after') this.answer(asked, undefined);
      request.socket.destroy();
    } else if (fault && 'silence' in fault) {
      if (fault.silence === 'after') this.answer(asked, undefined);
    } else {
      const answer = this.answer(asked, fault);
      if (call !== undefined) this.charged += Number(answer.headers?.['x-ms-request-charge'] ?? 0);
      this.send(response, answer);
    }
  }

  private answer(asked: Asked, fault: Fault | undefined): Answer {
    try {
      if (asked.headers['authorization'] === undefined)
        throw new Refused(401, 'Required Header authorization is missing.');
      if (fault && 'status' in fault) return unwell(fault);
      return this.account.answer(asked, fault);
    } catch (error) {
      if (!(error instanceof Refused)) return { status: 500, body: { message: String(error) } };
      const headers = {
        'x-ms-request-charge': String(refusalCharge),
        ...(error.substatus !== undefined && { 'x-ms-substatus': String(error.substatus) }),
      };
      return { status: error.status, headers, body: { code: String(error.status), message: error.message } };
    }
  }

  private send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }
}

function unwell(fault: Extract<Fault, { status: number }>): Answer {
  const headers = {
    ...(fault.substatus !== undefined && { 'x-ms-substatus': String(fault.substatus) }),
    ...(fault.retryAfterMilliseconds !== undefined && {
      'x-ms-retry-after-ms': String(fault.retryAfterMilliseconds),
    }),
  };
  return {
    status: fault.status,
    headers,
    ...(!fault.empty && { body: { code: String(fault.status), message: 'not now' } }),
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
  );
  const path = new URL(request.url ?? '/', 'http://double').pathname.split('/').filter((part) => part !== '');
  const method = request.method ?? 'GET';
  return {
    method,
    path,
    headers,
    body: bytes.length === 0 ? undefined : JSON.parse(bytes.toString()),
    bytes: bytes.length,
  };
}
