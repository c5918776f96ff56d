import type { Transaction } from 'kysely';
import type { Envelope } from '../contracts';
import type { Instant } from '../kernel';
import type { MessagingTables } from './tables';

/**
 * True once for each message: records in the effect's own commit that it was seen. Two deliveries at once meet at the
 * primary key; the later one fails with UniqueViolation, is delivered again, and is then told that it was seen.
 */
export async function firstTime(
  tx: Transaction<MessagingTables>,
  envelope: Pick<Envelope, 'id'>,
  now: Instant,
): Promise<boolean> {
  const seen = await tx
    .selectFrom('inbox')
    .select('messageId')
    .where('messageId', '=', envelope.id)
    .executeTakeFirst();
  if (seen) return false;
  await tx.insertInto('inbox').values({ messageId: envelope.id, seenAt: now }).execute();
  return true;
}
