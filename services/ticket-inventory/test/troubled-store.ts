import { after, type Clock } from '@boxoffice/shared/kernel';
import type { MemoryContainer, Trouble } from './memory-container';
import { seeded, type SetClock } from './season';

/** Waits a random number of turns, so that processes overtake each other. */
export function unevenly(container: MemoryContainer, seed: number): void {
  const chance = seeded(seed);
  container.wait = async () => {
    for (let turns = 1 + chance.below(6); turns > 0; turns--)
      await new Promise((resolve) => setImmediate(resolve));
  };
}

/** How far the clocks of the three are apart from the one that passes. */
export const skewsSeconds = [0, 100, -100];

const troubles: readonly Trouble[] = [
  'unknown, late',
  'unknown, written',
  'unknown, not written',
  'PreconditionFailed',
  'TooManyRequests',
];

export const skewed = (clock: SetClock, seconds: number): Clock => ({
  now: () => after(clock.now(), { seconds }),
  sleep: clock.sleep,
});

/** One write in six has a trouble. */
export const nowAndThen =
  (chance: ReturnType<typeof seeded>): MemoryContainer['trouble'] =>
  () =>
    chance.below(6) === 0 ? (troubles[chance.below(troubles.length)] ?? 'none') : 'none';
