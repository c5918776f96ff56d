import { Worker } from 'node:worker_threads';
import type { Press } from '../../papers';

export interface PrintJob {
  readonly id: number;
  readonly paper: keyof Press;
  readonly facts: unknown;
}
export type PrintResult = { readonly id: number } & (
  { readonly bytes: Uint8Array } | { readonly fault: string }
);

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** Prints in a thread of its own, one paper after another; `program` is the bundle of standalone's press-worker.ts. A thread that dies is replaced. */
export function workerPress(program: string): Press & { close(): Promise<void> } {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let last = 0;

  const fail = (error: Error): void => {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(program);
    started.unref(); // what is not printed yet keeps nobody from stopping: its letter is sent at the next start
    started.on('message', (result: PrintResult) => {
      const job = waiting.get(result.id);
      waiting.delete(result.id);
      if ('bytes' in result) job?.resolve(result.bytes);
      else job?.reject(new Error(result.fault));
    });
    started.on('error', fail);
    return started;
  };
  const print = (paper: keyof Press, facts: unknown): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const job: PrintJob = { id: ++last, paper, facts };
      waiting.set(job.id, { resolve, reject });
      worker ??= start();
      worker.postMessage(job);
    });

  return {
    tickets: (facts) => print('tickets', facts),
    sale: (facts) => print('sale', facts),
    async close() {
      await worker?.terminate();
      fail(new Error('the press is closed'));
    },
  };
}
