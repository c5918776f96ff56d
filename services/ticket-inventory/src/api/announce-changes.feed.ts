import type { Envelope } from '@boxoffice/shared/contracts';
import type { Container } from '@boxoffice/shared/documents';
import type { Bus } from '@boxoffice/shared/messaging';
import type { Feed } from '@boxoffice/shared/platform';
import { announcementOf, keyAnnouncementOf, ticketsOf } from '../core/announcements';
import type { MakeNotesKnown } from '../core/make-notes-known';
import type { MakeOffersKnown } from '../core/make-offers-known';
import type { Change, ChangeReader, DueHolds, Wallets } from '../core/ports';

export interface AnnounceNeeds {
  readonly inventory: Container;
  readonly reader: ChangeReader;
  readonly notes: MakeNotesKnown;
  readonly offering: MakeOffersKnown;
  readonly wallets: Wallets;
  readonly due: DueHolds;
  readonly bus: Bus;
}

/**
 * What a commit recorded becomes known: outcomes and keys to the other services, tickets to their buyers' wallets, holds to
 * the sweep, offers to who waited. Each step may be repeated, so a page that failed half-way simply comes again.
 */
export const announceChanges = ({
  inventory,
  reader,
  notes,
  offering,
  wallets,
  due,
  bus,
}: AnnounceNeeds): Feed => ({
  name: 'announce-changes',
  container: inventory,
  async handle(documents) {
    const changes = documents
      .map((document) => reader.read(document))
      .filter((change) => change !== undefined);
    for (const [eventId, dueAt] of firstInEachMinute(changes)) await due.note(eventId, dueAt);
    const news = await Promise.all(
      changes.flatMap((change) => (change.kind === 'noted' ? [notes.newsOf(change.note)] : [])),
    );
    const tickets = [
      ...changes.flatMap((change) => (change.kind === 'order-settled' ? ticketsOf(change.order) : [])),
      ...news.flatMap((each) => each.tickets),
    ];
    if (tickets.length > 0) await wallets.put(tickets);
    const offers = changes.flatMap((change) => (change.kind === 'held' ? change.offers : []));
    const envelopes = [
      ...changes.flatMap(envelopesOf),
      ...news.flatMap((each) => each.envelopes),
      ...(await offering.announcementsOf(offers)),
    ];
    if (envelopes.length > 0) await bus.publish(envelopes);
  },
});

function envelopesOf(change: Change): readonly Envelope[] {
  switch (change.kind) {
    case 'order-settled':
      return [announcementOf(change.order)];
    case 'key-published':
      return [keyAnnouncementOf(change.key)];
    case 'noted':
    case 'held':
      return [];
  }
}

// A rush makes thousands of holds that expire in the same minute; one of them is enough to have it swept.
function firstInEachMinute(changes: readonly Change[]) {
  const byMinute = new Map<
    string,
    readonly [eventId: string, dueAt: (Change & { kind: 'held' })['dueAt'][number]]
  >();
  for (const change of changes) {
    if (change.kind !== 'held') continue;
    for (const dueAt of change.dueAt)
      byMinute.set(`${change.eventId} ${dueAt.slice(0, 16)}`, [change.eventId, dueAt]);
  }
  return byMinute.values();
}
