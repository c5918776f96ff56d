import {
  holdRefused,
  paymentCaptured,
  signingKeyPublished,
  type Envelope,
  type Fact,
} from '@boxoffice/shared/contracts';
import { fromMilliseconds } from '@boxoffice/shared/kernel';
import type { Random } from '@boxoffice/shared/platform/simulated';
import type { Stage } from './client';
import type { Evidence } from './evidence';

const hour = 3_600_000;
const facts: readonly [Fact<object>, ...Fact<object>[]] = [holdRefused, paymentCaptured, signingKeyPublished];
/** Its subject. */
export const mark = 'poison';

/** Somebody publishes what nobody can handle: without its data, in a version yet to come, or of an order that there never was. */
export function poison({ world, evidence }: Stage, random: Random): void {
  const fact = random.pick(facts);
  const id = `${mark}-${random.below(1_000_000)}`;
  const at = fromMilliseconds(world.schedule.now);
  const whole: Envelope = fact.announce(id, mark, at, fact.sample);
  const broken = random.pick<Envelope>([
    { ...whole, data: {} },
    { ...whole, data: null },
    holdRefused.announce(id, mark, at, holdRefused.sample), // whose order was never placed here
  ]);
  evidence.poisons.add(id);
  world.around.tally('poisoned message');
  world.schedule.after(random.between([0, 2 * hour]), () => world.stores.bus.accept(broken, undefined));
}

/** What can't be handled lies among the dead letters, for a person to see: it is neither lost nor tried for ever. */
export function checkPoison({ world }: Stage, evidence: Evidence): void {
  const dead = new Set(
    world.stores.bus.queues.flatMap(({ deadLetters }) => deadLetters.map(({ envelope }) => envelope.id)),
  );
  for (const id of evidence.poisons)
    if (!dead.has(id)) evidence.violated(`${id} can't be handled, and is not among the dead letters`);
}
