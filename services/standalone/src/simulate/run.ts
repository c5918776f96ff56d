import { eventPublished, paymentRefunded, type EventPublished } from '@boxoffice/shared/contracts';
import {
  drawFaults,
  noFaults,
  simulatedWorld,
  type Faults,
  type Mishap,
  type Random,
} from '@boxoffice/shared/platform/simulated';
import { Bank } from './bank';
import { readBooks } from './books';
import type { Bug } from './bug';
import { Buyer } from './buyer';
import { checkMail } from './check-mail';
import { checkMoney } from './check-money';
import { checkSagas } from './check-sagas';
import { checkStock, StockWatch } from './check-stock';
import { checkTickets, TicketWatch } from './check-tickets';
import { checkWords } from './check-words';
import type { Stage } from './client';
import { Evidence } from './evidence';
import { House } from './house';
import { drawMind } from './mind';
import { organize } from './organizer';
import { checkPoison, poison } from './poison';

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

const hour = 3_600_000;

/** A run has some thousand events; one with so many goes round in circles. */
const mostEvents = 300_000;

/** One season in little: an evening or two, a few seats, more buyers than seats, and everything that can go wrong. */
export async function simulate({ seed, bug, mishap, trace }: Script): Promise<Outcome> {
  const evidence = new Evidence();
  const world = simulatedWorld({
    seed,
    longestTimerPauseSeconds: 3600,
    ...(trace ? { trace } : {}),
    ...(mishap === undefined || mishap === 'none' ? {} : { mishap }),
  });
  const draw = world.random('script');
  const faults: Faults = mishap === undefined ? { ...drawFaults(draw), ...bug?.weather } : noFaults;
  const bank = new Bank(world, world.random('bank'), {
    slowRefunds: draw.pick([0, 0.5]),
    failedRefunds: draw.pick([0, 0, 0.2]),
    changesOfMind: draw.pick([0, 0.5]),
  });
  const house = new House(world, (process) => ({ gateways: bank.gatewaysFor(process) }), bug, {
    'event-management': draw.between([1, 2]),
    'ticket-inventory': draw.between([1, 3]),
    'payment-processing': draw.between([1, 3]),
    notification: draw.between([1, 2]),
  });
  bank.post = async (body, headers) =>
    (
      await house.ask('payment-processing', {
        method: 'POST',
        url: '/api/v1/payments/webhook/sandbox',
        headers,
        body,
      })
    )?.status;
  const stage: Stage = { world, house, evidence };
  const watch = new StockWatch(world, evidence);
  const tickets = new TicketWatch(world);
  world.stores.bus.whenAccepted((envelope) => {
    if (eventPublished.is(envelope)) evidence.events.set(envelope.subject, envelope.data as EventPublished);
    if (!paymentRefunded.is(envelope)) return;
    const { refundId } = paymentRefunded.read(envelope);
    if (bank.refunds.get(refundId)?.outcome.is !== 'succeeded')
      evidence.violated(`refund ${refundId} was told to be done, and the bank has not done it`);
  });

  try {
    await world.schedule.until(house.migrate());
    world.change(faults);
    house.start();
    await play(stage, bank, draw, faults.lateFor[1]);
    await drain(stage, faults);
    if (evidence.violations.length === 0) await world.schedule.until(audit(stage, bank, watch, tickets));
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

async function play(stage: Stage, bank: Bank, draw: Random, late: number): Promise<void> {
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
    finish(organize(stage, world.random(`organizer ${number}`), number));
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
    const buyer = new Buyer(`buyer-${number}`, stage, bank, random, event, drawMind(random, event));
    world.schedule.after(random.between([0, rush]), () => finish(buyer.buy()));
  }
  if (draw.chance(0.3)) world.schedule.after(draw.between([0, rush]), () => replaceKeys(stage, draw));
  if (draw.chance(0.3)) poison(stage, draw);
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
async function drain(stage: Stage, faults: Faults): Promise<void> {
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
}

async function audit(stage: Stage, bank: Bank, watch: StockWatch, tickets: TicketWatch): Promise<void> {
  const auditor = stage.world.process('auditor', false);
  const books = await readBooks(auditor);
  checkMoney(bank, books, stage.evidence);
  checkMail(stage.world, books, tickets, stage.evidence);
  checkSagas(stage.world, bank, books, stage.evidence);
  checkPoison(stage, stage.evidence);
  await checkStock(stage, watch, books);
  await checkWords(stage, books);
  await checkTickets(stage, tickets, books);
  for (const { state } of books.orders) stage.world.around.tally(`orders ${state}`);
  for (const { reason } of books.refunds) stage.world.around.tally(`refunds ${reason}`);
}

function isBroken({ world, evidence }: Stage): boolean {
  if (world.schedule.happened > mostEvents) evidence.violated(`no rest after ${mostEvents} events`);
  return evidence.violations.length > 0;
}
