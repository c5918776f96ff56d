import { parentPort, workerData } from 'node:worker_threads';
import { isDocumentFault } from '../../../documents';
import { SqliteFile } from '../sqlite-file';
import { FileWriter } from './file-writer';
import type { Request, Response } from './threaded-writer';

/** The thread's side of ThreadedWriter. */
export function serveWrites(): void {
  const file = new SqliteFile(workerData as string);
  const writer = new FileWriter(file);
  parentPort?.on('message', (request: Request) => {
    void answer(writer, request).then((response) => {
      if (request.kind === 'close') file.close();
      parentPort?.postMessage(response);
    });
  });
}

async function answer(writer: FileWriter, request: Request): Promise<Response> {
  const { id } = request;
  try {
    switch (request.kind) {
      case 'write':
        return { id, etags: await writer.write(request.batch) };
      case 'checkpoint':
        await writer.saveCheckpoint(request.feed, request.continuation);
        break;
      case 'sweep':
        await writer.sweep(request.container, request.now);
        break;
      case 'close':
        await writer.close();
    }
    return { id, etags: [] };
  } catch (error) {
    if (isDocumentFault(error)) return { id, fault: error.detail, reason: error.reason };
    return { id, fault: error instanceof Error ? error.message : String(error), reason: undefined };
  }
}
