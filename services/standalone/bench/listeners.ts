import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Listens to one event's availability over so many raw sockets, then holds tickets one at a time and measures how long it takes until
 * each listener has heard of each: `listeners PLAN` → one line of JSON. It must be done before the first stream ends, after a minute.
 */
export interface ListenPlan {
  readonly port: number;
  /** Of the machine, whose memory is read. */
  readonly pid: number;
  readonly eventId: string;
  readonly ticketTypeId: string;
  readonly listeners: number;
  /** Holds of one ticket each. */
  readonly changes: number;
  readonly token: string;
}

export interface ListenOutcome {
  /** From asking for a hold until a listener has heard of it, in milliseconds, over all listeners and changes. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Of the machine, in MB: with nobody listening, and with all of them. */
  readonly memoryBefore: number;
  readonly memoryWith: number;
  /** Changes that a listener did not hear of within ten seconds, and connections that broke. */
  readonly missed: number;
}

const otherOpenFiles = 100;
const joinAtOnce = 200;
const millisecondsBetweenChanges = 1000;
const longestMilliseconds = 10_000;

/** Node.js raises its own limit as far as it may, which is the hard one. */
function checkOpenFiles(listeners: number): void {
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  const needed = listeners + otherOpenFiles;
  if (limit !== 'unlimited' && Number(limit) < needed)
    throw new Error(
      `${listeners} listeners take ${needed} open files, and here a process may have ${limit}: raise that with “ulimit -Hn ${needed}”, as root.`,
    );
}

const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Everybody who listens, and what they have heard. */
class Audience {
  readonly delays: number[] = [];
  broken = 0;
  private change = { held: 0, askedAt: 0, unheard: 0, heardByAll: (): void => undefined };

  constructor(private readonly plan: ListenPlan) {}

  async join(): Promise<void> {
    for (let joined = 0; joined < this.plan.listeners; joined += joinAtOnce) {
      const count = Math.min(joinAtOnce, this.plan.listeners - joined);
      await Promise.all(Array.from({ length: count }, () => this.joinOne()));
    }
  }

  /** How many have not heard of it in good time. */
  async hear(held: number, make: () => Promise<void>): Promise<number> {
    const all = new Promise<void>((resolve) => {
      this.change = {
        held,
        askedAt: performance.now(),
        unheard: this.plan.listeners,
        heardByAll: resolve,
      };
    });
    await Promise.all([make(), Promise.race([all, wait(longestMilliseconds)])]);
    return this.change.unheard;
  }

  /** Resolves once it has heard how things stand. */
  private joinOne(): Promise<void> {
    const { port, eventId } = this.plan;
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' });
      let text = '';
      let heard = -1;
      socket.on('error', reject);
      socket.on('close', () => this.broken++);
      socket.write(`GET /api/v1/events/${eventId}/availability/stream HTTP/1.1\r\nhost: localhost\r\n\r\n`);
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
        if (heard === -1 && !text.startsWith('HTTP/1.1 200')) reject(new Error(text));
        const held = /"held":(\d+)[^]*\n\n\r\n$/.exec(text)?.[1]; // of a whole event, in a whole chunk
        if (held === undefined) return;
        if (heard === -1) resolve();
        else if (heard < this.change.held && Number(held) >= this.change.held) this.heardByOne();
        heard = Number(held);
        text = '';
      });
    });
  }

  private heardByOne(): void {
    this.delays.push(performance.now() - this.change.askedAt);
    if (--this.change.unheard === 0) this.change.heardByAll();
  }
}

async function hold(plan: ListenPlan, number: number): Promise<void> {
  const { port, eventId, ticketTypeId, token } = plan;
  const reply = await fetch(`http://127.0.0.1:${port}/api/v1/holds`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': `heard-${number}`,
    },
    body: JSON.stringify({ eventId, lines: [{ ticketTypeId, quantity: 1 }] }),
  });
  if (reply.status !== 201) throw new Error(`hold: ${reply.status} ${await reply.text()}`);
  await reply.arrayBuffer();
}

async function listen(plan: ListenPlan): Promise<ListenOutcome> {
  checkOpenFiles(plan.listeners);
  const memoryBefore = residentMegabytes(plan.pid);
  const audience = new Audience(plan);
  await audience.join();
  const memoryWith = residentMegabytes(plan.pid);
  let missed = 0;
  for (let held = 1; held <= plan.changes; held++) {
    await wait(millisecondsBetweenChanges);
    missed += await audience.hear(held, () => hold(plan, held));
  }
  const sorted = Float64Array.from(audience.delays).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    ...{ p50: at(0.5), p99: at(0.99), max: at(1) },
    ...{ memoryBefore, memoryWith, missed: missed + audience.broken },
  };
}

listen(JSON.parse(process.argv[2] ?? '') as ListenPlan).then(
  (outcome) => process.stdout.write(`${JSON.stringify(outcome)}\n`, () => process.exit(0)),
  (error: unknown) => process.stderr.write(`${(error as Error).message}\n`, () => process.exit(1)),
);
