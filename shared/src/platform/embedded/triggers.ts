import type { Telemetry } from '../../telemetry';
import type { Feed, Running, Service, Timer } from '../service';
import { EmbeddedContainer, type DocumentFile } from './documents';
import { Rounds } from './rounds';

const feedPage = 100;
/** Feeds are woken by writes; this is for what was written while nobody listened. */
const slowPollMilliseconds = 5000;
const firstRetryMilliseconds = 500;
const longestRetryMilliseconds = 30_000;

/** Runs at once, and then so many seconds after the last run began. */
export function runTimer(service: Service, timer: Timer, telemetry: Telemetry): Running {
  return new Rounds(async () => {
    const began = performance.now();
    try {
      await telemetry.span(`${service.name} ${timer.name}`, { timer: timer.name }, () => timer.run());
    } catch (error) {
      telemetry.log.error('timer failed, it will run again', error, {
        service: service.name,
        timer: timer.name,
      });
    }
    return Math.max(0, timer.everySeconds * 1000 - (performance.now() - began));
  });
}

/** Hands on page after page of changes, and remembers where it was once a page is handled. */
export function runFeed(service: Service, feed: Feed, file: DocumentFile, telemetry: Telemetry): Running {
  let failures = 0;
  let stopped = false;
  const rounds = new Rounds(async () => {
    try {
      await drain(service, feed, file, telemetry, () => stopped);
      failures = 0;
      return slowPollMilliseconds;
    } catch (error) {
      telemetry.log.error('feed failed, the page will come again', error, {
        service: service.name,
        feed: feed.name,
      });
      return Math.min(firstRetryMilliseconds * 2 ** failures++, longestRetryMilliseconds);
    }
  });
  // After a failure it rests, however much is written meanwhile.
  const written = () => (failures === 0 ? rounds.wake() : undefined);
  const forget =
    feed.container instanceof EmbeddedContainer ? feed.container.whenWritten(written) : () => false;
  return {
    stop() {
      stopped = true;
      forget();
      return rounds.stop();
    },
  };
}

async function drain(
  service: Service,
  feed: Feed,
  file: DocumentFile,
  telemetry: Telemetry,
  isStopped: () => boolean,
): Promise<void> {
  while (!isStopped()) {
    const { documents, continuation } = await feed.container.changes(
      file.checkpoint(feed.name),
      feed.pageSize ?? feedPage,
    );
    if (documents.length === 0) return;
    await telemetry.span(
      `${service.name} ${feed.name}`,
      { feed: feed.name, documents: documents.length },
      () => feed.handle(documents),
    );
    await file.saveCheckpoint(feed.name, continuation);
  }
}
