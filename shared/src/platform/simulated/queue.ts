import {
  delivery,
  subscriptions,
  topicOf,
  UnreadableMessage,
  type Envelope,
  type Subscription,
} from '../../contracts';
import { fromMilliseconds } from '../../kernel';
import type { DeadLetter, Handle } from '../../messaging';
import type { Process, Surroundings } from './process';
import type { CallOff } from './schedule';

/** A message to one subscription. */
interface Message {
  readonly id: string;
  /** JSON of the envelope. */
  readonly text: string;
  /** Deliveries so far. */
  count: number;
  /** Changes with each delivery; whoever settles with an old one has lost the lock. */
  lock: number;
}

interface Receiver {
  readonly process: Process;
  readonly handle: Handle;
  /** Deliveries that it takes at once, and has. */
  readonly concurrency: number;
  busy: number;
  open: boolean;
  /** Tells who waits for it to have nothing under way. */
  idle: (() => void) | undefined;
}

export interface Receiving {
  stop(): Promise<void>;
}

const retry = { firstMilliseconds: 1000, mostMilliseconds: 60_000 } as const;

/** One subscription as Service Bus keeps it: peek-lock, at least once, in any order. It outlives its consumers. */
export class Queue {
  private readonly ready: Message[] = [];
  private readonly dead = new Map<string, { message: Message; letter: DeadLetter }>();
  private readonly receivers = new Set<Receiver>();
  /** Neither settled nor dead. */
  waiting = 0;
  private positions = 0;

  constructor(
    readonly subscription: Subscription,
    private readonly around: Surroundings,
  ) {}

  get deadLetters(): readonly DeadLetter[] {
    return [...this.dead.values()].map(({ letter }) => letter);
  }

  /** Delivers in `wait` milliseconds at the earliest. */
  add(id: string, text: string, wait: number): void {
    this.enter({ id, text, count: 0, lock: 0 }, wait);
  }

  replay(position: string): boolean {
    const found = this.dead.get(position);
    if (!found) return false;
    this.dead.delete(position);
    this.enter({ ...found.message, count: 0 }, 0);
    return true;
  }

  receive(process: Process, concurrency: number, handle: Handle): Receiving {
    const receiver: Receiver = { process, handle, concurrency, busy: 0, open: true, idle: undefined };
    this.receivers.add(receiver);
    process.whenKilled(() => {
      receiver.open = false;
      this.receivers.delete(receiver);
    });
    this.pump();
    return {
      stop: () => {
        receiver.open = false;
        this.receivers.delete(receiver);
        return new Promise((resolve) => {
          if (receiver.busy === 0) resolve();
          else receiver.idle = resolve;
        });
      },
    };
  }

  private enter(message: Message, wait: number): void {
    this.waiting++;
    this.offer(message, wait);
  }

  private offer(message: Message, wait: number): void {
    const { schedule } = this.around;
    const enter = (): void => {
      this.ready.push(message);
      this.pump();
    };
    schedule.after(wait, enter, wait === 0);
  }

  /** Hands ready messages, any of them first, to receivers with room, any of them first. */
  private pump(): void {
    const { random } = this.around;
    while (this.ready.length > 0) {
      const open = [...this.receivers].filter((one) => one.busy < one.concurrency);
      const [first, ...others] = open;
      if (!first) return;
      const [message] = this.ready.splice(random.below(this.ready.length), 1);
      if (message) this.deliver(message, random.pick([first, ...others]));
    }
  }

  private deliver(message: Message, receiver: Receiver): void {
    const { random, faults, schedule, note, tally, fault } = this.around;
    const { process } = receiver;
    const lock = ++message.lock;
    const count = ++message.count;
    receiver.busy++;
    let seconds: number = delivery.lockSeconds;
    if (random.chance(faults.lockLost)) {
      fault('message lock lost');
      seconds = random.next() * 0.2;
    }
    const lockEnds = schedule.after(seconds * 1000, () => this.lockEnded(message, lock));
    const envelope = JSON.parse(message.text) as Envelope;
    note(
      process.name,
      `gets ${envelope.type} ${envelope.id} from ${this.subscription.topic}, delivery ${count}`,
    );
    if (count > 1) tally(`delivered again: ${envelope.type}`);
    // Handed over as an event of its own: the handler starts with nothing else under way.
    schedule.after(
      0,
      () => {
        if (process.alive) void this.handle(message, receiver, envelope, lock, lockEnds);
      },
      true,
    );
  }

  private async handle(
    message: Message,
    receiver: Receiver,
    envelope: Envelope,
    lock: number,
    lockEnds: CallOff,
  ): Promise<void> {
    const { process } = receiver;
    const what = `${this.subscription.subscription}: ${envelope.type} ${envelope.id}`;
    const settle = async (how: string, effect: () => void): Promise<void> => {
      const settleIfLocked = (): void => {
        if (message.lock !== lock) {
          this.around.tally('settled without lock');
          return;
        }
        lockEnds();
        effect();
      };
      // A settlement that does not arrive leaves the lock to end by itself.
      const unheard = (): Error => new Error('the bus did not answer');
      await process.call(`${what} ${how}`, settleIfLocked, { unheard }).catch(() => undefined);
    };
    try {
      await receiver.handle(envelope, { count: message.count });
      await settle('done', () => this.settle(message));
    } catch (error) {
      this.around.tally(`message refused: ${error instanceof Error ? error.name : 'other'}`);
      const fatal = error instanceof UnreadableMessage;
      await settle(`refused: ${String(error)}`, () =>
        fatal ? this.bury(message, error) : this.failed(message, String(error)),
      );
    }
    receiver.busy--;
    if (receiver.busy === 0) receiver.idle?.();
    this.pump();
  }

  private settle(message: Message): void {
    message.lock++;
    this.waiting--;
  }

  private lockEnded(message: Message, lock: number): void {
    if (message.lock === lock) this.failed(message, 'its lock ended');
  }

  private failed(message: Message, why: string): void {
    message.lock++;
    if (message.count >= delivery.maxDeliveryCount) {
      this.bury(message, new Error(why), 'MaxDeliveryCountExceeded');
      return;
    }
    const wait = Math.min(retry.firstMilliseconds * 2 ** (message.count - 1), retry.mostMilliseconds);
    this.offer(message, wait);
  }

  private bury(message: Message, error: Error, reason = error.name): void {
    message.lock++;
    this.waiting--;
    this.around.tally('message dead-lettered');
    const position = String(++this.positions).padStart(12, '0');
    const letter: DeadLetter = {
      position,
      envelope: JSON.parse(message.text) as Envelope,
      reason,
      description: error.message,
      deliveryCount: message.count,
      deadLetteredAt: fromMilliseconds(this.around.schedule.now),
    };
    this.dead.set(position, { message, letter });
  }
}

/** The queues of the topology's subscriptions that take `envelope`. */
export const takers = (envelope: Envelope): readonly Subscription[] => {
  const topic = topicOf(envelope);
  return subscriptions.filter((one) => one.topic === topic && one.types.includes(envelope.type));
};
