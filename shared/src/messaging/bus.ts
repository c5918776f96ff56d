import type { Envelope, Subscription } from '../contracts';
import type { Instant } from '../kernel';

/** Service Bus, or a durable queue with its manners: at least once, in any order. */
export interface Bus {
  /**
   * Each to its producer's topic; resolves once all are durable there. What is published twice within the duplicate
   * window, with the same id, arrives once, most of the time.
   */
  publish(envelopes: readonly Envelope[], options?: { readonly notBefore?: Instant }): Promise<void>;
  readonly deadLetters: DeadLetters;
}

export interface DeadLetters {
  /** Oldest first; `after` is the `position` of the last one seen. */
  list(
    subscription: Subscription,
    page?: { readonly after?: string; readonly limit?: number },
  ): Promise<readonly DeadLetter[]>;
  /** Hands the message to its subscription again, as new; false when it is not there (any more). */
  replay(subscription: Subscription, position: string): Promise<boolean>;
}

export interface DeadLetter {
  readonly position: string;
  readonly envelope: Envelope;
  readonly reason: string;
  readonly description: string;
  readonly deliveryCount: number;
  readonly deadLetteredAt: Instant;
}

/** A consumer's side: settles with the promise. Rejected: tried again with growing delays, dead-lettered in the end. */
export type Handle = (envelope: Envelope, delivery: { readonly count: number }) => Promise<void>;
