import { describe, expect, it } from '@jest/globals';
import { RecordingTelemetry } from '../../../test/doubles/recording-telemetry';
import type { Container, Stored } from '../../documents';
import { machineClock } from '../machine';
import { runFeed, runTimer } from './run';

/** A clock on which every wait is a millisecond. */
const clock = { now: () => machineClock.now(), sleep: () => machineClock.sleep(1) };
const document = (id: string): Stored => ({ partition: 'p', id, etag: '"1"', body: {} });

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !holds(); i++) await machineClock.sleep(1);
  if (!holds()) throw new Error('waited in vain');
}

describe('a timer in this process', () => {
  it('runs again and again, also after it failed, until it is stopped', async () => {
    const telemetry = new RecordingTelemetry();
    let runs = 0;
    const run = async (): Promise<void> => {
      if (++runs === 2) throw new Error('the store is down');
    };
    const running = runTimer(
      { name: 'expire', everySeconds: 60, run },
      { clock, telemetry, atLeastSeconds: 0 },
    );
    await until(() => runs >= 4);
    await running.stop();
    const atStop = runs;
    await machineClock.sleep(20);
    expect(runs).toBe(atStop);
    expect(telemetry.lines).toMatchObject([{ level: 'error', facts: { timer: 'expire' } }]);
  });

  it('waits for the run that is under way when it is stopped, and for no more than that', async () => {
    let ended = false;
    const begun = Promise.withResolvers<undefined>();
    const run = async (): Promise<void> => {
      begun.resolve(undefined);
      await machineClock.sleep(30);
      ended = true;
    };
    const running = runTimer(
      { name: 'slow', everySeconds: 1, run },
      { clock, telemetry: new RecordingTelemetry(), atLeastSeconds: 0 },
    );
    await begun.promise;
    await running.stop();
    expect(ended).toBe(true);
    const resting = runTimer(
      { name: 'resting', everySeconds: 3600, run },
      { clock: machineClock, telemetry: new RecordingTelemetry(), atLeastSeconds: 0 },
    );
    await resting.stop();
  });

  it.each([
    [5, 60, 60],
    [90, 60, 90],
    [5, 0, 5],
  ])('of every %i seconds that may run every %i runs every %i', async (every, atLeast, seconds) => {
    let waitedMs = 0;
    const began: number[] = [];
    const adding = {
      ...clock,
      sleep: (ms: number) => {
        waitedMs += ms;
        return clock.sleep();
      },
    };
    const running = runTimer(
      { name: 'paced', everySeconds: every, run: async () => void began.push(waitedMs) },
      { clock: adding, telemetry: new RecordingTelemetry(), atLeastSeconds: atLeast },
    );
    await until(() => began.length >= 2);
    expect(began.slice(0, 2)).toEqual([seconds * 1000, 2 * seconds * 1000]);
    await running.stop();
  });
});

describe('a change feed in this process', () => {
  it('hands each page over once it could be handled, and goes on from there', async () => {
    const pages: Readonly<Record<string, Stored[]>> = {
      start: [document('a'), document('b')],
      1: [document('c')],
      2: [],
    };
    const container = {
      changes: (continuation = 'start') => {
        const next = continuation === 'start' ? '1' : '2';
        return Promise.resolve({ documents: pages[continuation] ?? [], continuation: next });
      },
    } as Partial<Container> as Container;
    const handled: string[][] = [];
    let failures = 1;
    const handle = async (documents: readonly Stored[]): Promise<void> => {
      if (failures-- > 0) throw new Error('the bus is down');
      handled.push(documents.map(({ id }) => id));
    };
    const telemetry = new RecordingTelemetry();
    const running = runFeed({ name: 'announce', container, handle }, { clock, telemetry });
    await until(() => handled.length === 2);
    await running.stop();
    expect(handled).toEqual([['a', 'b'], ['c']]);
    expect(telemetry.lines).toHaveLength(1);
  });
});
