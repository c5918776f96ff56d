import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface Child<Told> {
  /** What it told once it was ready. */
  readonly told: Told;
  /** SIGKILL, and gone. */
  kill(): Promise<void>;
}

/** Programs of this bench that run until they are killed; all that still run end with `killAll`. */
export class Children {
  private readonly running = new Set<ChildProcess>();

  async start<Told>(
    program: string,
    plan: object = {},
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Child<Told>> {
    const child = fork(path.join(__dirname, `${program}.js`), [JSON.stringify(plan)], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.running.add(child);
    const ended = once(child, 'exit').then(() => this.running.delete(child));
    const told = await Promise.race([
      once(child, 'message').then(([message]) => message as Told),
      ended.then(() => Promise.reject(new Error(`${program} ended before it was ready`))),
    ]);
    return {
      told,
      async kill() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  async killAll(): Promise<void> {
    const ended = [...this.running].map((child) => once(child, 'exit'));
    for (const child of this.running) child.kill('SIGKILL');
    await Promise.all(ended);
  }
}
