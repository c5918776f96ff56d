import type { ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import { delivery, type Envelope, type Subscription } from '../../../contracts';
import { fromMilliseconds, parseInstant, type Instant } from '../../../kernel';
import type { DeadLetter, DeadLetters } from '../../../messaging';
import type { Connection } from './connection';
import { readEnvelope } from './envelope';
import { replayed, setAside } from './message';

/** The `$DeadLetterQueue` of each subscription. A position is the message's sequence number there. */
export function serviceBusDeadLetters(connection: Connection): DeadLetters {
  return {
    async list(subscription, page) {
      return withReceiver(connection, subscription, async (receiver) => {
        const limit = page?.limit ?? 100;
        const letters: DeadLetter[] = [];
        let from = BigInt(page?.after ?? '0') + 1n;
        while (letters.length < limit) {
          const messages = await peek(receiver, from, limit - letters.length);
          const last = messages.at(-1);
          if (last === undefined) break;
          letters.push(...messages.map((message) => deadLetter(message, subscription)));
          from = BigInt(positionOf(last)) + 1n;
        }
        return letters;
      });
    },
    async replay(subscription, position) {
      return withReceiver(connection, subscription, async (receiver) => {
        const message = await take(receiver, position);
        if (message === undefined) return false;
        // First sent, then forgotten: what goes wrong in between makes it come twice, never not at all.
        const sender = await connection.sender(subscription.topic);
        await sender.sendMessages(replayed(message, subscription, position));
        await receiver.completeMessage(message);
        return true;
      });
    },
  };
}

async function withReceiver<T>(
  connection: Connection,
  { topic, subscription }: Subscription,
  work: (receiver: ServiceBusReceiver) => Promise<T>,
): Promise<T> {
  const client = await connection.client();
  const receiver = client.createReceiver(topic, subscription, {
    subQueueType: 'deadLetter',
    receiveMode: 'peekLock',
  });
  try {
    return await work(receiver);
  } finally {
    await receiver.close();
  }
}

async function peek(
  receiver: ServiceBusReceiver,
  from: bigint,
  limit: number,
): Promise<ServiceBusReceivedMessage[]> {
  const { default: Long } = await import('long');
  // The SDK means the same class, by way of the package's other module format.
  const sequence: unknown = Long.fromString(from.toString());
  return receiver.peekMessages(limit, { fromSequenceNumber: sequence as SequenceNumber });
}

type SequenceNumber = NonNullable<ServiceBusReceivedMessage['sequenceNumber']>;

const rounds = 3;
const atOnce = 100;

/**
 * Locks the one message. Service Bus hands out dead letters from the front only, so those before it are locked on the
 * way and given back; where another holds the lock, it is looked for again.
 */
async function take(
  receiver: ServiceBusReceiver,
  position: string,
): Promise<ServiceBusReceivedMessage | undefined> {
  for (let round = 1; round <= rounds; round++) {
    const [there] = await peek(receiver, BigInt(position), 1);
    if (there === undefined || positionOf(there) !== position) return undefined;
    const others: ServiceBusReceivedMessage[] = [];
    try {
      for (let locked = 0n; ;) {
        // Asked for just as many as there are on the way, the SDK does not wait for more.
        const ahead = (await peek(receiver, locked + 1n, atOnce)).filter(
          (message) => BigInt(positionOf(message)) <= BigInt(position),
        );
        if (ahead.length === 0) break;
        const messages = await receiver.receiveMessages(ahead.length, { maxWaitTimeInMs: 1000 });
        const found = messages.find((message) => positionOf(message) === position);
        others.push(...messages.filter((message) => message !== found));
        if (found) return found;
        const last = messages.at(-1);
        if (last === undefined) break;
        locked = BigInt(positionOf(last));
      }
    } finally {
      await Promise.all(others.map((message) => receiver.abandonMessage(message)));
    }
  }
  throw new Error(`dead letter ${position} is being handled by another; try again in a minute`);
}

const positionOf = (message: ServiceBusReceivedMessage): string => message.sequenceNumber?.toString() ?? '0';

function deadLetter(message: ServiceBusReceivedMessage, subscription: Subscription): DeadLetter {
  const properties = message.applicationProperties ?? {};
  const arrivedAt = fromMilliseconds(message.enqueuedTimeUtc?.getTime() ?? 0);
  const exhausted = message.deadLetterReason === 'MaxDeliveryCountExceeded';
  return {
    position: positionOf(message),
    envelope: readable(message) ?? remains(message, subscription, arrivedAt),
    reason: message.deadLetterReason ?? 'Unknown',
    description: message.deadLetterErrorDescription ?? '',
    // The message's own count goes on growing here: looking for another one to replay locks this one too.
    deliveryCount: exhausted
      ? delivery.maxDeliveryCount
      : Number(properties[setAside.deliveries] ?? message.deliveryCount ?? 0),
    // Where Service Bus gave up by itself, it tells when the message arrived, not when it was set aside.
    deadLetteredAt: parseInstant(String(properties[setAside.at])) ?? arrivedAt,
  };
}

function readable(message: ServiceBusReceivedMessage): Envelope | undefined {
  try {
    return readEnvelope(message.body);
  } catch {
    return undefined; // it may be here for that very reason, and the list must show it all the same
  }
}

function remains(message: ServiceBusReceivedMessage, { topic }: Subscription, time: Instant): Envelope {
  const body: unknown = message.body;
  return {
    specversion: '1.0',
    id: String(message.messageId),
    source: `/boxoffice/${topic}`,
    type: message.subject ?? 'unreadable',
    subject: String(message.correlationId ?? ''),
    time,
    datacontenttype: 'application/json',
    data: body instanceof Uint8Array ? new TextDecoder().decode(body) : body,
  };
}
