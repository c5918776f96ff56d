import type { Container, Stored } from '@boxoffice/shared/documents';
import type { Feed } from '@boxoffice/shared/platform';
import type { Delivering } from '../core/deliver';
import type { Kept } from '../core/ports';

/** Follows the notifications as they are written; one after the other, so that the post sets the pace. */
export const sendQueued = (
  container: Container,
  keptOf: (stored: Stored) => Kept,
  delivering: Delivering,
): Feed => ({
  name: 'send-queued',
  container,
  // Letters take their time: papers are printed, the provider is waited for.
  pageSize: 5,
  async handle(documents) {
    const failed: unknown[] = [];
    for (const stored of documents) {
      // One that can't be read or written now must not keep the others of its page waiting.
      await delivering.attend(keptOf(stored)).catch((error: unknown) => failed.push(error));
    }
    if (failed.length > 0) throw failed[0];
  },
});
