import type { Envelope, Subscription } from '../../../contracts';
import { toMilliseconds, type Clock, type Instant } from '../../../kernel';
import type { Bus, DeadLetter, DeadLetters, Handle } from '../../../messaging';
import type { Telemetry } from '../../../telemetry';
import type { Running } from '../../service';
import { GroupCommit } from '../group-commit';
import { SqliteFile } from '../sqlite-file';
import { Pump, type PumpHouse } from './pump';
import { queueName, QueueFile } from './queue-file';
import type { BusTuning } from './tuning';

/** A durable queue with Service Bus' manners, in one file. */
export class EmbeddedBus implements Bus {
  readonly deadLetters: DeadLetters;
  private readonly file: SqliteFile;
  private readonly queues: QueueFile;
  private readonly commits: GroupCommit;
  private readonly house: PumpHouse;
  private readonly pumps = new Map<string, Set<Pump>>();

  constructor(
    path: string,
    private readonly clock: Clock,
    telemetry: Telemetry,
    tuning: BusTuning,
  ) {
    this.file = new SqliteFile(path);
    this.queues = new QueueFile(this.file);
    this.commits = new GroupCommit(this.file);
    this.house = { queues: this.queues, commits: this.commits, tuning, telemetry, now: this.now };
    this.queues.unlockAll(this.now());
    this.deadLetters = {
      list: (subscription, page) => this.list(subscription, page),
      replay: (subscription, position) => this.replay(subscription, position),
    };
  }

  async publish(
    envelopes: readonly Envelope[],
    { notBefore }: { readonly notBefore?: Instant } = {},
  ): Promise<void> {
    if (envelopes.length === 0) return;
    const texts = envelopes.map((envelope) => JSON.stringify(envelope));
    const queues = await this.commits.submit(() => {
      const now = this.now();
      const due = notBefore === undefined ? now : Math.max(now, toMilliseconds(notBefore));
      return new Set(
        envelopes.flatMap((envelope, at) => this.queues.publish(envelope, texts[at] ?? '', now, due)),
      );
    });
    for (const queue of queues) this.wake(queue);
  }

  consume(subscription: Subscription, handle: Handle): Running {
    const queue = queueName(subscription);
    const pump = new Pump(queue, handle, this.house);
    const pumps = this.pumps.get(queue) ?? new Set();
    this.pumps.set(queue, pumps.add(pump));
    pump.wake();
    return {
      async stop() {
        await pump.stop();
        pumps.delete(pump);
      },
    };
  }

  /** Forgets the ids whose duplicate window is over. */
  async sweep(): Promise<void> {
    await this.commits.submit(() => this.queues.forget(this.now()), false);
  }

  close(): void {
    for (const pumps of this.pumps.values()) for (const pump of pumps) pump.abandon();
    this.commits.close();
    this.file.close();
  }

  private async list(
    subscription: Subscription,
    { after = '0', limit = 100 }: { readonly after?: string; readonly limit?: number } = {},
  ): Promise<readonly DeadLetter[]> {
    return this.commits.afterwards(this.queues.deadLetters(queueName(subscription), after, limit));
  }

  private async replay(subscription: Subscription, position: string): Promise<boolean> {
    const queue = queueName(subscription);
    const found = await this.commits.submit(() => this.queues.replay(queue, position, this.now()));
    if (found) this.wake(queue);
    return found;
  }

  private wake(queue: string): void {
    for (const pump of this.pumps.get(queue) ?? []) pump.wake();
  }

  private readonly now = (): number => toMilliseconds(this.clock.now());
}
