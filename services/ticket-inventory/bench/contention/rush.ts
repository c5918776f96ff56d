import { isDocumentFault } from '@boxoffice/shared/documents';
import { Refusal } from '@boxoffice/shared/kernel';
import { seeded, type Random } from '@boxoffice/shared/platform/simulated';
import { inventorySpec } from '../../src/infrastructure/containers';
import { noon } from '../../test/season';
import { ModelledContainer } from './modelled-container';
import { VirtualTime } from './virtual-time';

export interface Rush {
  readonly buyers: number;
  /** They come at random moments of it. */
  readonly withinMilliseconds: number;
  readonly processes: number;
  /** What the partition may spend. */
  readonly unitsPerSecond: number;
  /** What nobody has been told by then does not count. */
  readonly horizonMilliseconds?: number;
}

export interface RushOutcome {
  readonly held: number;
  /** Told that there is too much to do. */
  readonly turnedAway: number;
  readonly unanswered: number;
  /** Holds, until the last of them. */
  readonly perSecond: number;
  /** Of holds, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** All request units that were spent, over the holds. */
  readonly unitsAHold: number;
  /** Calls that were told to wait (429). */
  readonly throttled: number;
}

export interface Market {
  readonly container: ModelledContainer;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly rush: Rush;
}

/** Puts as many tickets on sale as there are buyers; answers how the buyer of that number gets one. */
export type Strategy = (market: Market) => Promise<(buyer: number) => Promise<void>>;

/** One ticket type, everybody at once, in virtual time. */
export async function play(strategy: Strategy, rush: Rush, seed = 1): Promise<RushOutcome> {
  const random = seeded(seed);
  const time = new VirtualTime(random.stream('order'), noon);
  const container = new ModelledContainer(
    inventorySpec,
    time,
    random.stream('round trips'),
    rush.unitsPerSecond,
  );
  const market = { container, time, random: random.stream('buyers'), rush };
  const buy = await time.schedule.until(strategy(market));
  await time.schedule.until(time.sleep(1000)); // what the opening spent is earned again
  const { spent, refused } = container.throughput;
  const began = time.milliseconds;
  const end = began + (rush.horizonMilliseconds ?? Infinity);

  const latencies: number[] = [];
  let turnedAway = 0;
  let answered = 0;
  let last = began;
  const arrivals = random.stream('arrivals');
  for (let buyer = 0; buyer < rush.buyers; buyer++) {
    const arrive = async (): Promise<void> => {
      const start = time.milliseconds;
      try {
        await buy(buyer);
        latencies.push(time.milliseconds - start);
        last = time.milliseconds;
      } catch (error) {
        if (!(error instanceof Refusal) && !isDocumentFault(error)) throw error;
        turnedAway++;
      }
      answered++;
    };
    void time.sleep(arrivals.next() * rush.withinMilliseconds).then(arrive);
  }
  await time.schedule.run(() => answered === rush.buyers || time.milliseconds > end);

  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;
  return {
    held: sorted.length,
    turnedAway,
    unanswered: rush.buyers - answered,
    perSecond: (sorted.length / (last - began)) * 1000,
    p50: at(0.5),
    p99: at(0.99),
    unitsAHold: (container.throughput.spent - spent) / sorted.length,
    throttled: container.throughput.refused - refused,
  };
}
