import { randomUUID } from 'node:crypto';
import { rules, type Subscription } from '../../../src/contracts';
import { Entity } from './entity';
import { codec, type WireMessage } from './wire';

export interface BrokerOptions {
  readonly subscriptions: readonly Subscription[];
  readonly lockMs: number;
  readonly maxDeliveryCount: number;
  readonly duplicateWindowMs: number;
}

interface Topic {
  readonly subscribers: readonly {
    readonly entity: Entity;
    readonly accepts: (message: WireMessage) => boolean;
  }[];
  /** Message id → until when it is remembered. */
  readonly seen: Map<string, number>;
}

/** What Service Bus keeps, without the wire: topics with their subscriptions, rules, duplicate windows, and a schedule. */
export class Broker {
  /** By lower-case path: `topic/subscriptions/name`, and the same with `/$deadletterqueue`. */
  readonly entities = new Map<string, Entity>();
  private readonly topics = new Map<string, Topic>();
  private scheduled: { readonly at: number; readonly topic: Topic; readonly message: WireMessage }[] = [];
  private sequence = 0;
  private ahead = 0;

  constructor(private readonly options: BrokerOptions) {
    for (const name of new Set(options.subscriptions.map(({ topic }) => topic))) {
      const subscribers = options.subscriptions
        .filter(({ topic }) => topic === name)
        .map((of) => this.subscribe(of));
      this.topics.set(name, { subscribers, seen: new Map() });
    }
  }

  now = (): number => Date.now() + this.ahead;

  /** Lets the bus's own time pass: locks run out, what was scheduled comes due, ids are forgotten. */
  advance(milliseconds: number): void {
    this.ahead += milliseconds;
    this.sweep();
  }

  sweep(): void {
    const due = this.scheduled.filter(({ at }) => at <= this.now());
    this.scheduled = this.scheduled.filter(({ at }) => at > this.now());
    for (const { topic, message } of due) this.fanOut(topic, message);
    for (const entity of this.entities.values()) entity.expireLocks();
  }

  hasTopic(path: string): boolean {
    return this.topics.has(path);
  }

  publish(path: string, message: WireMessage): void {
    const topic = this.topics.get(path);
    if (topic === undefined) throw new Error(`no topic ${path}`);
    message.message_id ??= randomUUID(); // the service always gives one
    if (this.isRepeat(topic, JSON.stringify(message.message_id))) return;
    const at = message.message_annotations?.['x-opt-scheduled-enqueue-time'];
    const due = at === undefined ? 0 : new Date(at as string | number | Date).getTime();
    if (due > this.now()) this.scheduled.push({ at: due, topic, message });
    else this.fanOut(topic, message);
  }

  private subscribe(subscription: Subscription): Topic['subscribers'][number] {
    const { lockMs, maxDeliveryCount } = this.options;
    const kept = { lockMs, maxDeliveryCount, now: this.now, nextSequence: () => ++this.sequence };
    const deadLetters = new Entity(kept);
    const entity = new Entity(kept, deadLetters);
    const path = `${subscription.topic}/subscriptions/${subscription.subscription}`;
    this.entities.set(path, entity);
    this.entities.set(`${path}/$deadletterqueue`, deadLetters);
    const filters = rules(subscription).map(({ correlation }) => Object.entries(correlation));
    return {
      entity,
      accepts: (message) =>
        filters.some((filter) => filter.every(([member, value]) => message[member] === value)),
    };
  }

  private isRepeat({ seen }: Topic, id: string): boolean {
    for (const [known, until] of seen) {
      if (until > this.now()) break; // remembered in the order of arrival
      seen.delete(known);
    }
    if (seen.has(id)) return true;
    if (this.options.duplicateWindowMs > 0) seen.set(id, this.now() + this.options.duplicateWindowMs);
    return false;
  }

  private fanOut({ subscribers }: Topic, message: WireMessage): void {
    const bytes = codec.encode(message);
    // Each subscription has a copy of its own, whose properties its consumers may change.
    for (const { entity, accepts } of subscribers) if (accepts(message)) entity.enqueue(codec.decode(bytes));
  }
}
