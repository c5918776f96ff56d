import { noFaults, type Faults, type Random } from '@boxoffice/shared/platform/simulated';
import { playAside } from './aside';
import { Buyer } from './buyer';
import type { Stage } from './client';
import { drawMind } from './mind';
import { settleByHand } from './operator';
import { organize } from './organizer';
import { poison } from './poison';
import type { Scene } from './scene';

const hour = 3_600_000;

/** A run has some thousand events; one with so many goes round in circles. */
const mostEvents = 300_000;

/** Organisers set their evenings up, and buyers come. `late`: how long a message may take. */
export async function play(scene: Scene, late: number): Promise<void> {
  const { stage, season, tills, draw } = scene;
  const { world, evidence } = stage;
  const done = { count: 0 };
  const finish = (work: Promise<unknown>): void => {
    work.then(
      () => done.count++,
      (error: unknown) => evidence.violated(`somebody stumbled: ${String(error)}`),
    );
  };
  const broken = (): boolean => isBroken(stage);

  const evenings = draw.between([1, 2]);
  for (let number = 1; number <= evenings; number++)
    finish(organize(stage, world.random(`organizer ${number}`), number, season));
  await world.schedule.run(() => done.count === evenings || broken());
  const given = world.schedule.now + late;
  const stock = world.stores.container('ticket-inventory', { name: 'inventory', ttl: false });
  const onSale = (): boolean =>
    evidence.events.size > 0 && [...evidence.events.keys()].every((eventId) => stock.read(eventId, 'stock'));
  // The facts may take days. Those who come now may still be too early for the prices.
  await world.schedule.run(() => onSale() || broken() || world.schedule.now > given);
  const rush = draw.pick([1_000, hour / 2, 3 * hour]);
  const events = [...evidence.events.values()];
  const [first, ...others] = events;
  if (!first || broken()) return;
  const buyers = draw.between([3, 12]);
  for (let number = 1; number <= buyers; number++) {
    const random = world.random(`buyer ${number}`);
    const event = random.pick([first, ...others]);
    const buyer = new Buyer(`buyer-${number}`, stage, tills, random, event, drawMind(random, event, season));
    world.schedule.after(random.between([0, rush]), () => finish(buyer.buy()));
  }
  if (draw.chance(0.3)) world.schedule.after(draw.between([0, rush]), () => replaceKeys(stage, draw));
  if (draw.chance(0.3)) poison(stage, draw);
  playAside(scene, first, rush);
  const end = world.schedule.now + 12 * hour;
  await world.schedule.run(() => done.count === evenings + buyers || broken() || world.schedule.now > end);
}

/** An operator has other keys sign from now on: what the old ones have signed stays good. */
function replaceKeys({ world }: Stage, draw: Random): void {
  for (const name of world.stores.secrets.keys())
    world.stores.secrets.set(name, Buffer.from(draw.bytes(32)).toString('base64url'));
  world.around.tally('signing keys replaced');
}

/** Everything works again; and then time passes until the last late message must have come and all that waits has had its turn. */
export async function drain({ stage, season, treasurer }: Scene, faults: Faults): Promise<void> {
  const { world } = stage;
  world.change(noFaults);
  const pass = async (milliseconds: number): Promise<void> => {
    const end = world.schedule.now + milliseconds;
    await world.schedule.run(() => world.schedule.now >= end || isBroken(stage));
  };
  await pass(faults.lateFor[1] + 48 * hour);
  // An operator looks into the dead letters: what could not be handled while the stores were away is handled now.
  for (const queue of world.stores.bus.queues) {
    for (const letter of queue.deadLetters) {
      world.around.tally('dead letter replayed');
      queue.replay(letter.position);
    }
  }
  await pass(24 * hour);
  if (season.byHand && !isBroken(stage)) {
    await world.schedule.until(settleByHand(stage, world.random('by hand')));
    await pass(2 * hour);
  }
  // Money that has just been said what it is for may have to go back.
  for (let looks = 0; looks < 3 && season.transfers && !isBroken(stage); looks++) {
    await world.schedule.until(treasurer.work());
    await pass(2 * hour);
  }
}

export function isBroken({ world, evidence }: Stage): boolean {
  if (world.schedule.happened > mostEvents) evidence.violated(`no rest after ${mostEvents} events`);
  return evidence.violations.length > 0;
}
