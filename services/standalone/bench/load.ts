import { connect, type Socket } from 'node:net';

/**
 * Load over raw sockets, in a process of its own, so that the generator costs little of what it measures: `load PLAN` → one line of JSON.
 * It sleeps a millisecond between looks at the clock: one that spins takes the core that the measured process's collector would use.
 * With a rate, arrivals do not wait for answers, as buyers do not: requests fall due at random moments (a Poisson process), and one
 * that finds no idle connection waits with its clock running. Without a rate each connection sends again once it is answered.
 */
export interface LoadPlan {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  readonly seconds: number;
  readonly ratePerSecond?: number;
  /** Requests carry these in turn. */
  readonly tokens: readonly string[];
  readonly body: string;
}

export interface LoadOutcome {
  readonly perSecond: number;
  /** Answers that were no 2xx, broken connections, and what was never answered. */
  readonly failed: number;
  /** In milliseconds, from the moment a request fell due. */
  readonly p50: number;
  readonly p99: number;
}

interface Connection {
  readonly socket: Socket;
  dueAt: number;
  buffered: string;
}

async function load(plan: LoadPlan): Promise<LoadOutcome> {
  const latencies: number[] = [];
  const idle: Connection[] = [];
  const waiting: number[] = [];
  let failed = 0;
  let sent = 0;
  let end = Infinity;
  // Idempotency-Keys are new with each run, too.
  const run = Math.floor(performance.timeOrigin).toString(36);
  const length = Buffer.byteLength(plan.body);

  const fire = (connection: Connection, dueAt: number): void => {
    const token = plan.tokens[sent % plan.tokens.length] ?? '';
    connection.dueAt = dueAt;
    connection.socket.write(
      `POST ${plan.path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\nidempotency-key: load-${run}-${sent++}\r\n` +
        `content-type: application/json\r\ncontent-length: ${length}\r\n\r\n${plan.body}`,
    );
  };
  const answered = (connection: Connection, status: number): void => {
    const now = performance.now();
    latencies.push(now - connection.dueAt);
    if (status >= 300) failed++;
    const next = plan.ratePerSecond === undefined ? (now < end ? now : undefined) : waiting.shift();
    if (next === undefined) idle.push(connection);
    else fire(connection, next);
  };
  const read = (connection: Connection, chunk: Buffer): void => {
    connection.buffered += chunk.toString('latin1');
    const { buffered } = connection;
    const headersEnd = buffered.indexOf('\r\n\r\n');
    if (headersEnd < 0) return;
    const bodyLength = Number(/content-length: (\d+)/i.exec(buffered)?.[1] ?? 0);
    if (buffered.length < headersEnd + 4 + bodyLength) return;
    connection.buffered = '';
    answered(connection, Number(buffered.slice(9, 12)));
  };

  for (let i = 0; i < plan.connections; i++) {
    const socket = connect({ port: plan.port, host: '127.0.0.1', noDelay: true });
    const connection: Connection = { socket, dueAt: 0, buffered: '' };
    socket.on('data', (chunk) => read(connection, chunk));
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    socket.on('error', () => failed++);
    idle.push(connection);
  }

  const start = performance.now();
  end = start + plan.seconds * 1000;
  let next = start;
  await new Promise<void>((resolve) => {
    const tick = (): void => {
      const now = performance.now();
      if (plan.ratePerSecond === undefined) {
        if (now < end) for (const connection of idle.splice(0)) fire(connection, now);
      } else {
        for (
          ;
          next <= now && next < end;
          next += (-Math.log(1 - Math.random()) * 1000) / plan.ratePerSecond
        ) {
          const connection = idle.pop();
          if (connection) fire(connection, next);
          else waiting.push(next);
        }
      }
      if (now >= end && (idle.length === plan.connections || now > end + 5000)) resolve();
      else setTimeout(tick, 1);
    };
    tick();
  });
  const seconds = (performance.now() - start) / 1000;
  const unanswered = plan.connections - idle.length + waiting.length;
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { perSecond: latencies.length / seconds, failed: failed + unanswered, p50: at(0.5), p99: at(0.99) };
}

void load(JSON.parse(process.argv[2] ?? '') as LoadPlan).then((outcome) => {
  process.stdout.write(`${JSON.stringify(outcome)}\n`, () => process.exit(0));
});
