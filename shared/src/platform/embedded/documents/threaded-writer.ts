import { Worker } from 'node:worker_threads';
import { DocumentFault, type DocumentFaultReason } from '../../../documents';
import type { Batch, DocumentWriter } from './document-writer';

/** What is asked of the thread. */
export type Request = { readonly id: number } & (
  | { readonly kind: 'write'; readonly batch: Batch }
  | { readonly kind: 'checkpoint'; readonly feed: string; readonly continuation: string }
  | { readonly kind: 'sweep'; readonly container: string; readonly now: number }
  | { readonly kind: 'close' }
);
export type Response = { readonly id: number } & (
  | { readonly etags: readonly (string | undefined)[] }
  | { readonly fault: string; readonly reason: DocumentFaultReason | undefined }
);
type Question = Request extends infer Each ? (Each extends unknown ? Omit<Each, 'id'> : never) : never;

interface Waiting {
  readonly resolve: (etags: readonly (string | undefined)[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Has a thread write to the file, so that no request waits for the disk but those that are written; `program` is the bundle of
 * standalone's document-thread.ts. Whether what a dying thread was at was written nobody knows; it is replaced.
 */
export class ThreadedWriter implements DocumentWriter {
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | undefined;
  private last = 0;
  private closed = false;

  constructor(
    private readonly program: string,
    private readonly path: string,
  ) {
    this.worker = this.start();
  }

  write(batch: Batch): Promise<readonly (string | undefined)[]> {
    return this.ask({ kind: 'write', batch });
  }

  async saveCheckpoint(feed: string, continuation: string): Promise<void> {
    await this.ask({ kind: 'checkpoint', feed, continuation });
  }

  async sweep(container: string, now: number): Promise<void> {
    await this.ask({ kind: 'sweep', container, now });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    const last = this.ask({ kind: 'close' });
    this.closed = true;
    await last;
    await this.worker?.terminate();
  }

  private ask(question: Question): Promise<readonly (string | undefined)[]> {
    return new Promise((resolve, reject) => {
      if (this.closed) throw new Error('the store is closed');
      const id = ++this.last;
      this.waiting.set(id, { resolve, reject });
      this.worker ??= this.start();
      this.worker.postMessage({ id, ...question } satisfies Request);
    });
  }

  private start(): Worker {
    const worker = new Worker(this.program, { workerData: this.path });
    worker.on('message', (response: Response) => {
      const asked = this.waiting.get(response.id);
      this.waiting.delete(response.id);
      if ('etags' in response) asked?.resolve(response.etags);
      else if (response.reason === undefined) asked?.reject(new Error(response.fault));
      else asked?.reject(new DocumentFault(response.reason, response.fault));
    });
    worker.on('error', (error: Error) => {
      this.worker = undefined;
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    });
    return worker;
  }
}
