import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  after,
  before,
  inMilliseconds,
  instant,
  toMilliseconds,
  type Duration,
} from '@boxoffice/shared/kernel';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FindAvailability, type Availability } from '../src/core/availability';
import { watchRhythm } from '../src/core/event-watch';
import { ExpireHolds } from '../src/core/expire-holds';
import type { DueHolds, ListenerTally } from '../src/core/ports';
import { WatchAvailability, type Listen } from '../src/core/watch-availability';
import { MemoryContainer } from './memory-container';
import { oneProcess, type OneProcess } from './one-process';
import { concert, eventId, noon, seeded, stalls } from './season';
import { settled, StepClock } from './step-clock';

const mostListeners = 1200;
let container: MemoryContainer;
let clock: StepClock;
let office: OneProcess;
let watch: WatchAvailability;
/** What the tally was told. */
let listening: number;
let failures: unknown[];
let looks: number;

beforeEach(async () => {
  [listening, failures, looks] = [0, [], 0];
  container = new MemoryContainer('inventory');
  const read = container.read.bind(container);
  container.read = (partition, id) => {
    if (id === 'stock') looks++;
    return read(partition, id);
  };
  clock = new StepClock();
  office = oneProcess(container, clock);
  const tally: ListenerTally = {
    joined: () => listening++,
    left: () => listening--,
    told: () => undefined,
    lookFailed: (_, cause) => failures.push(cause),
  };
  const expiring = new ExpireHolds(office.doors, {} as DueHolds, clock);
  const availability = new FindAvailability(office.records, expiring, clock);
  watch = new WatchAvailability(office.doors, availability, tally, { mostListeners }, clock, seeded(1));
  await office.sales.open(concert({}, [1000, 0]));
});

/** Someone who listens, and takes whatever comes as soon as it does. */
class Ear {
  readonly heard: Availability[] = [];
  readonly gone = new AbortController();
  endedAt: number | undefined;

  constructor(listen: Listen) {
    void this.hear(listen);
  }

  private async hear(listen: Listen): Promise<void> {
    for await (const availability of listen(this.gone.signal)) this.heard.push(availability);
    this.endedAt = toMilliseconds(clock.now());
  }

  get held(): readonly (number | undefined)[] {
    return this.heard.map(({ ticketTypes }) => ticketTypes[0]?.held);
  }

  get states(): readonly (string | undefined)[] {
    return this.heard.map(({ ticketTypes }) => ticketTypes[0]?.state);
  }
}

async function ear(): Promise<Ear> {
  const opening = watch.open(eventId);
  await clock.run(0);
  const listener = new Ear(await opening);
  await clock.run(watchRhythm.restMilliseconds); // the first look, and its rest
  return listener;
}

let keys = 0;
const holdAt = (place: OneProcess) =>
  place.holds.hold({
    eventId,
    userId: 'ben',
    lines: [{ ticketTypeId: stalls, quantity: 1 }],
    mark: { key: `key-${++keys}`, fingerprint: '' },
  });

describe('whoever listens to an event', () => {
  it('hears how things stand, and of what this process commits at once', async () => {
    const { heard, held } = await ear();
    expect([heard.length, held]).toEqual([1, [0]]);
    const began = clock.now();
    await holdAt(office);
    await settled();
    expect(heard.map(({ ticketTypes }) => ticketTypes[0]?.held)).toEqual([0, 1]);
    expect(clock.now()).toBe(began);
  });

  it('hears of what another process commits within a second', async () => {
    const listener = await ear();
    await holdAt(oneProcess(container, clock, 2));
    await clock.run(999);
    expect(listener.held).toEqual([0, 1]);
  });

  it('hears that holds expired and that sales closed, though nobody came', async () => {
    await holdAt(office);
    clock.set(before(after(noon, { minutes: 15 }), { seconds: 2 }));
    const buyer = await ear();
    await clock.run(3000);
    expect(buyer.held).toEqual([1, 0]);
    buyer.gone.abort();
    await clock.run(1000);

    clock.set(before(instant('2027-02-12T18:30:00Z'), { seconds: 2 }));
    const late = await ear();
    await clock.run(3000);
    expect(late.states).toEqual(['on-sale', 'closed']);
  });

  it('hears in a rush of the newest alone, a few times a second, and of the last in any case', async () => {
    const listener = await ear();
    for (let i = 0; i < 100; i++) {
      await holdAt(office);
      await clock.run(10);
    }
    await clock.run(watchRhythm.restMilliseconds);
    expect(listener.heard.length).toBeLessThanOrEqual(2 + 1150 / watchRhythm.restMilliseconds);
    expect(listener.held.at(-1)).toBe(100);
  });

  it('hears the same again after a silence', async () => {
    const listener = await ear();
    await clock.run(watchRhythm.silenceMilliseconds - 1000);
    expect(listener.heard).toHaveLength(1);
    await clock.run(2000);
    expect(listener.heard).toHaveLength(2);
    expect(listener.heard[1]).toEqual(listener.heard[0]);
  });

  it('hears, if slow, of the newest when there is time for it', async () => {
    const listen = await watch.open(eventId);
    const slow = listen(new AbortController().signal)[Symbol.asyncIterator]();
    await slow.next();
    for (let i = 0; i < 3; i++) {
      await holdAt(office);
      await clock.run(500);
    }
    const next = (await slow.next()) as IteratorYieldResult<Availability>;
    expect(next.value.ticketTypes[0]?.held).toBe(3);
    let more = false;
    void slow.next().then(() => (more = true));
    await clock.run(2000);
    expect(more).toBe(false);
  });

  it('leaves at once, even while there is nothing to hear', async () => {
    const listener = await ear();
    expect(listening).toBe(1);
    listener.gone.abort();
    await settled();
    expect([listener.endedAt, listening]).toEqual([toMilliseconds(clock.now()), 0]);
  });

  it('is told where there is no such event', async () => {
    const opening = expect(watch.open('01jv0h5c9n3yq8t6w2b4d7f1gz')).rejects.toMatchObject({
      code: 'event-unknown',
    });
    await clock.run(0);
    await opening;
  });
});

describe('listening', () => {
  /** `hh:mm:ss` */
  const functionTimeout = (): Duration => {
    const file = path.join(__dirname, '../host.json');
    const host = JSON.parse(readFileSync(file, 'utf8')) as { functionTimeout: string };
    const [hours = 0, minutes = 0, seconds = 0] = host.functionTimeout.split(':').map(Number);
    return { hours, minutes, seconds };
  };

  it.each([
    ['whatever happens', () => undefined],
    [
      'even while the store does not answer',
      () => void (container.wait = () => new Promise(() => undefined)),
    ],
  ])('ends sooner than a Function may run, %s, and not for all at once', async (_, trouble) => {
    const ears = await Promise.all([ear(), ear(), ear(), ear()]);
    const began = toMilliseconds(clock.now());
    trouble();
    await clock.run(60_000);
    expect(ears.filter(({ endedAt }) => endedAt !== undefined)).toEqual([]);
    await clock.run(60_000);
    const lasted = ears.map(({ endedAt = Infinity }) => endedAt - began);
    expect(Math.max(...lasted)).toBeLessThan(inMilliseconds(functionTimeout()) - 10_000);
    expect(new Set(lasted).size).toBeGreaterThan(1);
    expect(listening).toBe(0);
  });

  it('costs one small read now and then, however many listen, and none when nobody does', async () => {
    const ears = await Promise.all(Array.from({ length: 300 }, () => ear()));
    looks = 0;
    await clock.run(10_000);
    expect(looks).toBeLessThanOrEqual(20);
    expect(looks).toBeGreaterThanOrEqual(10);
    for (const { gone } of ears) gone.abort();
    await clock.run(1000);
    looks = 0;
    await holdAt(office);
    await clock.run(1000);
    expect([looks, clock.asleep]).toEqual([0, 0]);
  });

  it('begins again when somebody comes back', async () => {
    for (let visit = 0; visit < 3; visit++) {
      const listener = await ear();
      await holdAt(office);
      await settled();
      expect(listener.held).toEqual([visit, visit + 1]);
      listener.gone.abort();
      if (visit === 1) await clock.run(2000);
    }
  });

  it('tells a large audience in parts, so that those who buy have their turn', async () => {
    const ears = await Promise.all(Array.from({ length: 1200 }, () => ear()));
    const toldOf = (held: number) => ears.filter((each) => each.held.at(-1) === held).length;
    await holdAt(office);
    await settled();
    expect(toldOf(1)).toBe(watchRhythm.atOnce);
    await clock.run(0);
    expect(toldOf(1)).toBe(1200);
  });

  it('is refused to more than the process takes, until one of them has left', async () => {
    const ears = await Promise.all(Array.from({ length: mostListeners }, () => ear()));
    await expect(watch.open(eventId)).rejects.toMatchObject({ code: 'too-many-listeners' });
    ears[0]?.gone.abort();
    await settled();
    expect((await ear()).heard).toHaveLength(1);
  });

  it('survives a store that fails, is logged once, and goes on where things stand then', async () => {
    const listener = await ear();
    await holdAt(oneProcess(container, clock, 2));
    const { wait } = container;
    container.wait = () => Promise.reject(new Error('the store is away'));
    await clock.run(10_000);
    expect([listener.held, failures.length]).toEqual([[0], 1]);
    container.wait = wait;
    await clock.run(1000);
    expect(listener.held).toEqual([0, 1]);
  });
});
