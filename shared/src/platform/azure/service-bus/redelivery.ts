import { delivery, UnreadableMessage } from '../../../contracts';
import type { Clock } from '../../../kernel';

export interface Redelivery {
  /** Waited after the first failure; twice as long after each further one. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/** Ten deliveries are spread over about a minute and a quarter, so that a short outage costs no message. */
export const redelivery: Redelivery = { firstDelayMs: 500, longestDelayMs: 15_000 };

/**
 * Waits before a failed message is given back. Service Bus hands an abandoned message out again at once, so the only way
 * to try again later, with the count kept, is to hold the lock (which is renewed meanwhile) a little longer.
 */
export async function holdBack(
  clock: Clock,
  failure: unknown,
  count: number,
  delays: Redelivery = redelivery,
): Promise<void> {
  // What can't be read won't be readable later, and after the last failure nothing is tried again.
  if (failure instanceof UnreadableMessage || count >= delivery.maxDeliveryCount) return;
  await clock.sleep(Math.min(delays.firstDelayMs * 2 ** (count - 1), delays.longestDelayMs));
}
