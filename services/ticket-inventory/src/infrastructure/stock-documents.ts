import {
  isDocumentFault,
  type Container,
  type Operation,
  type Range,
  type Stored,
} from '@boxoffice/shared/documents';
import { inject, injectable } from 'tsyringe';
import type { AdmissionRules } from '../core/admission-rules';
import type { EventOnSale } from '../core/event-on-sale';
import type { Memory } from '../core/memory';
import type { Segment } from '../core/move';
import type { Note, TransferNote, WaitNote } from '../core/note';
import type { Commit, CommitOutcome, OrderOutcome, Root, SnapshotRef, StockRecords } from '../core/ports';
import { Inventory } from './containers';
import { readSegment, readSnapshot, segmentBody, snapshotBody } from './stock-bodies';
import type {
  EventBody,
  NoteBody,
  OrderBody,
  RootBody,
  RulesBody,
  SegmentBody,
  SnapshotBody,
} from './stock-bodies';

const rootId = 'stock';
const eventDocumentId = 'event';
const rulesId = 'admission-rules';
const segmentId = (epoch: number, sequence: number): string =>
  `segment~${padded(epoch, 4)}~${padded(sequence, 11)}`;
const orderDocumentId = (orderId: string): string => `order~${orderId}`;
const transferId = (ticketId: string, issue: number): string => `transfer~${ticketId}~${issue}`;
const waiterId = (entryId: string): string => `waiting~${entryId}`;
function noteId(note: Note): string {
  switch (note.kind) {
    case 'transfer':
      return transferId(note.ticketId, note.issue);
    case 'void':
      return `void~${note.refundId}`;
    case 'waiting':
      return waiterId(note.entryId);
  }
}
const snapshotPrefix = (epoch: number, sequence: number): string =>
  `snapshot~${padded(epoch, 4)}~${padded(sequence, 11)}~`;
const chunkId = (epoch: number, { sequence, maker }: Omit<SnapshotRef, 'chunks'>, chunk: number): string =>
  `${snapshotPrefix(epoch, sequence)}${maker}~${padded(chunk, 6)}`;
const padded = (number: number, places: number): string => String(number).padStart(places, '0');

const segmentsAPage = 100;
const chunksAPage = 10;

/**
 * An event's partition of the container `inventory`: `stock` is the root, replaced under its etag by every commit;
 * `segment~…` is what each commit did; `order~…` what became of a paid order; `event` what is on sale; `admission-rules` whom to let in; `snapshot~…` copies.
 */
@injectable()
export class StockDocuments implements StockRecords {
  constructor(@inject(Inventory) private readonly container: Container) {}

  async root(eventId: string): Promise<Root | undefined> {
    const stored = await this.container.read<RootBody>(eventId, rootId);
    return stored && { ...stored.body, fence: stored.etag };
  }

  async event(eventId: string): Promise<EventOnSale | undefined> {
    return (await this.container.read<EventBody>(eventId, eventDocumentId))?.body.event;
  }

  async rules(eventId: string): Promise<AdmissionRules | undefined> {
    return (await this.container.read<RulesBody>(eventId, rulesId))?.body.rules;
  }

  async order(eventId: string, orderId: string): Promise<OrderOutcome | undefined> {
    return (await this.container.read<OrderBody>(eventId, orderDocumentId(orderId)))?.body.order;
  }

  async segments(eventId: string, epoch: number, after: number, upTo: number): Promise<readonly Segment[]> {
    const range = { from: segmentId(epoch, after + 1), to: segmentId(epoch, upTo + 1) };
    const stored = await this.all<SegmentBody>(eventId, range, segmentsAPage);
    return stored.map(({ body }) => readSegment(eventId, body));
  }

  async transfer(eventId: string, ticketId: string, issue: number): Promise<TransferNote | undefined> {
    const stored = await this.container.read<NoteBody>(eventId, transferId(ticketId, issue));
    return stored?.body.note.kind === 'transfer' ? stored.body.note : undefined;
  }

  async waiter(eventId: string, entryId: string): Promise<WaitNote | undefined> {
    const stored = await this.container.read<NoteBody>(eventId, waiterId(entryId));
    return stored?.body.note.kind === 'waiting' ? stored.body.note : undefined;
  }

  async commit(
    eventId: string,
    { root, segment, orders, notes, event, rules }: Commit,
  ): Promise<CommitOutcome> {
    const { fence, ...rest } = root;
    const body: RootBody = { type: 'stock', commitId: segment.commitId, ...rest };
    const operations: Operation[] = [
      fence === undefined
        ? { kind: 'create', id: rootId, body }
        : { kind: 'replace', id: rootId, body, ifMatch: fence },
      { kind: 'create', id: segmentId(segment.epoch, segment.sequence), body: segmentBody(segment) },
    ];
    if (event)
      operations.push({
        kind: 'upsert',
        id: eventDocumentId,
        body: { type: 'event', event } satisfies EventBody,
      });
    if (rules)
      operations.push({ kind: 'upsert', id: rulesId, body: { type: 'rules', rules } satisfies RulesBody });
    for (const order of orders) {
      operations.push({
        kind: 'create',
        id: orderDocumentId(order.orderId),
        body: { type: 'order', order } satisfies OrderBody,
      });
    }
    for (const note of notes)
      operations.push({
        kind: 'create',
        id: noteId(note),
        body: { type: 'note', note } satisfies NoteBody,
      });
    try {
      const [etag = ''] = await this.container.write(eventId, operations);
      return { kind: 'committed', fence: etag };
    } catch (error) {
      return outcomeOf(error, orders.length > 0);
    }
  }

  async keepSnapshot(
    eventId: string,
    epoch: number,
    snapshot: Omit<SnapshotRef, 'chunks'>,
    chunk: number,
    memories: readonly Memory[],
  ): Promise<void> {
    const body = snapshotBody(memories);
    await this.container.write(eventId, [{ kind: 'upsert', id: chunkId(epoch, snapshot, chunk), body }]);
  }

  async snapshot(
    eventId: string,
    epoch: number,
    snapshot: SnapshotRef,
  ): Promise<readonly Memory[] | undefined> {
    const range = { from: chunkId(epoch, snapshot, 0), to: chunkId(epoch, snapshot, snapshot.chunks) };
    const chunks = await this.all<SnapshotBody>(eventId, range, chunksAPage);
    if (chunks.length !== snapshot.chunks) return undefined;
    return chunks.flatMap(({ body }) => readSnapshot(eventId, body));
  }

  async dropSnapshotsBefore(eventId: string, epoch: number, snapshot: SnapshotRef): Promise<void> {
    const range = { from: 'snapshot~', to: snapshotPrefix(epoch, snapshot.sequence), limit: 3 };
    for (;;) {
      const old = await this.container.list(eventId, range);
      if (old.length === 0) return;
      try {
        await this.container.write(
          eventId,
          old.map(({ id }) => ({ kind: 'delete', id }) as const),
        );
      } catch (error) {
        if (!isDocumentFault(error, 'NotFound')) throw error; // another sweeps here too
      }
    }
  }

  private async all<Body extends object>(
    partition: string,
    range: Range & { to: string },
    limit: number,
  ): Promise<readonly Stored<Body>[]> {
    const found: Stored<Body>[] = [];
    for (let from = range.from ?? ''; ;) {
      const page = await this.container.list<Body>(partition, { from, to: range.to, limit });
      found.push(...page);
      const last = page.at(-1);
      if (!last || page.length < limit) return found;
      from = `${last.id}!`; // ids go on with digits alone, which come after
    }
  }
}

function outcomeOf(error: unknown, withOrders: boolean): CommitOutcome {
  if (isDocumentFault(error, 'PreconditionFailed', 'NotFound')) return { kind: 'stale' };
  if (isDocumentFault(error, 'Conflict')) return { kind: withOrders ? 'order-settled' : 'stale' };
  if (isDocumentFault(error, 'TooManyRequests'))
    return { kind: 'busy', retryAfterMilliseconds: error.retryAfterMilliseconds ?? 100 };
  if (isDocumentFault(error, 'OutcomeUnknown')) return { kind: 'unknown', cause: error };
  throw error;
}
