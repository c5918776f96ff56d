import { injectable } from 'tsyringe';
import type { Change, ChangeReader } from '../core/ports';
import type { KeyBody } from './key-documents';
import {
  expiriesIn,
  offersIn,
  type EventBody,
  type NoteBody,
  type OrderBody,
  type RootBody,
  type RulesBody,
  type SegmentBody,
  type SnapshotBody,
} from './stock-bodies';

type AnyBody = RootBody | EventBody | RulesBody | NoteBody | OrderBody | SegmentBody | SnapshotBody | KeyBody;

/** Reads what the change feed of the container `inventory` brings. */
@injectable()
export class ChangeDocuments implements ChangeReader {
  read({ partition, body }: { readonly partition: string; readonly body: object }): Change | undefined {
    const own = body as AnyBody;
    switch (own.type) {
      case 'order':
        return { kind: 'order-settled', order: own.order };
      case 'note':
        return { kind: 'noted', note: own.note };
      case 'key':
        return { kind: 'key-published', key: own.key };
      case 'segment': {
        const dueAt = expiriesIn(own);
        const offers = offersIn(partition, own);
        return dueAt.length === 0 ? undefined : { kind: 'held', eventId: partition, dueAt, offers };
      }
      case 'stock':
      case 'event':
      case 'rules':
      case 'snapshot':
        return undefined;
    }
  }
}
