import { delivery, subscriptions, type Envelope, type Subscription } from '../../contracts';
import { inMilliseconds, toMilliseconds, type Instant } from '../../kernel';
import type { Bus } from '../../messaging';
import type { Process, Surroundings } from './process';
import { Queue, takers } from './queue';

/** The topics of one world. */
export class StoredBus {
  readonly queues: readonly Queue[];
  /** When each message id was last published, by topic and id. */
  private readonly published = new Map<string, number>();
  private readonly listeners: ((envelope: Envelope) => void)[] = [];

  constructor(private readonly around: Surroundings) {
    this.queues = subscriptions.map((subscription) => new Queue(subscription, around));
  }

  /** Hears of each fact as it is taken in, duplicates dropped. */
  whenAccepted(listener: (envelope: Envelope) => void): void {
    this.listeners.push(listener);
  }

  queue({ topic, subscription }: Pick<Subscription, 'topic' | 'subscription'>): Queue {
    const found = this.queues.find(
      (one) => one.subscription.topic === topic && one.subscription.subscription === subscription,
    );
    if (!found) throw new Error(`no subscription of ${subscription} to ${topic}`);
    return found;
  }

  accept(envelope: Envelope, notBefore: Instant | undefined): void {
    const { faults, random, schedule, tally, fault } = this.around;
    const key = `${envelope.source} ${envelope.id}`;
    const last = this.published.get(key);
    const known =
      last !== undefined &&
      last > schedule.now - inMilliseconds({ minutes: delivery.duplicateWindowMinutes });
    if (known && !random.chance(faults.forgottenId)) {
      tally('message published twice, dropped');
      return;
    }
    if (known) fault('message id forgotten');
    this.published.set(key, schedule.now);
    this.around.rest.disturb();
    for (const listener of this.listeners) listener(envelope);
    const text = JSON.stringify(envelope);
    for (const taker of takers(envelope)) {
      const copies = random.chance(faults.duplicateDelivery) ? 2 : 1;
      if (copies === 2) fault(`duplicated: ${envelope.type}`);
      for (let copy = 0; copy < copies; copy++) {
        const late = random.chance(faults.lateDelivery);
        if (late) fault('message late');
        const wait = random.between(late ? faults.lateFor : faults.delivery);
        const scheduled = notBefore === undefined ? 0 : Math.max(0, toMilliseconds(notBefore) - schedule.now);
        this.queue(taker).add(envelope.id, text, scheduled + wait);
      }
    }
  }
}

/** One process's way to the bus. */
export function busFor(process: Process, store: StoredBus): Bus {
  const { around } = process;
  return {
    publish: (envelopes, options) => {
      // Serialised when it is handed over: what the caller changes afterwards is not published.
      const messages = JSON.parse(JSON.stringify(envelopes)) as Envelope[];
      const accept = (some: readonly Envelope[]): void =>
        some.forEach((envelope) => store.accept(envelope, options?.notBefore));
      const what = `bus: publish ${messages.map((one) => `${one.type} ${one.id}`).join(', ')}`;
      return process.call(what, () => accept(messages), {
        unheard: () => new Error('the bus did not answer'),
        refusal: () => {
          if (!around.random.chance(around.faults.halfPublished)) return undefined;
          around.fault('half published');
          accept(messages.slice(0, around.random.below(messages.length + 1)));
          return new Error('the bus did not take all');
        },
      });
    },
    deadLetters: {
      list: (subscription, { after = '', limit = 100 } = {}) =>
        process.call('bus: list dead letters', () =>
          store
            .queue(subscription)
            .deadLetters.filter((letter) => letter.position > after)
            .slice(0, limit),
        ),
      replay: (subscription, position) =>
        process.call(`bus: replay ${position}`, () => store.queue(subscription).replay(position)),
    },
  };
}
