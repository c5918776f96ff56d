import type { EventPublished } from '@boxoffice/shared/contracts';
import { cancel, refundAll } from './ending';
import type { Scene } from './scene';

const hour = 3_600_000;
/** How often somebody looks at the operator's account, and how many times. */
const looks = { every: 10 * hour, times: 5 } as const;

/** What goes on beside the buyers: a bank is out of reach for a while, the account is looked after, an event comes to an end. */
export function playAside(
  { stage, season, tills, treasurer }: Scene,
  event: EventPublished,
  rush: number,
): void {
  const { world, evidence } = stage;
  const random = world.random('aside');
  const later = (wait: number, work: () => Promise<void>): void => {
    const stumbled = (error: unknown): void => evidence.violated(`somebody stumbled: ${String(error)}`);
    world.schedule.after(wait, () => void work().catch(stumbled));
  };
  if (season.banks.length > 1 && random.chance(0.5))
    later(random.between([0, rush]), async () =>
      tills.banks[0]?.close(random.between([hour / 12, 2 * hour])),
    );
  if (season.transfers)
    for (let look = 1; look <= looks.times; look++) later(look * looks.every, () => treasurer.work());
  if (season.end === 'cancelled') later(random.between([0, rush + hour]), () => cancel(stage, event, random));
  if (season.end === 'refunded')
    later(random.between([0, rush + hour]), () => refundAll(stage, event, random));
}
