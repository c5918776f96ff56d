import type { Kysely, Transaction } from 'kysely';
import type { IdempotentRequest, Reply } from '../http';
import { Refusal, type Instant } from '../kernel';
import { isSqlFault, type Database } from '../sql';
import type { MessagingTables } from './tables';

export const idempotencyKeyReused = (): Refusal =>
  new Refusal(
    'idempotency-key-reused',
    'This Idempotency-Key was used before with another body. Use a new key for a new request.',
  );

const attempts = 3;

/**
 * Does the work of a request once, however often it is sent, and gives the same answer each time: the answer is kept in
 * the commit of the work. Whoever comes second, or can't know whether the first went through, is told what was answered.
 * Refusals are not kept: they changed nothing, and may be lifted.
 */
export async function once<Schema extends MessagingTables>(
  database: Database<Schema>,
  request: IdempotentRequest,
  now: Instant,
  work: (tx: Transaction<Schema>) => Promise<Reply>,
): Promise<Reply> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction(async (tx) => {
        const own = tx as unknown as Transaction<MessagingTables>;
        const earlier = await answerTo(own, request);
        if (earlier) return earlier;
        const reply = await work(tx);
        await own
          .insertInto('idempotency')
          .values({
            requestKey: request.key,
            fingerprint: request.fingerprint,
            reply: JSON.stringify(reply),
            answeredAt: now,
          })
          .execute();
        return reply;
      });
    } catch (error) {
      // What refuses this request may be the very thing that its twin, sent a moment before, has just done.
      const twin =
        error instanceof Refusal &&
        (await answerTo(database.query as unknown as Kysely<MessagingTables>, request));
      if (twin) return twin;
      if (attempt === attempts || !isSqlFault(error, 'UniqueViolation', 'OutcomeUnknown')) throw error;
    }
  }
}

/** What was answered to this request before. Refuses another request under its key. */
async function answerTo(
  tables: Kysely<MessagingTables>,
  { key, fingerprint }: IdempotentRequest,
): Promise<Reply | undefined> {
  const earlier = await tables
    .selectFrom('idempotency')
    .select(['fingerprint', 'reply'])
    .where('requestKey', '=', key)
    .executeTakeFirst();
  if (earlier && earlier.fingerprint !== fingerprint) throw idempotencyKeyReused();
  return earlier && (JSON.parse(earlier.reply) as Reply);
}
