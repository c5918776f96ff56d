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
  /** Timers that changed nothing may pause for up to this long, so that days pass in few events. */
  readonly longestPauseSeconds: number;
  container(name: string): StoredContainer;
}

const concurrency = 8;

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
  for (let pause = timer.everySeconds; ;) {
    const late = 1 + around.random.next() * around.faults.timerJitter;
    await process.clock.sleep(pause * 1000 * late);
    if (stop.stopped) return;
    const before = around.changes;
    await stop.track(run());
    const idle = around.changes === before;
    pause = idle
      ? Math.min(pause * 2, Math.max(longestPauseSeconds, timer.everySeconds))
      : timer.everySeconds;
  }
}
