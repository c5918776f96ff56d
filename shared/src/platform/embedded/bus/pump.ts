import { delivery, UnreadableMessage, type Envelope } from '../../../contracts';
import { measureAge, type Handle } from '../../../messaging';
import type { Telemetry } from '../../../telemetry';
import type { Running } from '../../service';
import type { GroupCommit } from '../group-commit';
import type { Claimed, QueueFile } from './queue-file';
import { retryDelay, type BusTuning } from './tuning';

/** What a pump works with. */
export interface PumpHouse {
  readonly queues: QueueFile;
  readonly commits: GroupCommit;
  readonly tuning: BusTuning;
  readonly telemetry: Telemetry;
  /** Milliseconds on the platform's clock. */
  readonly now: () => number;
}

const longestNap = 60_000;

/** Carries the messages of one queue to one consumer, so many at a time. */
export class Pump implements Running {
  /** Being handled, and being settled. */
  private busy = 0;
  private settling = 0;
  private claiming = false;
  /** Whether the queue may hold something that is due. */
  private more = false;
  private open = true;
  private alarm: NodeJS.Timeout | undefined;
  private readonly whenIdle: (() => void)[] = [];

  constructor(
    private readonly queue: string,
    private readonly handle: Handle,
    private readonly house: PumpHouse,
  ) {}

  /** There may be something to do. */
  wake(): void {
    this.more = true;
    this.pull();
  }

  stop(): Promise<void> {
    this.abandon();
    const idle = new Promise<void>((resolve) => this.whenIdle.push(resolve));
    this.tellIdle();
    return idle;
  }

  /** Takes nothing new. */
  abandon(): void {
    this.open = false;
    clearTimeout(this.alarm);
  }

  private pull(): void {
    if (!this.more || this.claiming || !this.open || this.busy >= this.house.tuning.concurrency) return;
    this.more = false;
    this.claiming = true;
    const claimed = this.claim().catch((error: unknown) => {
      if (!this.open) return;
      this.house.telemetry.log.error('no messages claimed, trying again', error, { queue: this.queue });
      this.wakeIn(1000);
    });
    void claimed.finally(() => {
      this.claiming = false;
      this.pull();
      this.tellIdle();
    });
  }

  private async claim(): Promise<void> {
    const { queues, commits, tuning, now } = this.house;
    const free = tuning.concurrency - this.busy;
    const take = () =>
      this.open ? queues.claim(this.queue, free, now(), now() + tuning.lockMilliseconds) : [];
    // Not durable: whoever dies together with the machine has its messages again, counted once less.
    const claimed = await commits.submit(take, false);
    for (const each of claimed) void this.deliver(each);
    if (claimed.length === free) this.more = true;
    else this.wakeWhenDue();
  }

  private async deliver(message: Claimed): Promise<void> {
    this.busy++;
    const settle = await this.outcomeOf(message);
    this.busy--;
    // Its place is free while the settlement is written.
    this.settling++;
    this.pull();
    try {
      await this.house.commits.submit(settle, false);
    } catch (error) {
      this.house.telemetry.log.error('message not settled, it will come again', error, { queue: this.queue });
    }
    this.settling--;
    this.wakeWhenDue();
    this.tellIdle();
  }

  /** How to settle the message, once its consumer has done with it. */
  private async outcomeOf(message: Claimed): Promise<() => void> {
    const { telemetry, queues, now } = this.house;
    const envelope = JSON.parse(message.envelope) as Envelope;
    measureAge(envelope, telemetry, now());
    const facts = { queue: this.queue, type: envelope.type, id: envelope.id, count: message.count };
    try {
      await telemetry.span(
        `${this.queue} ${envelope.type}`,
        facts,
        async () => this.handle(envelope, { count: message.count }),
        envelope.traceparent,
      );
      return () => queues.done(message);
    } catch (error) {
      const reason = this.reasonToGiveUp(error, message.count);
      telemetry.log.error(
        reason ? 'message given up' : 'message not handled, it will come again',
        error,
        facts,
      );
      return this.afterFailure(message, error, reason);
    }
  }

  private reasonToGiveUp(error: unknown, count: number): string | undefined {
    if (error instanceof UnreadableMessage) return error.name;
    return count >= delivery.maxDeliveryCount ? 'MaxDeliveryCountExceeded' : undefined;
  }

  private afterFailure(message: Claimed, error: unknown, reason: string | undefined): () => void {
    const { queues, tuning, now } = this.house;
    if (reason === undefined) return () => queues.later(message, now() + retryDelay(tuning, message.count));
    const description = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return () => queues.bury(this.queue, message, reason, description, now());
  }

  private wakeWhenDue(): void {
    if (!this.open) return;
    const due = this.house.queues.nextDue(this.queue);
    this.wakeIn(due === undefined ? longestNap : Math.min(longestNap, Math.max(0, due - this.house.now())));
  }

  private wakeIn(milliseconds: number): void {
    clearTimeout(this.alarm);
    this.alarm = setTimeout(() => this.wake(), milliseconds);
    this.alarm.unref();
  }

  private tellIdle(): void {
    if (this.open || this.busy + this.settling > 0 || this.claiming) return;
    for (const resolve of this.whenIdle.splice(0)) resolve();
  }
}
