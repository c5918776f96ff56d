import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { inlinePress, type SaleFacts, type TicketFacts } from '@boxoffice/shared/papers';
import type { PrintJob, PrintResult } from '@boxoffice/shared/platform/embedded';

/** The thread that prints: the other side of workerPress. */
async function print({ id, paper, facts }: PrintJob): Promise<PrintResult> {
  try {
    const bytes =
      paper === 'tickets'
        ? await inlinePress.tickets(facts as TicketFacts)
        : await inlinePress.sale(facts as SaleFacts);
    return { id, bytes };
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) };
  }
}

// Buyers come before paper. On Linux this is the priority of the calling thread; elsewhere it would be the whole process's.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW);

let queue = Promise.resolve();
parentPort?.on('message', (job: PrintJob) => {
  queue = queue.then(async () => parentPort?.postMessage(await print(job)));
});
