import type { Running, Service, Timer } from '../service';
import type { StoredBus } from './bus';
import { runFeed, type Checkpoints } from './feeds';
import type { Process } from './process';
import { Stop } from './stop';
import type { StoredContainer } from './stored-container';
import { telemetryFor } from './telemetry';

export interface TriggerStores {
  readonly bus: StoredBus;
  readonly checkpoints: Checkpoints;
  /** Timers that changed nothing may pause for up to this long, and longer while nothing else changes either. */
  readonly longestPauseSeconds: number;
  container(name: string): StoredContainer;
}

const concurrency = 8;
/** Of the time for which nothing has changed: how long an idle timer pauses. */
const restShare = 1 / 3;

/** Starts the service's consumers, timers and feeds in one process. */
export function runTriggers(process: Process, service: Service, stores: TriggerStores): Running {
  const stop = new Stop();
  const receiving = service.consumers.map(({ subscription, handle }) =>
    stores.bus.queue(subscription).receive(process, concurrency, handle),
  );
  for (const timer of service.timers) void runTimer(process, timer, stores.longestPauseSeconds, stop);
  for (const feed of service.feeds) {
    void runFeed(
      process,
      service.name,
      feed,
      stores.container(feed.container.name),
      stores.checkpoints,
      stop,
    );
  }
  return {
    async stop() {
      await Promise.all([...receiving.map((one) => one.stop()), stop.now()]);
    },
  };
}

async function runTimer(
  process: Process,
  timer: Timer,
  longestPauseSeconds: number,
  stop: Stop,
): Promise<void> {
  const { around } = process;
  const run = async (): Promise<void> => {
    try {
      await timer.run();
    } catch (error) {
      around.tally(`timer failed: ${timer.name}`);
      telemetryFor(process).log.error(`timer ${timer.name} failed`, error);
    }
  };
  const longest = Math.max(longestPauseSeconds, timer.everySeconds);
  const mayIdle = (): number =>
    longestPauseSeconds === 0 ? longest : Math.max(longest, around.rest.seconds * restShare);
  for (let pause = timer.everySeconds; ;) {
    const late = 1 + around.random.next() * around.faults.timerJitter;
    await around.rest.sleep(pause * 1000 * late, longest * 1000, (wait, what) => process.after(wait, what));
    if (stop.stopped) return;
    const before = around.rest.disturbances;
    await stop.track(run());
    const idle = around.rest.disturbances === before;
    pause = idle ? Math.min(pause * 2, mayIdle()) : timer.everySeconds;
  }
}
