import { oneProcess, type OneProcess } from '../../test/one-process';
import { concert, eventId, stalls } from '../../test/season';
import type { Strategy } from './rush';

/**
 * The service's own code from HoldTickets down to StockDocuments, in as many processes; only the container is the model. Each
 * process has sold a ticket before the rush, so it knows the event.
 */
export const throughDoors: Strategy = sellingFrom(() => eventId);

/**
 * The same, as if each process had a bucket of the stock for itself, which is as good as buckets can be: none is ever empty while
 * another has tickets, and no basket or pool needs two.
 */
export const throughBuckets: Strategy = sellingFrom((office) => eventId.slice(0, -1) + office.toString(32));

function sellingFrom(eventIdOf: (office: number) => string): Strategy {
  return async ({ container, time, random, rush }) => {
    const offices = Array.from({ length: rush.processes }, (_, i) => oneProcess(container, time, i + 1));
    const text = (bytes: number): string => Buffer.from(random.bytes(bytes)).toString('hex');
    const holdOne = ({ holds }: OneProcess, office: number) =>
      holds.hold({
        eventId: eventIdOf(office),
        // As long as what comes over the wire: a user's id, and 22 characters of each hash.
        userId: text(18),
        lines: [{ ticketTypeId: stalls, quantity: 1 }],
        mark: { key: text(11), fingerprint: text(11) },
      });
    const capacity = rush.buyers + offices.length;
    for (const [i, office] of offices.entries()) {
      await office.sales.open(concert({ eventId: eventIdOf(i) }, [capacity, 0])); // once is enough, and more does no harm
      await holdOne(office, i);
    }
    return async (buyer) => {
      const i = buyer % offices.length;
      const office = offices[i];
      if (office) await holdOne(office, i);
    };
  };
}
