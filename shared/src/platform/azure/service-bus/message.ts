import type { ServiceBusMessage, ServiceBusReceivedMessage } from '@azure/service-bus';
import type { Envelope, Subscription } from '../../../contracts';
import type { Instant } from '../../../kernel';

/** An envelope on its way to whoever subscribed to its type: the rules of contracts/topology.ts look at the subject. */
export const published = (envelope: Envelope, notBefore?: Instant): ServiceBusMessage => ({
  body: envelope,
  contentType: 'application/cloudevents+json',
  messageId: envelope.id,
  subject: envelope.type,
  correlationId: envelope.subject,
  ...(envelope.traceparent === undefined
    ? {}
    : { applicationProperties: { 'Diagnostic-Id': envelope.traceparent } }),
  ...(notBefore === undefined ? {} : { scheduledEnqueueTimeUtc: new Date(notBefore) }),
});

/** Properties of a dead letter that Service Bus itself does not note down. */
export const setAside = { at: 'SetAsideAt', deliveries: 'Deliveries' } as const;

/**
 * A dead letter on its way back to its own subscription alone: without a subject no rule on types lets it through, with
 * `to` that subscription's replay rule does. Its message id is new, or the duplicate window would swallow it; replaying
 * one dead letter twice still gives the same.
 */
export function replayed(
  letter: ServiceBusReceivedMessage,
  { subscription }: Subscription,
  position: string,
): ServiceBusMessage {
  const { contentType, correlationId, messageId, applicationProperties } = letter;
  const ofItsEnd = ['DeadLetterReason', 'DeadLetterErrorDescription', ...Object.values(setAside)];
  const properties = Object.entries(applicationProperties ?? {}).filter(([name]) => !ofItsEnd.includes(name));
  return {
    body: letter.body as unknown,
    messageId: `replay-${position}-${String(messageId)}`.slice(0, 128),
    to: subscription,
    applicationProperties: Object.fromEntries(properties),
    ...(contentType === undefined ? {} : { contentType }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}
