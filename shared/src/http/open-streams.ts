import type { ServerResponse } from 'node:http';
import type { Stream } from './route';

/** The streams that a server is sending; `endAll` ends them, so that nobody has to wait for their readers. */
export class OpenStreams {
  private readonly open = new Set<AbortController>();
  private ending = false;

  /** The pieces for one response: who takes the next has written the one before. */
  async *piecesFor(response: ServerResponse, stream: Stream): AsyncGenerator<Uint8Array> {
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    response.once('close', leave);
    this.open.add(gone);
    if (this.ending || response.destroyed) leave();
    try {
      for await (const piece of stream(gone.signal)) {
        yield piece;
        if (response.writableNeedDrain) await roomFor(response, gone.signal);
      }
    } finally {
      this.open.delete(gone);
      response.off('close', leave);
    }
  }

  endAll(): void {
    this.ending = true;
    for (const gone of this.open) gone.abort();
  }
}

/** Resolves once what was written has left this process, or the reader has. */
function roomFor(response: ServerResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      gone.removeEventListener('abort', done);
      resolve();
    };
    response.on('drain', done);
    gone.addEventListener('abort', done);
    if (gone.aborted) done();
  });
}
