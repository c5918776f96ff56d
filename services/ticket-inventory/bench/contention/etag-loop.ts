import { isDocumentFault } from '@boxoffice/shared/documents';
import type { Market, Strategy } from './rush';

interface Allotment {
  readonly capacity: number;
  readonly held: number;
}

/** Milliseconds before trying again after so many tries that another had overtaken. */
export type Pause = (tries: number, market: Market) => number;
export const noPause: Pause = () => 0;
export const doublingPause: Pause = (tries, { random }) => random.next() * Math.min(5000, 5 * 2 ** tries);

const [partition, id] = ['event', 'allotment'];

/**
 * The loop that every guide to optimistic locking shows: read, decide, replace if nobody has meanwhile, else from the start. Of
 * the hold itself it keeps nothing, which is in its favour: a document for each would cost more.
 */
export const etagLoop =
  (pause: Pause): Strategy =>
  async (market) => {
    const { container, time, rush } = market;
    const stock: Allotment = { capacity: rush.buyers, held: 0 };
    await container.write(partition, [{ kind: 'create', id, body: stock }]);

    const attempt = async (): Promise<boolean> => {
      const read = await container.read<Allotment>(partition, id);
      if (!read || read.body.held === read.body.capacity) throw new Error('sold out');
      const body: Allotment = { ...read.body, held: read.body.held + 1 };
      try {
        await container.write(partition, [{ kind: 'replace', id, body, ifMatch: read.etag }]);
        return true;
      } catch (error) {
        if (isDocumentFault(error, 'PreconditionFailed')) return false;
        throw error;
      }
    };
    return async () => {
      for (let overtaken = 0, throttled = 0; ;) {
        try {
          if (await attempt()) return;
          throttled = 0;
          await time.sleep(pause(++overtaken, market));
        } catch (error) {
          if (!isDocumentFault(error, 'TooManyRequests')) throw error;
          const patience = market.random.next() * Math.min(5000, 20 * 2 ** ++throttled);
          await time.sleep((error.retryAfterMilliseconds ?? 0) + patience);
        }
      }
    };
  };
