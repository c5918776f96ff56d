import { connect, type Socket } from 'node:net';

/**
 * Load whose arrivals do not wait for answers, as buyers do not: requests fall due at random moments (a Poisson process), and a
 * request that finds no idle connection waits with its clock running. Latency counts from the moment it fell due. Runs as a
 * process of its own: `open-loop <plan as JSON>` → one line of JSON.
 */
export interface Plan {
  readonly port: number;
  readonly connections: number;
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly method: string;
  readonly path: string;
  /** A request carries one of these, in turn. */
  readonly tokens: readonly string[];
  readonly body: string;
}

export interface Outcome {
  readonly answered: number;
  readonly perSecond: number;
  readonly errors: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

interface Connection {
  readonly socket: Socket;
  dueAt: number;
  buffered: string;
}

async function openLoop(plan: Plan): Promise<Outcome> {
  const latencies: number[] = [];
  let errors = 0;
  const idle: Connection[] = [];
  const waiting: number[] = [];
  let sent = 0;
  const run = Math.floor(performance.timeOrigin).toString(36);

  const request = (): string => {
    const token = plan.tokens[sent % plan.tokens.length] ?? '';
    return (
      `${plan.method} ${plan.path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n` +
      `idempotency-key: open-${run}-${sent++}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(plan.body)}\r\n\r\n${plan.body}`
    );
  };
  const fire = (connection: Connection, dueAt: number): void => {
    connection.dueAt = dueAt;
    connection.socket.write(request());
  };
  const answered = (connection: Connection, status: number): void => {
    latencies.push(performance.now() - connection.dueAt);
    if (status >= 300) errors++;
    const next = waiting.shift();
    if (next === undefined) idle.push(connection);
    else fire(connection, next);
  };
  const read = (connection: Connection, chunk: Buffer): void => {
    connection.buffered += chunk.toString('latin1');
    const end = connection.buffered.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(connection.buffered)?.[1] ?? 0);
    if (connection.buffered.length < end + 4 + length) return;
    const status = Number(connection.buffered.slice(9, 12));
    connection.buffered = '';
    answered(connection, status);
  };

  await Promise.all(
    Array.from({ length: plan.connections }, async () => {
      const socket = connect({ port: plan.port, host: '127.0.0.1', noDelay: true });
      const connection: Connection = { socket, dueAt: 0, buffered: '' };
      socket.on('data', (chunk) => read(connection, chunk));
      await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
      socket.on('error', () => errors++);
      idle.push(connection);
    }),
  );

  const start = performance.now();
  const end = start + plan.seconds * 1000;
  let next = start;
  await new Promise<void>((resolve) => {
    const tick = (): void => {
      const now = performance.now();
      for (; next <= now && next < end; next += (-Math.log(1 - Math.random()) * 1000) / plan.ratePerSecond) {
        const connection = idle.pop();
        if (connection) fire(connection, next);
        else waiting.push(next);
      }
      const drained = idle.length === plan.connections || now > end + 5000;
      if (now >= end && drained) resolve();
      else setImmediate(tick);
    };
    tick();
  });
  for (const connection of idle) connection.socket.destroy();
  // What was never answered counts with the time it has waited.
  latencies.push(...waiting.map((dueAt) => performance.now() - dueAt));
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const seconds = (performance.now() - start) / 1000;
  return {
    answered: latencies.length,
    perSecond: latencies.length / seconds,
    errors: errors + waiting.length,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
  };
}

if (process.argv[3] === 'open-loop') {
  void openLoop(JSON.parse(process.argv[2] ?? '') as Plan).then((outcome) => {
    process.stdout.write(`${JSON.stringify(outcome)}\n`, () => process.exit(0));
  });
}
