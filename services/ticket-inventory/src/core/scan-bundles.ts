import type { ScanBundle } from '@boxoffice/shared/scanning';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import { eventAtTheGate, eventToScan } from './gate';
import type { Holder } from './my-tickets';
import { statusOf } from './ticket-book';
import { TicketKeys } from './ticket-keys';

/** A place in the log: everything up to that commit is known. */
export interface BundleCursor {
  readonly epoch: number;
  readonly sequence: number;
}

export type BundleSince = Omit<ScanBundle, 'cursor' | 'keys'> & { readonly upTo: BundleCursor };

/** Admissions in one answer, about: 0.8 MB. */
const mostAdmissions = 5000;

/** What a scanner takes along, and then what has changed since. */
@injectable()
export class ScanBundles {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(TicketKeys) private readonly keys: TicketKeys,
  ) {}

  async since(
    eventId: string,
    who: Holder,
    cursor: BundleCursor | undefined,
  ): Promise<BundleSince & Pick<ScanBundle, 'keys'>> {
    const changes = await this.doors.ask(eventId, (draft) => changesSince(draft, who, cursor));
    return { ...changes, keys: await this.keys.list() };
  }
}

/** A cursor of another epoch, or from ahead of this log, knows nothing of it: then everything is told. */
export function changesSince(
  draft: Draft,
  who: Holder,
  cursor: BundleCursor | undefined,
  most = mostAdmissions,
): BundleSince {
  const event = eventToScan(draft, who);
  const { epoch, sequence } = draft.place;
  const isOfThisLog = cursor?.epoch === epoch && cursor.sequence <= sequence;
  const after = isOfThisLog ? cursor.sequence : 0;
  const { ticketIds, upTo = sequence } = draft.admissions.movedSince(after, most);
  const { isCancelled, rules } = eventAtTheGate(draft, event);
  const { eventId, title, startsAt, endsAt, timeZone, ticketTypes } = event;
  const types = ticketTypes.map(({ ticketTypeId, name }) => ({ ticketTypeId, name }));
  return {
    eventId,
    upTo: { epoch, sequence: upTo },
    isComplete: upTo === sequence,
    event: { title, startsAt, endsAt, timeZone, isCancelled, ticketTypes: types },
    rules,
    tickets: [...draft.tickets.all()]
      .filter(([, { changedAt }]) => changedAt > after && changedAt <= upTo)
      .map(([ticketId, mark]) => ({ ticketId, ...statusOf(mark) })),
    admissions: [...ticketIds].flatMap((ticketId) => admissionOf(draft, ticketId)),
  };
}

/** None where it only ever left, or was let in though it was void. */
function admissionOf(draft: Draft, ticketId: string): ScanBundle['admissions'] {
  const { isInside, admitted, last } = draft.admissions.accountOf(ticketId);
  if (!admitted || !last) return [];
  return [{ ticketId, isInside, admittedAt: admitted.at, gateId: admitted.gateId, lastAt: last.at }];
}
