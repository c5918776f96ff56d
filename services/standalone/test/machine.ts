import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

// A bundle of this file lies in dist/, its source in test/: the repository is found from either.
const root = path.resolve(process.cwd());

/** A running standalone, as `npm start` runs it. */
export interface Machine {
  readonly origin: string;
  readonly pid: number;
  /** From spawning to the first answer. */
  readonly startMilliseconds: number;
  /** What it printed. */
  output(): string;
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and gone. */
  kill(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Bundles standalone as `npm start` does; the program's path. */
export function buildStandalone(): string {
  const built = spawnSync(
    process.execPath,
    [path.join(root, 'shared/tools/tasks.mjs'), 'bundle-standalone'],
    { cwd: root, encoding: 'utf8' },
  );
  const program = path.join(root, 'services/standalone/dist/main.js');
  if (built.status !== 0 || !existsSync(program))
    throw new Error(`standalone was not bundled: ${built.stderr}`);
  return program;
}

export async function startMachine(options: {
  program: string;
  dataDir: string;
  port?: number;
  environment?: NodeJS.ProcessEnv;
}): Promise<Machine> {
  const port = options.port ?? (await freePort());
  const began = performance.now();
  const child: ChildProcess = spawn(process.execPath, [options.program], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: options.dataDir,
      SEASON: 'none',
      LOG_LEVEL: 'warn',
      // A few accounts buy for a whole crowd: how often one may try is not what is looked at.
      FRAUD_LIMITS: '{"account.attempts.hour":null,"account.attempts.day":null}',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exited = once(child, 'exit');
  const origin = `http://localhost:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`standalone ended with ${child.exitCode}: ${printed}`);
    const ready = await fetch(`${origin}/api/v1/ticket-inventory/health`).then(
      (reply) => reply.ok,
      () => false,
    );
    if (ready) break;
    if (performance.now() - began > 60_000)
      throw new Error(`standalone did not answer within a minute: ${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    origin,
    pid: child.pid ?? 0,
    startMilliseconds: performance.now() - began,
    output: () => printed,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
