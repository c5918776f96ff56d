import type { EventPublished, SigningKeyPublished } from '@boxoffice/shared/contracts';
import { isSqlFault, type Database } from '@boxoffice/shared/sql';
import { publicKeyFrom, type FindKey } from '@boxoffice/shared/tokens';
import type { Transaction } from 'kysely';
import { inject, injectable } from 'tsyringe';
import type { Announced } from '../core/ports';
import { priceRow } from './price-list';
import { PaymentDatabase } from './sql-books';
import type { PaymentTables } from './tables';

/** Rows in one insert: SQL Server takes 2,100 parameters in a statement. */
const rowsAtOnce = 200;

@injectable()
export class SqlAnnounced implements Announced {
  /** A key's id is made from the key: what was read once stays true. */
  private readonly keys = new Map<string, NonNullable<ReturnType<FindKey>>>();

  constructor(@inject(PaymentDatabase) private readonly database: Database<PaymentTables>) {}

  // Needs no inbox: the version tells whether it is news.
  async keepEvent(event: EventPublished): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await isNews(tx, event))) return;
      await tx.deleteFrom('prices').where('eventId', '=', event.eventId).execute();
      const rows = event.ticketTypes.map((type) => priceRow(event.eventId, type));
      for (let from = 0; from < rows.length; from += rowsAtOnce)
        await tx
          .insertInto('prices')
          .values(rows.slice(from, from + rowsAtOnce))
          .execute();
    });
  }

  async keepKey(key: SigningKeyPublished): Promise<void> {
    publicKeyFrom(key.publicKey); // what is no key at all must not be kept
    const { keyId, purpose, publicKey, publishedAt } = key;
    try {
      await this.database.transaction((tx) =>
        tx.insertInto('signingKeys').values({ keyId, purpose, publicKey, publishedAt }).execute(),
      );
    } catch (error) {
      if (!isSqlFault(error, 'UniqueViolation')) throw error;
    }
  }

  async holdKey(keyId: string): Promise<ReturnType<FindKey>> {
    const known = this.keys.get(keyId);
    if (known || !/^h-[\w-]{1,60}$/.test(keyId)) return known;
    const row = await this.database.query
      .selectFrom('signingKeys')
      .select('publicKey')
      .where('keyId', '=', keyId)
      .where('purpose', '=', 'hold')
      .executeTakeFirst();
    if (!row) return undefined;
    const key = publicKeyFrom(row.publicKey);
    this.keys.set(keyId, key);
    return key;
  }
}

/** Writes the event where it is newer than what is here. Two that come first at once meet at the key; one comes again. */
async function isNews(tx: Transaction<PaymentTables>, event: EventPublished): Promise<boolean> {
  const { eventId, organizerId, title, startsAt, endsAt, timeZone, venueName, venueAddress } = event;
  const facts = {
    organizerId,
    title,
    startsAt,
    endsAt,
    timeZone,
    venueName,
    venueAddress,
    terms: event.terms === undefined ? null : JSON.stringify(event.terms),
    eventVersion: event.version,
  };
  const { numUpdatedRows } = await tx
    .updateTable('events')
    .set(facts)
    .where('eventId', '=', eventId)
    .where('eventVersion', '<', event.version)
    .executeTakeFirst();
  if (numUpdatedRows === 1n) return true;
  const here = await tx
    .selectFrom('events')
    .select('eventId')
    .where('eventId', '=', eventId)
    .executeTakeFirst();
  if (here) return false;
  await tx
    .insertInto('events')
    .values({ eventId, ...facts })
    .execute();
  return true;
}
