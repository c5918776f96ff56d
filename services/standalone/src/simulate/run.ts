import {
  drawFaults,
  noFaults,
  simulatedWorld,
  type Faults,
  type Mishap,
} from '@boxoffice/shared/platform/simulated';
import { audit } from './audit';
import type { Bug } from './bug';
import { drain, play } from './play';
import { setScene } from './scene';

export interface Script {
  readonly seed: number;
  readonly bug?: Bug;
  /** What goes wrong instead of what the seed draws: this one thing, or nothing at all. */
  readonly mishap?: Mishap | 'none';
  /** Hears all that happens, in order. */
  readonly trace?: (at: number, who: string, what: string) => void;
}

export interface Outcome {
  readonly seed: number;
  readonly mishap?: Mishap | 'none';
  /** Broken promises, in words; none is what everybody hopes for. */
  readonly violations: readonly string[];
  readonly tallies: ReadonlyMap<string, number>;
  readonly events: number;
  /** How many calls the services made, and how many of them were writes: where something can go wrong. */
  readonly calls: number;
  readonly writes: number;
}

/** One season in little: an evening or two, a few seats, more buyers than seats, and everything that can go wrong. */
export async function simulate({ seed, bug, mishap, trace }: Script): Promise<Outcome> {
  const world = simulatedWorld({
    seed,
    longestTimerPauseSeconds: 3600,
    ...(trace ? { trace } : {}),
    ...(mishap === undefined || mishap === 'none' ? {} : { mishap }),
  });
  const draw = world.random('script');
  const faults: Faults = mishap === undefined ? { ...drawFaults(draw), ...bug?.weather } : noFaults;
  const scene = setScene(world, draw, bug);
  const { house, evidence } = scene.stage;
  try {
    await world.schedule.until(house.migrate());
    world.change(faults);
    house.start();
    await play(scene, faults.lateFor[1]);
    await drain(scene, faults);
    if (evidence.violations.length === 0) await world.schedule.until(audit(scene));
  } catch (error) {
    evidence.violated(
      `the run broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
  const outcome = {
    seed,
    ...(mishap === undefined ? {} : { mishap }),
    violations: evidence.violations,
    tallies: world.tallies,
    events: world.schedule.happened,
    calls: world.around.fates.calls,
    writes: world.around.fates.writes,
  };
  world.close();
  return outcome;
}
