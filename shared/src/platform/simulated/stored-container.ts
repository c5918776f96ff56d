import {
  checkSize,
  DocumentFault,
  type ContainerSpec,
  type Operation,
  type Range,
  type Stored,
} from '../../documents';
import type { Schedule } from './schedule';

/** One version of a document. */
export interface Kept {
  readonly partition: string;
  readonly id: string;
  readonly etag: string;
  /** JSON, so that nobody shares an object with the store; undefined: deleted. */
  readonly text: string | undefined;
  readonly sequence: number;
  /** Virtual milliseconds, like the next one. */
  readonly writtenAt: number;
  readonly expiresAt: number;
  /** The version before, as long as a replica may still show it. */
  previous: Kept | undefined;
}

/** A replica lags behind by less than this. */
export const longestLag = 10_000;

/** What one container holds; it outlives the processes that use it. */
export class StoredContainer {
  /** Until this virtual moment conditional writes are refused, as though others were always faster. */
  stormUntil = 0;
  private readonly partitions = new Map<string, Map<string, Kept>>();
  /** Every write in order; an entry is out of date once its document has been written again. */
  private readonly log: Kept[] = [];
  private readonly listeners = new Set<(partition: string, ids: readonly string[]) => void>();
  private sequence = 0;

  constructor(
    private readonly spec: ContainerSpec,
    private readonly schedule: Schedule,
  ) {}

  /** As it was at the virtual moment `asOf`, at most `longestLag` ago; now when not given. */
  read(partition: string, id: string, asOf = this.schedule.now): Kept | undefined {
    let kept = this.partitions.get(partition)?.get(id);
    while (kept && kept.writtenAt > asOf) kept = kept.previous;
    return kept?.text !== undefined && kept.expiresAt > this.schedule.now ? kept : undefined;
  }

  list(partition: string, { from = '', to, limit = 100 }: Range, asOf = this.schedule.now): Kept[] {
    const ids = [...(this.partitions.get(partition)?.keys() ?? [])].filter(
      (id) => id >= from && (to === undefined || id < to),
    );
    const found: Kept[] = [];
    for (const id of ids.sort()) {
      const kept = found.length < limit ? this.read(partition, id, asOf) : undefined;
      if (kept) found.push(kept);
    }
    return found;
  }

  /** `texts` are the bodies of the operations, '' where there is none. */
  write(
    partition: string,
    operations: readonly Operation[],
    texts: readonly string[],
  ): (string | undefined)[] {
    checkSize(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0));
    const staged = new Map<string, Kept>();
    const before = this.sequence;
    try {
      operations.forEach((operation, at) => {
        const { id } = operation;
        const current = staged.get(id) ?? this.read(partition, id);
        this.check(operation, current?.text === undefined ? undefined : current);
        staged.set(id, this.version(partition, operation, texts[at]));
      });
    } catch (refused) {
      this.sequence = before;
      throw refused;
    }
    this.keep(partition, staged);
    const ids = [...staged.keys()];
    for (const listener of this.listeners) listener(partition, ids);
    return operations.map(({ id, kind }) => (kind === 'delete' ? undefined : staged.get(id)?.etag));
  }

  changes(continuation: string | undefined, limit: number): { page: Kept[]; continuation: string } {
    const seen = continuation === undefined ? 0 : Number(continuation);
    const page: Kept[] = [];
    let last = seen;
    for (let at = this.firstAfter(seen); at < this.log.length && page.length < limit; at++) {
      const kept = this.log[at] as Kept;
      last = kept.sequence;
      if (this.read(kept.partition, kept.id) === kept) page.push(kept);
    }
    return { page, continuation: String(last) };
  }

  /** All documents as they are, for those who look at the world from outside. */
  documents(): Stored[] {
    return this.changes(undefined, Infinity).page.map((kept) => toStored(kept));
  }

  /** Hears of each batch once it is written, as one. */
  whenWritten(listener: (partition: string, ids: readonly string[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private check(operation: Operation, now: Kept | undefined): void {
    const { kind, id } = operation;
    if (kind === 'create' && now) throw new DocumentFault('Conflict', `${id} exists in ${this.spec.name}`);
    if ((kind === 'replace' || kind === 'delete') && !now)
      throw new DocumentFault('NotFound', `no ${id} in ${this.spec.name}`);
    if ('ifMatch' in operation && operation.ifMatch !== now?.etag)
      throw new DocumentFault('PreconditionFailed', `${id} has been written since it was read`);
    if ('ttl' in operation && !this.spec.ttl)
      throw new DocumentFault('BadRequest', `${this.spec.name} is not declared with ttl`);
  }

  private version(partition: string, operation: Operation, text: string | undefined): Kept {
    const sequence = ++this.sequence;
    const { now } = this.schedule;
    const ttl = 'ttl' in operation ? operation.ttl : undefined;
    return {
      partition,
      id: operation.id,
      etag: `e${sequence}`,
      text: operation.kind === 'delete' ? undefined : text,
      sequence,
      writtenAt: now,
      expiresAt: ttl === undefined ? Infinity : now + ttl * 1000,
      previous: undefined,
    };
  }

  private keep(partition: string, staged: ReadonlyMap<string, Kept>): void {
    let documents = this.partitions.get(partition);
    if (!documents) this.partitions.set(partition, (documents = new Map<string, Kept>()));
    for (const [id, kept] of staged) {
      const previous = documents.get(id);
      kept.previous = previous;
      if (previous && previous.writtenAt < this.schedule.now - longestLag) previous.previous = undefined;
      documents.set(id, kept);
      if (kept.text !== undefined) this.log.push(kept);
    }
  }

  private firstAfter(sequence: number): number {
    let [low, high] = [0, this.log.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.log[middle] as Kept).sequence <= sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export const toStored = <Body extends object>({ partition, id, etag, text = '' }: Kept): Stored<Body> => ({
  partition,
  id,
  etag,
  body: JSON.parse(text) as Body,
});
