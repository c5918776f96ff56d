import { subscriptions, type ServiceName, type Subscription } from '@boxoffice/shared/contracts';
import { idPattern } from '@boxoffice/shared/kernel';

export function subscriptionTo(topic: ServiceName): Subscription {
  const own = subscriptions.find((s) => s.topic === topic && s.subscription === 'ticket-inventory');
  if (!own) throw new Error(`ticket-inventory does not listen to ${topic}`);
  return own;
}

/** Of 128 bits: what a ticket's code has room for. */
export const isId = (text: string): boolean => idPattern.test(text) && text < '8';
