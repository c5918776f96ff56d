import { cosmosContainer, createContainers } from '@boxoffice/shared/platform/azure/cosmos';
import { CosmosDouble } from '../../../shared/test/doubles/cosmos';
import { inventorySpec } from '../src/infrastructure/containers';
import { oneProcess, type OneProcess } from '../test/one-process';
import { concert, eventId, SetClock } from '../test/season';
import { costOfCommit, type Cost } from './cost-of-commit';

export interface Charged {
  readonly what: string;
  /** As the double has it: request charges, and calls that arrived. */
  readonly charged: Cost;
  readonly modelled: Cost;
}

/** Two processes and what they share, over the real SDK and the double of Cosmos DB. */
export async function chargedByDouble(sizes: readonly number[]): Promise<readonly Charged[]> {
  const double = await CosmosDouble.start();
  try {
    const settings = { endpoint: double.endpoint, key: double.key, database: 'ticket-inventory' };
    await createContainers(settings, [inventorySpec]);
    const container = cosmosContainer(settings, inventorySpec);
    const clock = new SetClock();
    const [office, rival] = [1, 2].map((seed) => oneProcess(container, clock, seed)) as [
      OneProcess,
      OneProcess,
    ];
    const event = concert({}, [1_000_000, 0]);
    await office.sales.open(event);
    const ticketTypeId = event.ticketTypes[0]?.ticketTypeId ?? '';
    let made = 0;
    const holdSome = (at: OneProcess, count: number): Promise<unknown> =>
      Promise.all(
        Array.from({ length: count }, () => {
          const key = String(++made).padStart(22, '0');
          return at.holds.hold({
            eventId,
            userId: `b0a7c9d2-2f64-4f0a-9f5e-${String(made).padStart(12, '0')}`,
            lines: [{ ticketTypeId, quantity: 1 }],
            mark: { key, fingerprint: key },
          });
        }),
      );
    const root = await container.read(eventId, 'stock');
    const rootBytes = Buffer.byteLength(JSON.stringify(root?.body));
    const arrivals = (): number => double.arrived.read + double.arrived.write + double.arrived.list;

    const measured = async (at: OneProcess, holds: number, overtaken: number): Promise<Charged> => {
      const [groups, units, calls] = [at.groups.length, double.charged, arrivals()];
      await holdSome(at, holds);
      const modelled = at.groups
        .slice(groups)
        .map((group, i) => costOfCommit({ holds: group, rootBytes, overtaken: i === 0 ? overtaken : 0 }));
      return {
        what: overtaken === 0 ? `${holds} at once` : `${holds} at once, another faster`,
        charged: { requestUnits: double.charged - units, roundTrips: arrivals() - calls },
        modelled: {
          requestUnits: modelled.reduce((sum, cost) => sum + cost.requestUnits, 0),
          roundTrips: modelled.reduce((sum, cost) => sum + cost.roundTrips, 0),
        },
      };
    };

    const outcomes: Charged[] = [];
    for (const size of sizes) outcomes.push(await measured(office, size, 0));
    await holdSome(rival, 1); // now it has heard of the event
    await holdSome(office, 1);
    outcomes.push(await measured(rival, 1, 1));
    return outcomes;
  } finally {
    await double.close();
  }
}
