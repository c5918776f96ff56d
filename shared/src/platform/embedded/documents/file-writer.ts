import { DocumentFault } from '../../../documents';
import { GroupCommit } from '../group-commit';
import type { SqliteFile } from '../sqlite-file';
import type { Batch, Change, DocumentWriter } from './document-writer';
import { statementsFor, type Statements } from './statements';

const reserved = 1_000_000;
const sweptAtOnce = 1000;

/**
 * Writes through one connection, to tables that are there; what comes in one turn of the event loop shares a transaction, and so
 * its fsync.
 */
export class FileWriter implements DocumentWriter {
  private readonly commits: GroupCommit;
  private readonly containers = new Map<string, Statements>();
  private sequence: number;
  private reservedUntil: number;

  constructor(private readonly file: SqliteFile) {
    this.commits = new GroupCommit(file);
    const row = file.prepare('select reserved_until from sequence').get();
    this.sequence = this.reservedUntil = Number(row?.reserved_until);
  }

  write(batch: Batch): Promise<readonly (string | undefined)[]> {
    return this.commits.submit(() => this.apply(batch));
  }

  saveCheckpoint(feed: string, continuation: string): Promise<void> {
    return this.commits.submit(() => {
      this.file.run(
        'insert into checkpoint values (?, ?) on conflict (feed) do update set continuation = excluded.continuation',
        [feed, continuation],
      );
    }, false);
  }

  async sweep(container: string, now: number): Promise<void> {
    const { sweep } = this.statementsOf(container);
    for (let swept = sweptAtOnce; swept === sweptAtOnce;)
      swept = await this.commits.submit(() => Number(sweep.run(now, sweptAtOnce).changes), false);
  }

  async close(): Promise<void> {
    this.commits.close();
  }

  /** Within a transaction. Looks at everything first, so that what refuses has changed nothing. */
  private apply({ container, partition, changes, now }: Batch): (string | undefined)[] {
    const { etag, put, remove } = this.statementsOf(container);
    // What a batch has made of a document so far: `written` has an etag that nobody knows yet.
    const staged = changes.length === 1 ? undefined : new Map<string, 'written' | 'deleted'>();
    for (const change of changes) {
      const stage = staged?.get(change.id) ?? etagIn(etag.get(partition, change.id, now));
      refuse(change, stage === 'deleted' ? undefined : stage, container);
      staged?.set(change.id, change.kind === 'delete' ? 'deleted' : 'written');
    }
    return changes.map((change) => {
      if (change.kind === 'delete') {
        remove.run(partition, change.id);
        return undefined;
      }
      const sequence = this.next();
      put.run(partition, change.id, sequence, change.json, change.expires);
      return String(sequence);
    });
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

  private statementsOf(container: string): Statements {
    let statements = this.containers.get(container);
    if (!statements) {
      statements = statementsFor(this.file, container);
      this.containers.set(container, statements);
    }
    return statements;
  }
}

const etagIn = (row: Record<string, unknown> | undefined): string | undefined =>
  row && String(row['sequence']);

/** `etag` is that of the document as it is; undefined where there is none. */
function refuse(change: Change, etag: string | undefined, container: string): void {
  const { kind, id } = change;
  if (kind === 'create' && etag !== undefined)
    throw new DocumentFault('Conflict', `${id} exists in ${container}`);
  if ((kind === 'replace' || kind === 'delete') && etag === undefined)
    throw new DocumentFault('NotFound', `no ${id} in ${container}`);
  if (change.ifMatch !== undefined && change.ifMatch !== etag)
    throw new DocumentFault('PreconditionFailed', `${id} has been written since it was read`);
}
