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
import type { SqliteFile } from '../sqlite-file';
import type { Change, DocumentWriter } from './document-writer';
import { createTable, statementsFor, type Statements } from './statements';
import { toStored, type Row } from './stored-document';

/** A container as a table. Writes go to the file's writer; reads see what is committed, which is all there is. */
export class EmbeddedContainer implements Container {
  readonly name: string;
  private readonly statements: Statements;
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly spec: ContainerSpec,
    file: SqliteFile,
    private readonly writer: DocumentWriter,
    private readonly clock: Clock,
  ) {
    this.name = spec.name;
    createTable(file, spec.name);
    this.statements = statementsFor(file, spec.name);
  }

  async read<Body extends object>(partition: string, id: string): Promise<Stored<Body> | undefined> {
    const row = this.statements.read.get(partition, id, this.now()) as Row | undefined;
    return row && toStored<Body>(row);
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
    return (rows as unknown as Row[]).map((row) => toStored<Body>(row));
  }

  async write(partition: string, operations: readonly Operation[]): Promise<readonly (string | undefined)[]> {
    checkLimits(operations);
    if (!this.spec.ttl && operations.some((one) => 'ttl' in one))
      throw new DocumentFault('BadRequest', `${this.name} is not declared with ttl`);
    const now = this.now();
    const changes = operations.map((operation) => changeBy(operation, now));
    checkSizeOf(changes);
    const batch = { container: this.name, partition, changes, now };
    const etags = await this.writer.write(batch).catch(asDocumentFault);
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
    return {
      documents: rows.map((row) => toStored(row)),
      continuation: last ? String(last.sequence) : (continuation ?? '0'),
    };
  }

  /** Calls back after each write; answers how to stop that. */
  whenWritten(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private readonly now = (): number => (this.spec.ttl ? toMilliseconds(this.clock.now()) : 0);
}

/** Serialised when it is handed over: what the caller changes afterwards is not written. */
function changeBy(operation: Operation, now: number): Change {
  if (operation.kind === 'delete') return operation;
  const { kind, id, body, ttl } = operation;
  const expires = ttl === undefined ? null : now + ttl * 1000;
  const put = { kind, id, json: JSON.stringify(body), expires };
  return operation.kind === 'replace' ? { ...put, ifMatch: operation.ifMatch } : put;
}

function asDocumentFault(error: unknown): never {
  if (error instanceof DocumentFault) throw error;
  throw new DocumentFault('OutcomeUnknown', 'the commit failed', undefined, { cause: error });
}

function checkSizeOf(changes: readonly Change[]): void {
  const texts = changes.map((change) => ('json' in change ? change.json : ''));
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  // No character takes more than three bytes: most batches need no counting.
  if (characters * 3 > batchLimits.bytes)
    checkSize(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0));
}
