import type { EventCancelled } from '@boxoffice/shared/contracts';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import type { EventOnSale } from './event-on-sale';

/** An event will not be held: nothing more is sold, and who has paid meanwhile gets the money back. */
@injectable()
export class CancelSales {
  constructor(@inject(Doors) private readonly doors: Doors) {}

  async cancel(cancelled: EventCancelled): Promise<void> {
    return this.doors.ask(cancelled.eventId, (draft) => decideCancellation(draft, cancelled));
  }
}

/** Holds are left to expire: none can be confirmed any more. */
export function decideCancellation(draft: Draft, cancelled: EventCancelled): void {
  const { version, cancelledAt } = cancelled;
  if (draft.event && draft.event.version >= version) return;
  draft.newEvent = { ...(draft.event ?? unheardOf(cancelled)), version, cancelledAt };
}

/** Cancelled before anyone here had heard that it is on sale: what then comes late is older, and sells nothing. */
const unheardOf = ({ eventId, organizerId, title, version, cancelledAt }: EventCancelled): EventOnSale => ({
  eventId,
  version,
  organizerId,
  slug: '',
  title,
  startsAt: cancelledAt,
  endsAt: cancelledAt,
  timeZone: 'UTC',
  venueName: '',
  venueAddress: '',
  holdMinutes: 1,
  ticketTypes: [],
});
