import { putOnSale } from '../../test/purchase';
import { apart } from '../apart';
import type { Group } from '../group';
import { processorSeconds, residentMegabytes, untilQuiet, withHouse } from '../house';

/** Hold, order, payment, tickets: as many as so many buyers can, one after another each. */
export const purchases: Group = ({ seconds, report }) =>
  withHouse(async ({ machine, organizer, categoryId, tokens }) => {
    const { eventId, ticketTypes } = await putOnSale(organizer, categoryId, [1_000_000, 1_000_000]);
    const ticketTypeIds = ticketTypes.map((type) => type.ticketTypeId);
    const plan = { origin: machine.origin, tokens, eventId, ticketTypeIds, seconds };
    const before = processorSeconds(machine);
    const { perSecond, p99, failed, fulfilled } = await apart('purchases', plan);
    await untilQuiet(machine); // papers are printed after those who wait
    const busy = processorSeconds(machine) - before;
    report({
      name: 'whole purchases, from hold to tickets issued',
      value: perSecond,
      unit: '/s',
      atLeast: 1000,
    });
    report({ name: '  hold to answered payment, p99', value: p99, unit: 'ms' });
    report({ name: '  failed', value: failed, unit: '', atMost: 0 });
    report({
      name: '  processor time of each, its papers included',
      value: (busy / fulfilled) * 1000,
      unit: 'ms',
    });
    report({ name: '  memory after that', value: residentMegabytes(machine), unit: 'MB' });
    const steady = await apart('purchases', { ...plan, ratePerSecond: 200 });
    report({
      name: 'payment answered to order fulfilled, p99 at 200 purchases a second',
      value: steady.fulfilledP99,
      unit: 'ms',
      atMost: 250,
    });
    report({ name: '  failed', value: steady.failed, unit: '', atMost: 0 });
  });
