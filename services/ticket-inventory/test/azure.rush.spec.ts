import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyStockReport } from '@boxoffice/shared/contracts';
import type { Container } from '@boxoffice/shared/documents';
import { Refusal } from '@boxoffice/shared/kernel';
import { closeCosmos, cosmosContainer, createContainers } from '@boxoffice/shared/platform/azure/cosmos';
import { CosmosDouble } from '../../../shared/test/doubles/cosmos';
import { inventorySpec } from '../src/infrastructure/containers';
import { audit, oneProcess, reportOf, rootOf } from './one-process';
import { balcony, capture, concert, eventId, seeded, SetClock, stalls } from './season';

/** What a rush meets of the store, over the real SDK: the same engine, the same promises. */
describe('several processes on one event in Cosmos DB', () => {
  let double: CosmosDouble;
  beforeAll(async () => {
    double = await CosmosDouble.start();
  });
  afterAll(async () => {
    await closeCosmos();
    await double.close();
  });

  async function containerFor(seed: number): Promise<Container> {
    const settings = { endpoint: double.endpoint, key: double.key, database: `rush-${seed}` };
    await createContainers(settings, [inventorySpec]);
    return cosmosContainer(settings, inventorySpec);
  }

  /** Writes meet these now and then: refused, throttled, cut off before or after they were done. */
  function troubleNowAndThen(chance: { below(limit: number): number }): void {
    const troubles = [
      { on: 'write', operationStatus: 412 },
      { on: 'write', status: 429, retryAfterMilliseconds: 1 },
      { on: 'write', status: 449 },
      { on: 'write', drop: 'before' },
      { on: 'write', drop: 'after' },
    ] as const;
    const trouble = troubles[chance.below(troubles.length)];
    if (trouble) double.fail(trouble);
  }

  it.each([1, 2, 3, 4])(
    'keep sold + held + available = capacity, whatever befalls a write (seed %s)',
    async (seed) => {
      const container = await containerFor(seed);
      const clock = new SetClock();
      const chance = seeded(seed);
      const offices = [1, 2, 3].map((number) => oneProcess(container, clock, seed * 10 + number));
      const pools = [{ poolId: 'hall', name: 'Hall', capacity: 40 }];
      const ticketTypes = concert({}, [35, 10]).ticketTypes.map((type) => ({ ...type, poolId: 'hall' }));
      await offices[0]!.sales.open(concert({ pools, ticketTypes }));
      const asks = Array.from({ length: 90 }, async (_, i) => {
        const office = offices[i % 3]!;
        if (chance.below(4) === 0) troubleNowAndThen(chance);
        const userId = `buyer-${i}`;
        const lines = [{ ticketTypeId: i % 4 ? stalls : balcony, quantity: 1 }];
        const { hold } = await office.holds.hold({
          eventId,
          userId,
          lines,
          mark: { key: userId, fingerprint: 'f' },
        });
        if (i % 3 === 0) return office.releases.release(hold.holdId, userId);
        // Delivered twice, to two processes.
        const captured = capture(i, hold.holdId, userId, lines);
        const twice = [office, offices[(i + 1) % 3]!].map((each) => each.orders.settle(captured));
        const [one, two] = await Promise.all(twice);
        expect(one?.order).toEqual(two?.order);
        return undefined;
      });
      for (const end of await Promise.allSettled(asks))
        if (end.status === 'rejected' && !(end.reason instanceof Refusal)) throw end.reason;
      double.recover();
      await audit(container);
      clock.pass(20);
      await offices[1]!.doors.ask(eventId, () => undefined);
      const { allotments } = await rootOf(container);
      expect(allotments.map(({ held }) => held)).toEqual([0, 0]);
      expect(allotments.reduce((sum, { sold }) => sum + sold, 0)).toBeGreaterThan(10);
      expect(verifyStockReport(await reportOf(oneProcess(container, clock, 99))).faults).toEqual([]);
    },
  );
});
