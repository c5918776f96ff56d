import type { WebhookNotice, WebhookVerdict } from '../../core/gateway';
import { isUnreadable } from './answer';

/** Of a notice that is signed as it should be. Events come in any order: `lookInto` finds what is true now. */
export async function verdictOn<T>(
  read: () => T,
  lookInto: (event: T) => Promise<WebhookNotice>,
): Promise<WebhookVerdict> {
  let event: T;
  try {
    event = read();
  } catch (error) {
    if (isUnreadable(error)) return { genuine: false, fault: 'malformed' };
    throw error;
  }
  return { genuine: true, notice: await lookInto(event) };
}
