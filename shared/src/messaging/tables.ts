import type { Migration } from '../sql';

/** What every service with a relational database keeps beside its own tables, so that state and message are one commit. */
export interface MessagingTables {
  /** Facts recorded with the state they speak of, not yet published. */
  outbox: { id: string; envelope: string };
  /** Messages whose effect is recorded. */
  inbox: { messageId: string; seenAt: string };
  /** Answers given under an Idempotency-Key. */
  idempotency: { requestKey: string; fingerprint: string; reply: string; answeredAt: string };
}

export const messagingMigration: Migration = {
  name: '0000-messaging',
  async up(tx, types) {
    await tx.schema
      .createTable('outbox')
      .addColumn('id', types.key(64), (c) => c.notNull().primaryKey())
      .addColumn('envelope', types.longText, (c) => c.notNull())
      .execute();
    await tx.schema
      .createTable('inbox')
      .addColumn('messageId', types.key(64), (c) => c.notNull().primaryKey())
      .addColumn('seenAt', types.instant, (c) => c.notNull())
      .execute();
    await tx.schema
      .createTable('idempotency')
      .addColumn('requestKey', types.key(64), (c) => c.notNull().primaryKey())
      .addColumn('fingerprint', types.key(64), (c) => c.notNull())
      .addColumn('reply', types.longText, (c) => c.notNull())
      .addColumn('answeredAt', types.instant, (c) => c.notNull())
      .execute();
  },
};
