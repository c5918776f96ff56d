import type { StatementSync } from 'node:sqlite';
import {
  checkLimits,
  checkSize,
  batchLimits,
  DocumentFault,
  type Changes,
  type Container,
  type ContainerSpec,
  type Operation,
  type Range,
  type Stored,
} from '../../../documents';
import { toMilliseconds, type Clock } from '../../../kernel';
import type { GroupCommit } from '../group-commit';
import type { SqliteFile } from '../sqlite-file';
import { createTable, statementsFor, type Statements } from './statements';
import { toStored, type Row } from './stored-document';

const sweptAtOnce = 1000;

/** A container as a table. Writes go through the file's group commit; reads see what is committed, and answer once that is on the disk. */
export class EmbeddedContainer implements Container {
  readonly name: string;
  private readonly statements: Statements;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly spec: ContainerSpec,
    file: SqliteFile,
    private readonly commits: GroupCommit,
    private readonly nextSequence: () => number,
    private readonly clock: Clock,
  ) {
    this.name = spec.name;
    createTable(file, spec.name);
    this.statements = statementsFor(file, spec.name);
  }

  async read<Body extends object>(partition: string, id: string): Promise<Stored<Body> | undefined> {
    const row = this.statements.read.get(partition, id, this.now()) as Row | undefined;
    return this.commits.afterwards(row && toStored<Body>(row));
  }

  async list<Body extends object>(
    partition: string,
    { from = '', to, limit = 100 }: Range = {},
  ): Promise<readonly Stored<Body>[]> {
    const { list, listTo } = this.statements;
    const rows =
      to === undefined
        ? list.all(partition, from, this.now(), limit)
        : listTo.all(partition, from, to, this.now(), limit);
    return this.commits.afterwards((rows as unknown as Row[]).map((row) => toStored<Body>(row)));
  }

  async write(partition: string, operations: readonly Operation[]): Promise<readonly (string | undefined)[]> {
    checkLimits(operations);
    // Serialised when it is handed over: what the caller changes afterwards is not written.
    const bodies = operations.map((operation) => ('body' in operation ? JSON.stringify(operation.body) : ''));
    checkSizeOf(bodies);
    if (!this.spec.ttl && operations.some((one) => 'ttl' in one))
      throw new DocumentFault('BadRequest', `${this.name} is not declared with ttl`);
    const etags = await this.commits
      .submit(() => this.apply(partition, operations, bodies))
      .catch(asDocumentFault);
    for (const listener of this.listeners) listener();
    return etags;
  }

  async changes(continuation: string | undefined, limit: number): Promise<Changes> {
    const rows = this.statements.changes.all(
      Number(continuation ?? 0),
      this.now(),
      limit,
    ) as unknown as Row[];
    const last = rows.at(-1);
    return this.commits.afterwards({
      documents: rows.map((row) => toStored(row)),
      continuation: last ? String(last.sequence) : (continuation ?? '0'),
    });
  }

  /** Calls back after each write; answers how to stop that. */
  whenWritten(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async sweep(): Promise<void> {
    if (!this.spec.ttl) return;
    for (let swept = sweptAtOnce; swept === sweptAtOnce;)
      swept = await this.commits.submit(
        () => Number(this.statements.sweep.run(this.now(), sweptAtOnce).changes),
        false,
      );
  }

  /** Within a transaction. Looks at everything first, so that what refuses has changed nothing. */
  private apply(
    partition: string,
    operations: readonly Operation[],
    bodies: readonly string[],
  ): (string | undefined)[] {
    this.check(partition, operations);
    return operations.map((operation, at) => {
      const { id } = operation;
      if (operation.kind === 'delete') {
        this.statements.remove.run(partition, id);
        return undefined;
      }
      const sequence = this.nextSequence();
      const expires = operation.ttl === undefined ? null : this.now() + operation.ttl * 1000;
      this.statements.put.run(partition, id, sequence, bodies[at] ?? '', expires);
      return String(sequence);
    });
  }

  private check(partition: string, operations: readonly Operation[]): void {
    const now = this.now();
    // What a batch has made of a document so far: `written` has an etag that nobody knows yet.
    const staged = operations.length === 1 ? undefined : new Map<string, 'written' | 'deleted'>();
    for (const operation of operations) {
      const { id } = operation;
      const stage = staged?.get(id);
      const etag = stage ?? etagOf(this.statements.etag, partition, id, now);
      refuse(operation, etag === 'deleted' ? undefined : etag, this.name);
      staged?.set(id, operation.kind === 'delete' ? 'deleted' : 'written');
    }
  }

  private readonly now = (): number => (this.spec.ttl ? toMilliseconds(this.clock.now()) : 0);
}

function etagOf(statement: StatementSync, partition: string, id: string, now: number): string | undefined {
  const row = statement.get(partition, id, now);
  return row && String(row.sequence);
}

/** `etag` is that of the document as it is; undefined where there is none. */
function refuse(operation: Operation, etag: string | undefined, container: string): void {
  const { kind, id } = operation;
  if (kind === 'create' && etag !== undefined)
    throw new DocumentFault('Conflict', `${id} exists in ${container}`);
  if ((kind === 'replace' || kind === 'delete') && etag === undefined)
    throw new DocumentFault('NotFound', `no ${id} in ${container}`);
  if ('ifMatch' in operation && operation.ifMatch !== etag)
    throw new DocumentFault('PreconditionFailed', `${id} has been written since it was read`);
}

function asDocumentFault(error: unknown): never {
  if (error instanceof DocumentFault) throw error;
  throw new DocumentFault('OutcomeUnknown', 'the commit failed', undefined, { cause: error });
}

function checkSizeOf(bodies: readonly string[]): void {
  const characters = bodies.reduce((sum, body) => sum + body.length, 0);
  // No character takes more than three bytes: most batches need no counting.
  if (characters * 3 > batchLimits.bytes)
    checkSize(bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0));
}
