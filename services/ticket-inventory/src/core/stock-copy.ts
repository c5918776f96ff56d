import { stockChain } from '@boxoffice/shared/contracts';
import { defaultRules } from './admission-rules';
import type { Draft } from './draft';
import type { Segment } from './move';
import { gatheringsOf } from './offers';
import type { Commit, CommitOutcome, Root, StockRecords } from './ports';
import { Stock } from './stock';
import { stockLinesOf } from './stock-lines';

/** What was tried and may have been written: where it would stand, and under which name. */
export interface Attempt {
  readonly epoch: number;
  readonly sequence: number;
  readonly commitId: string;
}

const mostTries = 5;
/** Segments asked for along with the root. */
const readAhead = 8;

/** This process's copy of one event's stock, and how it keeps up with the records. */
export class StockCopy {
  stock: Stock;

  constructor(
    private readonly eventId: string,
    private readonly records: StockRecords,
  ) {
    this.stock = new Stock(eventId);
  }

  /** Reads what others have committed since. */
  async catchUp(): Promise<void> {
    for (let tries = 1; ; tries++) {
      const { epoch, sequence } = this.stock;
      // In one round trip: who is overtaken is mostly one or two commits behind.
      const [root, next] = await Promise.all([
        this.records.root(this.eventId),
        sequence === 0 ? [] : this.records.segments(this.eventId, epoch, sequence, sequence + readAhead),
      ]);
      if (!root || (root.epoch === epoch && root.sequence < sequence)) return; // a replica behind us
      if (!this.isFarBehind(root)) return this.follow(root, this.stock, next);
      const stock = await this.start(root, tries < mostTries);
      if (stock) return this.follow(root, stock);
    }
  }

  /** Whether nobody has committed since: one small read. What is behind us says nothing against it. */
  async isCurrent(): Promise<boolean> {
    const root = await this.records.root(this.eventId);
    if (!root) return this.stock.sequence === 0;
    return (
      root.fence === this.stock.fence ||
      (root.epoch === this.stock.epoch && root.sequence < this.stock.sequence)
    );
  }

  /** Keeps the draft where it is written, and takes it back otherwise. */
  async write(draft: Draft, attempt: Attempt): Promise<CommitOutcome> {
    const { stock } = this;
    let kept = false;
    try {
      const outcome = await this.commit(draft, attempt);
      kept = outcome.kind === 'committed';
      return outcome;
    } finally {
      if (!kept) stock.takeBack();
    }
  }

  private async commit(draft: Draft, attempt: Attempt): Promise<CommitOutcome> {
    const { stock } = this;
    const { epoch, sequence, commitId } = attempt;
    const at = draft.now;
    const lines = stockLinesOf(draft.moves);
    const chain = lines.length === 0 ? stock.chain : stockChain(stock.chain, sequence, at, lines);
    const segment = { epoch, sequence, commitId, at, moves: draft.moves, chain };
    const nextDue = draft.nextDue();
    const snapshot = draft.newSnapshot ?? stock.snapshot;
    const pools = draft.counts.poolList;
    const gatherings = gatheringsOf(draft);
    const root: Commit['root'] = {
      fence: stock.fence,
      epoch,
      sequence,
      eventVersion: draft.event?.version ?? 0,
      ...(draft.rules.version === defaultRules.version ? {} : { rulesVersion: draft.rules.version }),
      chain,
      allotments: draft.counts.list,
      ...(pools.length === 0 ? {} : { pools }),
      ...(gatherings.length === 0 ? {} : { gatherings }),
      ...(nextDue === undefined ? {} : { nextDue }),
      ...(snapshot === undefined ? {} : { snapshot }),
    };
    const event = draft.newEvent ? { event: draft.newEvent } : {};
    const rules = draft.newRules ? { rules: draft.newRules } : {};
    const outcome = await this.records.commit(this.eventId, {
      root,
      segment,
      orders: draft.orders,
      notes: draft.notes,
      ...event,
      ...rules,
    });
    if (outcome.kind === 'committed') {
      stock.keep(segment);
      stock.fence = outcome.fence;
      stock.snapshot = snapshot;
      stock.event = draft.event;
      stock.rules = draft.rules;
      if (draft.newSnapshot) stock.unsnapped = (sequence - draft.newSnapshot.sequence) * 10;
    }
    return outcome;
  }

  /** Whether the attempt went through after all. Asked once caught up. */
  async wentThrough({ epoch, sequence, commitId }: Attempt): Promise<boolean> {
    if (this.stock.epoch !== epoch || this.stock.sequence < sequence) return false;
    const known = this.stock.commitAt(sequence);
    if (known !== undefined) return known === commitId;
    const [there] = await this.records.segments(this.eventId, epoch, sequence - 1, sequence);
    return there?.commitId === commitId;
  }

  /** As long as nobody has committed in its place, a lost write may arrive late. */
  mayYetLand = ({ epoch, sequence }: Attempt): boolean =>
    this.stock.epoch === epoch && this.stock.sequence < sequence;

  private isFarBehind(root: Root): boolean {
    if (this.stock.sequence === 0 || root.epoch !== this.stock.epoch) return true;
    return root.snapshot !== undefined && root.snapshot.sequence > this.stock.sequence + 1000;
  }

  /** What a copy begins with; undefined where the snapshot is gone, as a newer one has taken its place, under a newer root. */
  private async start({ epoch, snapshot }: Root, bySnapshot: boolean): Promise<Stock | undefined> {
    const stock = new Stock(this.eventId);
    if (!snapshot || !bySnapshot) return stock; // all segments are kept, so the long way leads there too
    const memories = await this.records.snapshot(this.eventId, epoch, snapshot);
    if (!memories) return undefined;
    stock.recall(memories);
    stock.sequence = snapshot.sequence;
    return stock;
  }

  private async follow(root: Root, stock: Stock, next: readonly Segment[] = []): Promise<void> {
    for (const segment of next)
      if (segment.sequence === stock.sequence + 1 && segment.sequence <= root.sequence) stock.fold(segment);
    if (stock.sequence < root.sequence) {
      const { eventId, records } = this;
      for (const segment of await records.segments(eventId, root.epoch, stock.sequence, root.sequence))
        stock.fold(segment);
    }
    if (stock.sequence !== root.sequence)
      throw new Error(`segments of ${this.eventId} end at ${stock.sequence}, its root at ${root.sequence}`);
    if (stock.event?.version !== root.eventVersion) stock.event = await this.records.event(this.eventId);
    if (stock.rules.version !== (root.rulesVersion ?? defaultRules.version))
      stock.rules = (await this.records.rules(this.eventId)) ?? defaultRules;
    stock.standAt(root);
    this.stock = stock;
  }
}
