import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePort } from '../../test/machine';
import { putOnSale } from '../../test/purchase';
import { apart } from '../apart';
import type { Group } from '../group';
import { withHouse } from '../house';

const connections = 1000;

/** Durable holds over HTTP: as many as there can be, and at half that rate. */
export const holds: Group = ({ seconds, report }) =>
  withHouse(async ({ machine, organizer, categoryId, tokens }) => {
    const { eventId, ticketTypes } = await putOnSale(organizer, categoryId, [1_000_000, 1]);
    const bare = await bareHttp(seconds);
    report({ name: 'bare node:http, answers', value: bare, unit: '/s' });
    const plan = {
      port: Number(new URL(machine.origin).port),
      path: '/api/v1/holds',
      body: JSON.stringify({ eventId, lines: [{ ticketTypeId: ticketTypes[0]?.ticketTypeId, quantity: 1 }] }),
      ...{ connections, seconds, tokens },
    };
    const { perSecond, failed } = await apart('load', plan);
    report({
      name: `durable holds, one hot ticket type, ${connections} connections`,
      value: perSecond,
      unit: '/s',
      atLeast: 20_000,
    });
    report({
      name: '  of bare node:http in the same run',
      value: (100 * perSecond) / bare,
      unit: '%',
      atLeast: 40,
    });
    report({ name: '  failed', value: failed, unit: '', atMost: 0 });
    const open = await apart('load', { ...plan, ratePerSecond: perSecond / 2 });
    report({
      name: 'holds at half that rate, arrivals independent of answers',
      value: open.perSecond,
      unit: '/s',
    });
    report({ name: '  p50', value: open.p50, unit: 'ms' });
    report({ name: '  p99', value: open.p99, unit: 'ms', atMost: 50 });
    report({ name: '  failed', value: open.failed, unit: '', atMost: 0 });
  });

/** What node:http answers on this machine to the same load when there is nothing to do. */
async function bareHttp(seconds: number): Promise<number> {
  const port = await freePort();
  const child = fork(path.join(__dirname, 'bare.js'), [String(port)], { stdio: 'inherit' });
  await once(child, 'message');
  const plan = { port, path: '/', connections, seconds, tokens: [''], body: '{"lines":[]}' };
  const { perSecond } = await apart('load', plan);
  child.kill();
  return perSecond;
}
