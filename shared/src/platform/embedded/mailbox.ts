import { toMilliseconds, fromMilliseconds, type Clock, type Instant } from '../../kernel';
import { MailRefused, type Mail, type MailMessage } from '../ports';
import { GroupCommit } from './group-commit';
import { SqliteFile } from './sqlite-file';

/** What was sent, for a page that shows it. */
export interface Mailbox {
  /** Newest first; `before` is the `position` of the last one seen; 50 where no limit is given. */
  list(page?: { readonly before?: number; readonly limit?: number }): readonly MailboxEntry[];
  /** The whole message, by its id. */
  get(id: string): (MailMessage & { readonly sentAt: Instant }) | undefined;
}

export interface MailboxEntry {
  readonly position: number;
  readonly id: string;
  readonly to: MailMessage['to'];
  readonly subject: string;
  readonly sentAt: Instant;
  /** How many. */
  readonly attachments: number;
}

interface Row {
  readonly position: number;
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly sentAt: number;
  readonly attachments: number;
}

const schema = `
  create table if not exists message (
    position integer primary key autoincrement, id text not null unique, name text not null, address text not null,
    subject text not null, text text not null, html text not null, sentAt integer not null);
  create table if not exists attachment (
    message integer not null, place integer not null, name text not null, contentType text not null, bytes blob not null,
    primary key (message, place));`;

export class EmbeddedMailbox implements Mail, Mailbox {
  private readonly file: SqliteFile;
  private readonly commits: GroupCommit;

  constructor(
    path: string,
    private readonly clock: Clock,
  ) {
    this.file = new SqliteFile(path);
    this.commits = new GroupCommit(this.file);
    this.file.exec(schema);
  }

  async send(message: MailMessage): Promise<{ readonly providerId: string }> {
    if (!/^[^\s@]+@[^\s@]+$/.test(message.to.address)) throw new MailRefused('that is no address');
    const position = await this.commits.submit(() => this.keep(message));
    return { providerId: `mailbox-${position}` };
  }

  list({
    before = Number.MAX_SAFE_INTEGER,
    limit = 50,
  }: { readonly before?: number; readonly limit?: number } = {}): readonly MailboxEntry[] {
    const counted = '(select count(*) from attachment where message = position) as attachments';
    const { rows } = this.file.run(
      `select *, ${counted} from message where position < ? order by position desc limit ?`,
      [before, limit],
    );
    return (rows as Row[]).map(({ position, id, name, address, subject, sentAt, attachments }) => ({
      position,
      id,
      to: { name, address },
      subject,
      sentAt: fromMilliseconds(sentAt),
      attachments,
    }));
  }

  get(id: string): (MailMessage & { readonly sentAt: Instant }) | undefined {
    const [row] = this.file.run('select * from message where id = ?', [id]).rows as Row[];
    if (!row) return undefined;
    const { rows } = this.file.run(
      'select name, contentType, bytes from attachment where message = ? order by place',
      [row.position],
    );
    const { name, address, subject, text, html, sentAt } = row;
    const attachments = rows.map((one) => ({ ...(one as MailMessage['attachments'][number]) }));
    return { id, to: { name, address }, subject, text, html, attachments, sentAt: fromMilliseconds(sentAt) };
  }

  close(): void {
    this.commits.close();
    this.file.close();
  }

  /** Within a transaction; the position of the message, old or new. */
  private keep({ id, to, subject, text, html, attachments }: MailMessage): number {
    const [known] = this.file.run('select position from message where id = ?', [id]).rows as {
      position: number;
    }[];
    if (known) return known.position;
    const sentAt = toMilliseconds(this.clock.now());
    const sql =
      'insert into message (id, name, address, subject, text, html, sentAt) values (?, ?, ?, ?, ?, ?, ?) returning position';
    const [made] = this.file.run(sql, [id, to.name, to.address, subject, text, html, sentAt]).rows as {
      position: number;
    }[];
    const position = made?.position ?? 0;
    attachments.forEach(({ name, contentType, bytes }, place) => {
      this.file.run('insert into attachment values (?, ?, ?, ?, ?)', [
        position,
        place,
        name,
        contentType,
        bytes,
      ]);
    });
    return position;
  }
}
