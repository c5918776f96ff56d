import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import type { EventOnSale } from './event-on-sale';

/** A ticket type whose capacity can't shrink as far as asked yet: that much is held or sold. */
export interface Clipped {
  readonly ticketTypeId: string;
  readonly wanted: number;
  readonly taken: number;
}

/** An event goes on sale, or has changed: the newest version wins, in whichever order they arrive. */
@injectable()
export class OpenSales {
  constructor(@inject(Doors) private readonly doors: Doors) {}

  async open(event: EventOnSale): Promise<readonly Clipped[]> {
    return this.doors.ask(event.eventId, (draft) => decideOpening(draft, event));
  }
}

export function decideOpening(draft: Draft, event: EventOnSale): readonly Clipped[] {
  if (draft.event && draft.event.version >= event.version) return [];
  draft.newEvent = event;
  const known = new Map(draft.allotments.map((allotment) => [allotment.ticketTypeId, allotment]));
  return event.ticketTypes.flatMap(({ ticketTypeId, capacity }) => {
    const before = known.get(ticketTypeId);
    if (before && (before.wanted ?? before.capacity) === capacity) return [];
    const { wanted, held, sold } = draft.resize(ticketTypeId, capacity);
    return wanted === undefined ? [] : [{ ticketTypeId, wanted, taken: held + sold }];
  });
}
