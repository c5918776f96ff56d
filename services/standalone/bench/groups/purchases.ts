import { putOnSale } from '../../test/purchase';
import { apart } from '../apart';
import type { Group } from '../group';
import { residentMegabytes, withHouse } from '../house';

/** Hold, order, payment, tickets: as many as so many buyers can, one after another each. */
export const purchases: Group = ({ seconds, report }) =>
  withHouse(async ({ machine, organizer, categoryId, tokens }) => {
    const { eventId, ticketTypes } = await putOnSale(organizer, categoryId, [1_000_000, 1_000_000]);
    const { perSecond, p99, failed } = await apart('purchases', {
      origin: machine.origin,
      ticketTypeIds: ticketTypes.map((type) => type.ticketTypeId),
      ...{ tokens, eventId, seconds },
    });
    report({
      name: 'whole purchases, from hold to tickets issued',
      value: perSecond,
      unit: '/s',
      atLeast: 1000,
    });
    report({ name: '  hold to answered payment, p99', value: p99, unit: 'ms' });
    report({ name: '  failed', value: failed, unit: '', atMost: 0 });
    report({ name: '  memory after that', value: residentMegabytes(machine), unit: 'MB' });
  });
