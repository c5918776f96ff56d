import {
  checkLimits,
  DocumentFault,
  type Changes,
  type Container,
  type DocumentFaultReason,
  type Operation,
  type Range,
  type Stored,
} from '@boxoffice/shared/documents';

/** What goes wrong with one write; `late` is written after its caller was told that nobody knows. */
export type Trouble =
  'none' | 'unknown, written' | 'unknown, not written' | 'unknown, late' | DocumentFaultReason;

interface Kept {
  readonly etag: string;
  readonly json: string;
  readonly order: number;
}

/** Documents in memory, shared by as many processes of a test as it likes. Each call takes a turn or two of the event loop. */
export class MemoryContainer implements Container {
  readonly partitions = new Map<string, Map<string, Kept>>();
  trouble: (operations: readonly Operation[]) => Trouble = () => 'none';
  /** Called before each call is answered: a test that has it never resolve has killed the process. */
  wait: () => Promise<void> = () => new Promise((resolve) => setImmediate(resolve));
  writes = 0;
  private order = 0;
  private etags = 0;

  constructor(readonly name: string) {}

  async read<Body extends object>(partition: string, id: string): Promise<Stored<Body> | undefined> {
    await this.wait();
    const kept = this.partitions.get(partition)?.get(id);
    return kept && stored<Body>(partition, id, kept);
  }

  async write(partition: string, operations: readonly Operation[]): Promise<readonly (string | undefined)[]> {
    checkLimits(operations);
    const trouble = this.trouble(operations);
    await this.wait();
    this.writes++;
    switch (trouble) {
      case 'none': {
        const etags = this.apply(partition, operations);
        await this.wait();
        return etags;
      }
      case 'unknown, written':
        this.apply(partition, operations);
        throw new DocumentFault('OutcomeUnknown', 'the answer was lost');
      case 'unknown, not written':
        throw new DocumentFault('OutcomeUnknown', 'the request was lost');
      case 'unknown, late':
        setTimeout(() => this.tryLate(partition, operations), 5);
        throw new DocumentFault('OutcomeUnknown', 'the request is on its way');
      default:
        throw new DocumentFault(trouble, 'as the test wished', 1);
    }
  }

  async list<Body extends object>(partition: string, range: Range = {}): Promise<readonly Stored<Body>[]> {
    await this.wait();
    const { from = '', to, limit = 100 } = range;
    return [...(this.partitions.get(partition) ?? [])]
      .filter(([id]) => id >= from && (to === undefined || id < to))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([id, kept]) => stored<Body>(partition, id, kept));
  }

  async changes(continuation: string | undefined, limit: number): Promise<Changes> {
    await this.wait();
    const after = Number(continuation ?? 0);
    const changed = [...this.partitions]
      .flatMap(([partition, documents]) => [...documents].map(([id, kept]) => ({ partition, id, kept })))
      .filter(({ kept }) => kept.order > after)
      .sort((a, b) => a.kept.order - b.kept.order)
      .slice(0, limit);
    const documents = changed.map(({ partition, id, kept }) => stored(partition, id, kept));
    return { documents, continuation: String(changed.at(-1)?.kept.order ?? after) };
  }

  private tryLate(partition: string, operations: readonly Operation[]): void {
    try {
      this.apply(partition, operations);
    } catch {
      // its fence had moved on
    }
  }

  private apply(partition: string, operations: readonly Operation[]): readonly (string | undefined)[] {
    const before = this.partitions.get(partition) ?? new Map<string, Kept>();
    const after = new Map(before);
    const etags = operations.map((operation) => this.one(after, operation));
    this.partitions.set(partition, after);
    return etags;
  }

  private one(documents: Map<string, Kept>, operation: Operation): string | undefined {
    const { id } = operation;
    const known = documents.get(id);
    if (operation.kind === 'create' && known) throw new DocumentFault('Conflict', id);
    if (operation.kind === 'replace' || operation.kind === 'delete') {
      if (!known) throw new DocumentFault('NotFound', id);
      if (operation.ifMatch !== undefined && operation.ifMatch !== known.etag)
        throw new DocumentFault('PreconditionFailed', id);
    }
    if (operation.kind === 'delete') {
      documents.delete(id);
      return undefined;
    }
    const etag = String(++this.etags);
    documents.set(id, { etag, json: JSON.stringify(operation.body), order: ++this.order });
    return etag;
  }
}

const stored = <Body extends object = Record<string, unknown>>(
  partition: string,
  id: string,
  { etag, json }: Kept,
): Stored<Body> => ({
  partition,
  id,
  etag,
  body: JSON.parse(json) as Body,
});
