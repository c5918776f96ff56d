import type { StatementSync } from 'node:sqlite';
import { delivery, subscriptions, topicOf, type Envelope, type Subscription } from '../../../contracts';
import { fromMilliseconds, inMilliseconds } from '../../../kernel';
import type { DeadLetter } from '../../../messaging';
import type { SqliteFile } from '../sqlite-file';

/** A message handed to a consumer. Its count tells this delivery from the next: who settles with an old one has lost the lock. */
export interface Claimed {
  readonly position: number;
  readonly count: number;
  readonly envelope: string;
}

export const queueName = ({ topic, subscription }: Pick<Subscription, 'topic' | 'subscription'>): string =>
  `${topic}/${subscription}`;

const schema = `
  create table if not exists message (
    position integer primary key autoincrement, queue text not null, envelope text not null, count integer not null, due integer not null);
  create index if not exists message_due on message (queue, due, position);
  create table if not exists dead (
    position integer primary key autoincrement, queue text not null, envelope text not null, count integer not null,
    reason text not null, description text not null, at integer not null);
  create index if not exists dead_of on dead (queue, position);
  create table if not exists published (topic text not null, id text not null, at integer not null, primary key (topic, id)) without rowid;
  create index if not exists published_at on published (at);`;

const longestDescription = 1000;

/** The queues' tables. Every call but `nextDue` and the dead letters' list runs within a transaction of the group commit. */
export class QueueFile {
  private readonly statements: Readonly<Record<keyof typeof texts, StatementSync>>;

  constructor(file: SqliteFile) {
    file.exec(schema);
    const prepared = Object.entries(texts).map(([name, text]) => [name, file.prepare(text)]);
    this.statements = Object.fromEntries(prepared) as Record<keyof typeof texts, StatementSync>;
  }

  /** The queues that have a new message. */
  publish(envelope: Envelope, text: string, now: number, due: number): readonly string[] {
    const topic = topicOf(envelope);
    if (!this.isNew(topic, envelope.id, now)) return [];
    const takers = subscriptions
      .filter((one) => one.topic === topic && one.types.includes(envelope.type))
      .map(queueName);
    for (const queue of takers) this.statements.add.run(queue, text, due);
    return takers;
  }

  claim(queue: string, limit: number, now: number, lockedUntil: number): readonly Claimed[] {
    const rows = this.statements.due.all(queue, now, limit) as unknown as Claimed[];
    const claimed: Claimed[] = [];
    for (const row of rows) {
      // Its consumer never settled it, again and again: it hangs, or it takes the process with it.
      if (row.count >= delivery.maxDeliveryCount)
        this.bury(queue, row, 'MaxDeliveryCountExceeded', 'never settled', now);
      else {
        this.statements.lock.run(lockedUntil, row.position);
        claimed.push({ ...row, count: row.count + 1 });
      }
    }
    return claimed;
  }

  done({ position, count }: Claimed): void {
    this.statements.remove.run(position, count);
  }

  later({ position, count }: Claimed, due: number): void {
    this.statements.postpone.run(due, position, count);
  }

  bury(
    queue: string,
    { position, count, envelope }: Claimed,
    reason: string,
    description: string,
    now: number,
  ): void {
    if (this.statements.remove.run(position, count).changes === 0) return;
    this.statements.bury.run(queue, envelope, count, reason, description.slice(0, longestDescription), now);
  }

  replay(queue: string, position: string, now: number): boolean {
    if (!/^\d{1,15}$/.test(position)) return false;
    const row = this.statements.exhume.get(Number(position), queue);
    if (!row) return false;
    this.statements.add.run(queue, row.envelope ?? '', now);
    return true;
  }

  deadLetters(queue: string, after: string, limit: number): readonly DeadLetter[] {
    const rows = this.statements.dead.all(queue, Number(after), limit) as unknown as DeadRow[];
    return rows.map(({ position, envelope, reason, description, count, at }) => ({
      position: String(position),
      envelope: JSON.parse(envelope) as Envelope,
      reason,
      description,
      deliveryCount: count,
      deadLetteredAt: fromMilliseconds(at),
    }));
  }

  /** When the next message of the queue comes due or loses its lock, in milliseconds; undefined where it is empty. */
  nextDue(queue: string): number | undefined {
    const due = this.statements.nextDue.get(queue)?.due;
    return typeof due === 'number' ? due : undefined;
  }

  /** A new process owns the file: whatever its predecessor had locked is free at once. */
  unlockAll(now: number): void {
    this.statements.unlockAll.run(now, now);
  }

  forget(now: number): void {
    this.statements.forget.run(now - window);
  }

  private isNew(topic: string, id: string, now: number): boolean {
    if (this.statements.remember.run(topic, id, now).changes > 0) return true;
    return this.statements.rememberAgain.run(now, topic, id, now - window).changes > 0;
  }
}

interface DeadRow {
  readonly position: number;
  readonly envelope: string;
  readonly count: number;
  readonly reason: string;
  readonly description: string;
  readonly at: number;
}

const window = inMilliseconds({ minutes: delivery.duplicateWindowMinutes });

const texts = {
  add: 'insert into message (queue, envelope, count, due) values (?, ?, 0, ?)',
  due: 'select position, count, envelope from message where queue = ? and due <= ? order by due, position limit ?',
  lock: 'update message set count = count + 1, due = ? where position = ?',
  remove: 'delete from message where position = ? and count = ?',
  postpone: 'update message set due = ? where position = ? and count = ?',
  nextDue: 'select min(due) as due from message where queue = ?',
  unlockAll: 'update message set due = ? where count > 0 and due > ?',
  bury: 'insert into dead (queue, envelope, count, reason, description, at) values (?, ?, ?, ?, ?, ?)',
  exhume: 'delete from dead where position = ? and queue = ? returning envelope',
  dead: 'select * from dead where queue = ? and position > ? order by position limit ?',
  remember: 'insert or ignore into published (topic, id, at) values (?, ?, ?)',
  rememberAgain: 'update published set at = ? where topic = ? and id = ? and at <= ?',
  forget: 'delete from published where at <= ?',
} as const;
