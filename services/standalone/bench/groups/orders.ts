import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { putOnSale } from '../../test/purchase';
import { apart } from '../apart';
import type { Group } from '../group';
import { houseOf, processorSeconds, startOver, type House } from '../house';
import { multiplyOrders } from '../multiply-orders';
import type { PurchasePlan } from '../purchases';

const copies = 10_000;
const [rounds, roundSeconds] = [5, 3];

/**
 * What a purchase costs with a million orders on file, and with a hundred: in processor time, by turns. The papers, which are
 * printed behind, are the same for both.
 */
export const orders: Group = async ({ report, tell }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-orders-'));
  const [small, large] = [path.join(folder, 'small'), path.join(folder, 'large')];
  const machines: House['machine'][] = [];
  try {
    const first = await startOver(small);
    machines.push(first);
    await apart('purchases', { ...(await planOf(await houseOf(first))), seconds: 1, ratePerSecond: 100 });
    await first.stop();
    cpSync(small, large, { recursive: true });
    const onFile = multiplyOrders(path.join(large, 'payment-processing.sql.db'), copies, tell);

    const open = async (dataDir: string): Promise<Office> => {
      const machine = await startOver(dataDir);
      machines.push(machine);
      return { machine, plan: await planOf(await houseOf(machine)) };
    };
    const few = await open(small);
    const many = await open(large);
    for (const office of [few, many]) await cost(office); // compiled, and warm
    const pairs: { readonly few: number; readonly many: number }[] = [];
    for (let round = 0; round < rounds; round++) pairs.push({ few: await cost(few), many: await cost(many) });
    report({
      name: 'a purchase with a hundred orders on file',
      value: median(pairs.map((pair) => pair.few)),
      unit: 'ms',
    });
    report({
      name: `  with ${onFile.toLocaleString('en')} orders on file`,
      value: median(pairs.map((pair) => pair.many)),
      unit: 'ms',
    });
    report({
      name: '  costs so many times as much, the median of pairs',
      value: median(pairs.map((pair) => pair.many / pair.few)),
      unit: '',
      atMost: 1.2,
    });
  } finally {
    await Promise.all(machines.map((machine) => machine.kill()));
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Office {
  readonly machine: House['machine'];
  readonly plan: PurchasePlan;
}

/** Processor time of a purchase, in milliseconds. */
async function cost({ machine, plan }: Office): Promise<number> {
  const before = processorSeconds(machine);
  const { fulfilled } = await apart('purchases', plan);
  return ((processorSeconds(machine) - before) / fulfilled) * 1000;
}

async function planOf({ machine, organizer, categoryId, tokens }: House): Promise<PurchasePlan> {
  const { eventId, ticketTypes } = await putOnSale(organizer, categoryId, [1_000_000, 1_000_000]);
  const ticketTypeIds = ticketTypes.map((type) => type.ticketTypeId);
  return { origin: machine.origin, tokens, eventId, ticketTypeIds, seconds: roundSeconds };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
