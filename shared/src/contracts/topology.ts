import { eventCancelled } from './event-cancelled.v1';
import { eventPublished } from './event-published.v1';
import type { Fact } from './fact';
import { holdRefused } from './hold-refused.v1';
import { orderCancelled } from './order-cancelled.v1';
import { orderFulfilled } from './order-fulfilled.v1';
import { paymentCaptured } from './payment-captured.v1';
import { paymentRefunded } from './payment-refunded.v1';
import { services, type ServiceName } from './services';
import { signingKeyPublished } from './signing-key-published.v1';
import { ticketTransferred } from './ticket-transferred.v1';
import { ticketsIssued } from './tickets-issued.v1';
import { waitingListOffered } from './waiting-list-offered.v1';

/** Every fact that is announced, and who listens to it. What Bicep, the Azure adapter and the embedded queue all read. */
export const announcements: readonly {
  readonly fact: Pick<Fact<object>, 'type' | 'source'>;
  readonly consumers: readonly ServiceName[];
}[] = [
  { fact: eventPublished, consumers: ['ticket-inventory', 'payment-processing'] },
  { fact: eventCancelled, consumers: ['ticket-inventory', 'payment-processing'] },
  { fact: signingKeyPublished, consumers: ['payment-processing'] },
  { fact: ticketsIssued, consumers: ['payment-processing'] },
  { fact: holdRefused, consumers: ['payment-processing'] },
  { fact: ticketTransferred, consumers: ['notification'] },
  { fact: waitingListOffered, consumers: ['notification'] },
  { fact: paymentCaptured, consumers: ['ticket-inventory'] },
  { fact: paymentRefunded, consumers: ['notification', 'ticket-inventory'] },
  { fact: orderFulfilled, consumers: ['notification'] },
  { fact: orderCancelled, consumers: ['notification'] },
];

export interface Subscription {
  /** The producing service: one topic each. */
  readonly topic: ServiceName;
  /** The consuming service: one subscription each. */
  readonly subscription: ServiceName;
  /** One correlation filter each, on the message's subject, which carries the CloudEvents type. */
  readonly types: readonly string[];
}

export const delivery = {
  /** Failures before a message goes to the dead letters. */
  maxDeliveryCount: 10,
  /** How long a consumer has before the message is handed to another. */
  lockSeconds: 60,
  /** How long the bus remembers message ids, to drop what is published twice. */
  duplicateWindowMinutes: 10,
} as const;

export const subscriptions: readonly Subscription[] = services.flatMap((topic) =>
  services.flatMap((subscription) => {
    const types = announcements
      .filter(({ fact, consumers }) => fact.source === topic && consumers.includes(subscription))
      .map(({ fact }) => fact.type);
    return types.length === 0 ? [] : [{ topic, subscription, types }];
  }),
);

/** A message reaches a subscription when every member given here equals the message's own, for one rule at least. */
export interface Rule {
  readonly name: string;
  readonly correlation: { readonly subject: string } | { readonly to: string };
}

/**
 * The rules of a subscription: one a type, and one for what is replayed from its dead letters, which is sent to its topic
 * again without a subject and `to` this subscription, so that no other receives it twice.
 */
export const rules = ({ subscription, types }: Subscription): readonly Rule[] => [
  ...types.map((type) => ({ name: type, correlation: { subject: type } })),
  { name: 'replay', correlation: { to: subscription } },
];

export const topics: readonly ServiceName[] = services.filter((topic) =>
  subscriptions.some((s) => s.topic === topic),
);

/** The topic that an envelope goes to: its producer's. */
export function topicOf(envelope: { readonly source: string }): ServiceName {
  const topic = services.find((service) => envelope.source === `/boxoffice/${service}`);
  if (topic === undefined) throw new Error(`no topic for ${envelope.source}`);
  return topic;
}
