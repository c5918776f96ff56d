import type { Feed } from '../service';
import type { Process } from './process';
import type { Stop } from './stop';
import type { StoredContainer } from './stored-container';
import { telemetryFor } from './telemetry';

/** Where each feed has got to, by service and name; outlives the processes. */
export type Checkpoints = Map<string, string>;

const page = 50;

/** Every change at least once: a page that failed, or whose checkpoint was lost, comes again. */
export async function runFeed(
  process: Process,
  service: string,
  feed: Feed,
  store: StoredContainer,
  checkpoints: Checkpoints,
  stop: Stop,
): Promise<void> {
  const { around } = process;
  const key = `${service}/${feed.name}`;
  let failures = 0;

  /** True: there may be more. */
  const round = async (): Promise<boolean> => {
    try {
      const seen = checkpoints.get(key);
      const { documents, continuation } = await feed.container.changes(seen, feed.pageSize ?? page);
      if (documents.length > 0) await feed.handle(documents);
      failures = 0;
      if (documents.length === 0 && seen === continuation) return false;
      if (around.random.chance(around.faults.feedAgain)) around.fault('feed page again');
      else await process.call(`${key}: checkpoint ${continuation}`, () => checkpoints.set(key, continuation));
    } catch (error) {
      failures++;
      around.tally(`feed failed: ${feed.name}`);
      telemetryFor(process).log.error(`feed ${feed.name} failed`, error);
      await process.clock.sleep(Math.min(500 * 2 ** failures, 60_000));
    }
    return true;
  };

  const written = wakeUp(process, store, stop);
  while (!stop.stopped) {
    const more = await stop.track(round());
    if (!more) await written();
  }
}

/** Resolves once the container has been written since it was last asked, and a feed's delay has passed. */
function wakeUp(process: Process, store: StoredContainer, stop: Stop): () => Promise<void> {
  let pending = false;
  let wake: (() => void) | undefined;
  const note = (): void => {
    pending = true;
    wake?.();
  };
  const forget = store.whenWritten(note);
  process.whenKilled(forget);
  stop.whenStopped(() => {
    forget();
    note();
  });
  return async () => {
    if (!pending) await new Promise<void>((resolve) => (wake = resolve));
    wake = undefined;
    pending = false;
    const { random, faults, schedule } = process.around;
    await new Promise<void>((resolve) => {
      schedule.after(random.between(faults.delivery), () => (process.alive ? resolve() : undefined), true);
    });
  };
}
