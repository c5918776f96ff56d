import type { ContainerSpec } from '../../../documents';
import type { Clock } from '../../../kernel';
import { GroupCommit } from '../group-commit';
import { SqliteFile } from '../sqlite-file';
import { EmbeddedContainer } from './container';

const reserved = 1_000_000;

/** The document database of one service: a table a container, one sequence of changes, and where its feeds are. */
export class DocumentFile {
  private readonly file: SqliteFile;
  private readonly commits: GroupCommit;
  private readonly containers = new Map<string, EmbeddedContainer>();
  private sequence = 0;
  private reservedUntil = 0;

  constructor(
    path: string,
    private readonly clock: Clock,
  ) {
    this.file = new SqliteFile(path);
    this.commits = new GroupCommit(this.file);
    this.file.exec(`
      create table if not exists sequence (one integer primary key check (one = 1), reserved_until integer not null);
      create table if not exists checkpoint (feed text primary key, continuation text not null) without rowid;
      insert or ignore into sequence values (1, 0);`);
    const row = this.file.prepare('select reserved_until from sequence').get();
    this.sequence = this.reservedUntil = Number(row?.reserved_until);
  }

  container(spec: ContainerSpec): EmbeddedContainer {
    let container = this.containers.get(spec.name);
    if (!container) {
      container = new EmbeddedContainer(spec, this.file, this.commits, () => this.next(), this.clock);
      this.containers.set(spec.name, container);
    }
    return container;
  }

  checkpoint(feed: string): string | undefined {
    const { rows } = this.file.run('select continuation from checkpoint where feed = ?', [feed]);
    return (rows[0] as { continuation: string } | undefined)?.continuation;
  }

  /** Not durable by itself: a page that comes again does no harm. */
  saveCheckpoint(feed: string, continuation: string): Promise<void> {
    return this.commits.submit(() => {
      this.file.run(
        'insert into checkpoint values (?, ?) on conflict (feed) do update set continuation = excluded.continuation',
        [feed, continuation],
      );
    }, false);
  }

  /** Removes documents whose time has come; until then reads pass them over. */
  async sweep(): Promise<void> {
    for (const container of this.containers.values()) await container.sweep();
  }

  close(): void {
    this.commits.close();
    this.file.close();
  }

  /**
   * Never given twice, also after a start: neither an etag nor the place of a feed may come to mean something else, so
   * it is reserved in blocks, in the transaction that first needs one.
   */
  private next(): number {
    if (this.sequence === this.reservedUntil) {
      this.reservedUntil += reserved;
      this.file.run('update sequence set reserved_until = ?', [this.reservedUntil]);
    }
    return ++this.sequence;
  }
}
