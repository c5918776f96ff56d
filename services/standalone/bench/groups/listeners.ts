import { putOnSale } from '../../test/purchase';
import { apart } from '../apart';
import type { Group } from '../group';
import { withHouse } from '../house';

/** How long those who watch an event wait to hear of a change. On a machine of its own, whose memory is that of nothing else. */
export const listeners: Group = ({ report }) =>
  withHouse(async ({ machine, organizer, categoryId, tokens }) => {
    const { eventId, ticketTypes } = await putOnSale(organizer, categoryId, [100, 1]);
    const heard = await apart('listeners', {
      ...{ port: Number(new URL(machine.origin).port), pid: machine.pid, token: tokens[0] ?? '' },
      ...{ eventId, ticketTypeId: ticketTypes[0]?.ticketTypeId ?? '', listeners: 10_000, changes: 20 },
    });
    report({ name: 'a hold heard of by 10,000 who watch the event, p50', value: heard.p50, unit: 'ms' });
    report({ name: '  p99', value: heard.p99, unit: 'ms', atMost: 1000 });
    report({ name: '  the last of all', value: heard.max, unit: 'ms' });
    report({ name: '  not heard of', value: heard.missed, unit: '', atMost: 0 });
    report({ name: '  memory with nobody watching', value: heard.memoryBefore, unit: 'MB' });
    report({ name: '  memory with 10,000 who watch', value: heard.memoryWith, unit: 'MB' });
  });
