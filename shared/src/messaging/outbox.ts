import type { Transaction } from 'kysely';
import type { Envelope } from '../contracts';
import type { Database } from '../sql';
import type { Telemetry } from '../telemetry';
import type { Bus } from './bus';
import type { MessagingTables } from './tables';

/** Records facts in the commit that makes them true. Envelope ids are sortable, so the relay says them in order. */
export async function announce(
  tx: Transaction<MessagingTables>,
  ...envelopes: readonly Envelope[]
): Promise<void> {
  if (envelopes.length === 0) return;
  const rows = envelopes.map((envelope) => ({ id: envelope.id, envelope: JSON.stringify(envelope) }));
  await tx.insertInto('outbox').values(rows).execute();
}

const page = 100;

/**
 * Carries facts from the outbox to the bus. Two relays at once, or one that dies between publishing and forgetting,
 * publish a fact twice under one id: consumers expect that.
 */
export class Relay {
  private draining: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly database: Database<MessagingTables>,
    private readonly bus: Bus,
    private readonly telemetry: Telemetry,
  ) {}

  /** After a commit: says what it recorded at once, without keeping its request waiting. What fails, the timer repeats. */
  kick(): void {
    this.drain().catch((error: unknown) =>
      this.telemetry.log.error('outbox not relayed, the timer will try again', error),
    );
  }

  /** Publishes all there is; calls that arrive meanwhile share one more round. */
  async drain(): Promise<void> {
    if (this.draining) {
      this.again = true;
      return this.draining;
    }
    this.draining = this.rounds();
    try {
      await this.draining;
    } finally {
      this.draining = undefined;
    }
  }

  private async rounds(): Promise<void> {
    for (let more = true; more;) {
      this.again = false;
      more = (await this.round()) === page || this.joined();
    }
  }

  private joined(): boolean {
    return this.again;
  }

  private async round(): Promise<number> {
    const rows = await this.database.query
      .selectFrom('outbox')
      .selectAll()
      .orderBy('id')
      .limit(page)
      .execute();
    if (rows.length === 0) return 0;
    await this.bus.publish(rows.map((row) => JSON.parse(row.envelope) as Envelope));
    const ids = rows.map((row) => row.id);
    await this.database.transaction((tx) => tx.deleteFrom('outbox').where('id', 'in', ids).execute());
    return rows.length;
  }
}
