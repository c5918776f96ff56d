import type { Clock } from '../../kernel';
import type { Telemetry } from '../../telemetry';
import type { Feed, Running, Timer } from '../service';

interface Deps {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

interface TimerDeps extends Deps {
  /** It runs no more often than this. */
  readonly atLeastSeconds: number;
}

const pause = { newDocumentsMs: 500, afterFailureMs: 5000 } as const;
const page = 100;
const shortWaitMs = 1000;

/** Runs a timer in this process. On Azure Functions the host does this instead. */
export function runTimer(timer: Timer, { clock, telemetry, atLeastSeconds }: TimerDeps): Running {
  const everyMs = Math.max(timer.everySeconds, atLeastSeconds) * 1000;
  return repeat(clock, everyMs, async () => {
    try {
      await telemetry.span('timer', { timer: timer.name }, () => timer.run());
    } catch (error) {
      telemetry.log.error('timer failed, it will run again', error, { timer: timer.name });
    }
    return everyMs;
  });
}

/**
 * Follows a change feed in this process, from its beginning at each start: a feed sees everything at least once. On Azure
 * Functions the host does this instead, and keeps its place in the leases.
 */
export function runFeed(feed: Feed, { clock, telemetry }: Deps): Running {
  let continuation: string | undefined;
  return repeat(clock, 0, async () => {
    try {
      const changes = await feed.container.changes(continuation, feed.pageSize ?? page);
      if (changes.documents.length > 0)
        await telemetry.span('feed', { feed: feed.name, documents: changes.documents.length }, () =>
          feed.handle(changes.documents),
        );
      continuation = changes.continuation;
      return changes.documents.length > 0 ? 0 : pause.newDocumentsMs;
    } catch (error) {
      telemetry.log.error('feed failed, the page will come again', error, { feed: feed.name });
      return pause.afterFailureMs;
    }
  });
}

/** `work` tells how long to wait before it is done again; never two at once. */
function repeat(clock: Clock, firstAfterMs: number, work: () => Promise<number>): Running {
  const stopping = Promise.withResolvers<undefined>();
  let stopped = false;
  const loop = async (): Promise<void> => {
    for (let wait = firstAfterMs; ; wait = await work()) {
      // A wait can't be called off: short ones keep no process from ending.
      for (let rest = wait; rest > 0 && !isStopped(); rest -= shortWaitMs)
        await Promise.race([clock.sleep(Math.min(rest, shortWaitMs)), stopping.promise]);
      if (isStopped()) return;
    }
  };
  const isStopped = (): boolean => stopped;
  const ended = loop();
  return {
    async stop() {
      stopped = true;
      stopping.resolve(undefined);
      await ended;
    },
  };
}
