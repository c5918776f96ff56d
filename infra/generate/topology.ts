import { delivery, rules, subscriptions, topics } from '@boxoffice/shared/contracts';

/**
 * Topics, subscriptions and rules in flat lists, for Bicep loops over a list and not over lists of lists. Durations are ISO 8601,
 * as Service Bus takes them.
 */
export const topology = () => ({
  maxDeliveryCount: delivery.maxDeliveryCount,
  lockDuration: `PT${delivery.lockSeconds}S`,
  duplicateWindow: `PT${delivery.duplicateWindowMinutes}M`,
  topics,
  subscriptions: subscriptions.map(({ topic, subscription }) => ({ topic, name: subscription })),
  rules: subscriptions.flatMap((subscription) =>
    rules(subscription).map(({ name, correlation }) => ({
      topic: subscription.topic,
      subscription: subscription.subscription,
      name: name === 'replay' ? instead : name,
      // What messages call their subject, filters call their label.
      filter: 'subject' in correlation ? { label: correlation.subject } : correlation,
    })),
  ),
});

/**
 * Service Bus gives a subscription that is made through Azure Resource Manager a rule of this name, which lets everything
 * through; there, the only way to be rid of it is to put another in its place.
 */
const instead = '$Default';
