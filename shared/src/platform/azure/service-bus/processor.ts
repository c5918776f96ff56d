import type { ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import { UnreadableMessage } from '../../../contracts';
import { inMilliseconds, toMilliseconds, type Clock } from '../../../kernel';
import { measureAge } from '../../../messaging';
import type { Telemetry } from '../../../telemetry';
import type { Consumer, Running } from '../../service';
import type { Connection } from './connection';
import { readEnvelope } from './envelope';
import { setAside } from './message';
import { holdBack, redelivery, type Redelivery } from './redelivery';

export interface ProcessorDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly maxConcurrentCalls?: number;
  readonly redelivery?: Redelivery;
}

/** Receives one subscription in this process. On Azure Functions the host does this instead. */
export async function runConsumer({ subscription, handle }: Consumer, deps: ProcessorDeps): Promise<Running> {
  const { connection, clock, telemetry } = deps;
  const client = await connection.client();
  const receiver = client.createReceiver(subscription.topic, subscription.subscription, {
    receiveMode: 'peekLock',
    maxAutoLockRenewalDurationInMs: inMilliseconds({ minutes: 5 }),
  });
  const underWay = new Set<Promise<void>>();
  const stopping = Promise.withResolvers<undefined>();

  const process = async (message: ServiceBusReceivedMessage): Promise<void> => {
    const count = (message.deliveryCount ?? 0) + 1; // the SDK counts the deliveries before this one
    try {
      const envelope = readEnvelope(message.body);
      measureAge(envelope, telemetry, toMilliseconds(clock.now()));
      const facts = { messageId: envelope.id, type: envelope.type, deliveryCount: count };
      await telemetry.span('consume', facts, () => handle(envelope, { count }), envelope.traceparent);
      await receiver.completeMessage(message);
    } catch (error) {
      await giveBack(receiver, message, error, count);
    }
  };
  const giveBack = async (
    from: ServiceBusReceiver,
    message: ServiceBusReceivedMessage,
    error: unknown,
    count: number,
  ): Promise<void> => {
    telemetry.log.error('message not consumed', error, {
      messageId: String(message.messageId),
      deliveryCount: count,
    });
    if (error instanceof UnreadableMessage) {
      await from.deadLetterMessage(message, {
        deadLetterReason: error.name,
        deadLetterErrorDescription: error.message.slice(0, 1024),
        [setAside.at]: clock.now(),
        [setAside.deliveries]: count,
      });
      return;
    }
    await Promise.race([holdBack(clock, error, count, deps.redelivery ?? redelivery), stopping.promise]);
    await from.abandonMessage(message);
  };

  const subscribed = receiver.subscribe(
    {
      async processMessage(message) {
        const work = process(message);
        underWay.add(work);
        await work.finally(() => underWay.delete(work));
      },
      // The SDK goes on receiving after each of these; the message itself is delivered again.
      async processError({ error, errorSource, entityPath }) {
        telemetry.log.warn('Service Bus reported a fault', {
          errorSource,
          entityPath,
          fault: error.name,
          message: error.message,
        });
      },
    },
    { autoCompleteMessages: false, maxConcurrentCalls: deps.maxConcurrentCalls ?? 32 },
  );
  return {
    async stop() {
      stopping.resolve(undefined);
      await subscribed.close();
      await Promise.allSettled(underWay);
      await receiver.close();
    },
  };
}
