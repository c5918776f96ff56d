import { setTimeout as wait } from 'node:timers/promises';
import type { ServiceName } from '@boxoffice/shared/contracts';
import { machineChance, machineClock } from '@boxoffice/shared/platform/embedded';
import { ulids } from '@boxoffice/shared/kernel';
import { azurePlatform, readAzureSettings } from '@boxoffice/shared/platform/azure';
import { untold } from '../../../../shared/test/untold';
import { until } from '../../test/purchase';
import { Visitor } from '../../test/visitor';
import type { Group } from '../group';
import type { AzureProcess } from '../inventory/azure';
import { Children, type Child } from '../inventory/children';
import { concertOf, type Concert } from '../inventory/concert';
import { crowd } from '../inventory/crowd';

const windows = 400;
const holdMinutes = 15;

type CloudSettings = Readonly<Record<ServiceName, Readonly<Record<string, string>>>>;

/**
 * Four processes on one event, over the real SDKs and doubles of Azure, one killed while they sell. All share this machine's cores with
 * the doubles and the crowd, so four can't be faster than one here; what counts is that they lose nothing.
 */
export const processes: Group = async ({ seconds, report, tell }) => {
  const alone = await withOffices(1, async ({ open }) => {
    const { ports, concert } = await open(1_000_000);
    return crowd({ ports, concert, windows, milliseconds: seconds * 1000 });
  });
  report({ name: 'one process over the double of Cosmos DB, holds', value: alone.perSecond, unit: '/s' });

  await withOffices(4, async ({ open, offices, start }) => {
    const { ports, concert } = await open(Math.ceil((alone.perSecond * seconds) / 2));
    const victim = Math.floor(Math.random() * ports.length);
    const killAt = Math.ceil(concert.capacity * (0.2 + 0.5 * Math.random()));
    let killed: Promise<void> | undefined;
    const { holds, perSecond, repeated } = await crowd({
      ...{ ports, concert, windows, milliseconds: 120_000 },
      whenHeld: (count) => {
        if (count === killAt) killed = offices[victim]?.kill();
      },
    });
    await killed;
    tell(`process ${victim + 1} of 4 was killed after ${killAt} of ${concert.capacity} holds`);
    report({ name: 'four processes on one event, one killed, holds', value: perSecond, unit: '/s' });
    report({
      name: '  times one process',
      value: perSecond / alone.perSecond,
      unit: '',
      atLeast: 0.5,
    });
    report({ name: '  asked again of another, or told to come again', value: repeated, unit: '' });

    const origin = `http://127.0.0.1:${ports[(victim + 1) % ports.length] ?? 0}`;
    const stock = await stockOf(origin, concert);
    report({
      name: '  oversold',
      value: Math.max(0, Math.max(holds.size, stock.held + stock.sold) - concert.capacity),
      unit: '',
      atMost: 0,
    });
    report({ name: '  acknowledged and lost', value: await lostOf(origin, holds), unit: '', atMost: 0 });

    tell('a process whose clock is past their expiry sweeps what is held: up to a minute');
    await start({ sweeps: true, minutesAhead: holdMinutes + 2 });
    const swept = await until(
      () => stockOf(origin, concert),
      ({ held }) => held === 0,
      60_000,
    ).catch(() => stockOf(origin, concert));
    report({
      name: '  stranded after their expiry',
      value: concert.capacity - swept.available,
      unit: '',
      atMost: 0,
    });
  });
};

interface Offices {
  readonly offices: readonly Child<number>[];
  /** Another process. */
  readonly start: (plan: AzureProcess) => Promise<Child<number>>;
  /** Puts so many tickets on sale; answers once every process sells them. */
  readonly open: (capacity: number) => Promise<{ ports: readonly number[]; concert: Concert }>;
}

async function withOffices<T>(count: number, use: (offices: Offices) => Promise<T>): Promise<T> {
  const children = new Children();
  try {
    const { told: settings } = await children.start<CloudSettings>('cloud');
    const start = (plan: AzureProcess): Promise<Child<number>> =>
      children.start<number>('azure', plan, settings['ticket-inventory']);
    const offices = await Promise.all(
      Array.from({ length: count }, () => start({ sweeps: false, minutesAhead: 0 })),
    );
    const ports = offices.map(({ told }) => told);
    const open = async (capacity: number) => {
      const ids = ulids(machineClock, machineChance);
      const concert = concertOf(capacity, { clock: machineClock, ids });
      const platform = azurePlatform(readAzureSettings(settings['event-management'], ['bus']), untold);
      await platform.bus.publish([concert.published]);
      await platform.close();
      for (const port of ports)
        await until(
          () => new Visitor(`http://127.0.0.1:${port}`, undefined).send('GET', availabilityOf(concert)),
          ({ status }) => status === 200,
        );
      return { ports, concert };
    };
    return await use({ offices, start, open });
  } finally {
    await children.killAll();
  }
}

const availabilityOf = ({ eventId }: Concert): string => `/events/${eventId}/availability`;

interface Stock {
  readonly held: number;
  readonly sold: number;
  readonly available: number;
}

async function stockOf(origin: string, concert: Concert): Promise<Stock> {
  await wait(1100); // answers are up to a second old
  const { ticketTypes } = await new Visitor(origin, undefined).get<{ ticketTypes: Stock[] }>(
    availabilityOf(concert),
  );
  const [stock] = ticketTypes;
  if (!stock) throw new Error('no stock');
  return stock;
}

/** How many of the acknowledged holds, of a sample, are not there. */
async function lostOf(origin: string, holds: ReadonlyMap<string, string>): Promise<number> {
  const step = Math.ceil(holds.size / 1000);
  const sample = [...holds].filter((_, i) => i % step === 0);
  let lost = 0;
  for (const [holdId, userId] of sample) {
    const { body } = await new Visitor(origin, userId).send('GET', `/holds/${holdId}`);
    if (body['status'] !== 'held') lost++;
  }
  return lost;
}
