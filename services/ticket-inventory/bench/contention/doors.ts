import { oneProcess, type OneProcess } from '../../test/one-process';
import { concert, eventId, stalls } from '../../test/season';
import type { Strategy } from './rush';

/**
 * The service's own code from HoldTickets down to StockDocuments, in as many processes; only the container is the model. Each
 * process has sold a ticket before the rush, so it knows the event.
 */
export const throughDoors: Strategy = async ({ container, time, random, rush }) => {
  const offices = Array.from({ length: rush.processes }, (_, i) => oneProcess(container, time, i + 1));
  const text = (bytes: number, encoding: 'hex' | 'base64url'): string =>
    Buffer.from(random.bytes(bytes)).toString(encoding);
  const holdOne = ({ holds }: OneProcess) =>
    holds.hold({
      eventId,
      // As long as what comes over the wire: a user's id, and 22 characters of each hash.
      userId: text(18, 'hex'),
      lines: [{ ticketTypeId: stalls, quantity: 1 }],
      mark: { key: text(11, 'hex'), fingerprint: text(11, 'hex') },
    });
  const capacity = rush.buyers + offices.length;
  for (const [i, office] of offices.entries()) {
    if (i === 0) await office.sales.open(concert({}, [capacity, 0]));
    await holdOne(office);
  }
  return async (buyer) => {
    const office = offices[buyer % offices.length];
    if (office) await holdOne(office);
  };
};
