import type { ServiceBusMessage, ServiceBusSender } from '@azure/service-bus';
import { topicOf, type Envelope, type ServiceName } from '../../../contracts';
import type { Instant } from '../../../kernel';
import type { Bus, DeadLetters } from '../../../messaging';
import type { Connection } from './connection';
import { serviceBusDeadLetters } from './dead-letters';
import { published } from './message';

export function serviceBus(connection: Connection): Bus & { readonly deadLetters: DeadLetters } {
  return {
    deadLetters: serviceBusDeadLetters(connection),
    async publish(envelopes, options) {
      await Promise.all(
        [...byTopic(envelopes)].map(([topic, some]) => publish(connection, topic, some, options?.notBefore)),
      );
    },
  };
}

async function publish(
  connection: Connection,
  topic: ServiceName,
  envelopes: readonly Envelope[],
  notBefore?: Instant,
): Promise<void> {
  const sender = await connection.sender(topic);
  await sendAll(
    sender,
    envelopes.map((envelope) => published(envelope, notBefore)),
  );
}

/** In as few batches as the size limit of the topic's tier lets them fit. */
async function sendAll(sender: ServiceBusSender, messages: readonly ServiceBusMessage[]): Promise<void> {
  let batch = await sender.createMessageBatch();
  for (const message of messages) {
    if (batch.tryAddMessage(message)) continue;
    if (batch.count > 0) {
      await sender.sendMessages(batch);
      batch = await sender.createMessageBatch();
      if (batch.tryAddMessage(message)) continue;
    }
    throw new Error(
      `message ${String(message.messageId)} is larger than the ${batch.maxSizeInBytes} bytes that ${sender.entityPath} takes`,
    );
  }
  if (batch.count > 0) await sender.sendMessages(batch);
}

function byTopic(envelopes: readonly Envelope[]): Map<ServiceName, Envelope[]> {
  const groups = new Map<ServiceName, Envelope[]>();
  for (const envelope of envelopes) {
    const topic = topicOf(envelope);
    const group = groups.get(topic);
    if (group) group.push(envelope);
    else groups.set(topic, [envelope]);
  }
  return groups;
}
