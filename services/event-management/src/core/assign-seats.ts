import { inject, injectable } from 'tsyringe';
import { draftOf } from './draft-of';
import { changed, type Event } from './event';
import { Programme } from './ports';
import { notPossible, seatingNotFound } from './refusals';
import type { SeatMap } from './seat-map';
import { faultsOfSeating, isSeated, seatsOnSale, seatsSoldAs, type Seating } from './seating';

/** Which change, of whose event, decided on which version. */
export interface SeatingChange {
  readonly eventId: string;
  readonly organizerId: string;
  readonly seenVersion: string;
}

/** Which seats of its venue a draft sells, and as what. */
@injectable()
export class Seatings {
  constructor(@inject(Programme) private readonly programme: Programme) {}

  /**
   * The capacity of each ticket type that has seats becomes their number: who writes it could miscount, and stock and seats
   * would tell buyers different things. Refuses with `not-possible`, listing every reason.
   */
  async assign({ eventId, organizerId, seenVersion }: SeatingChange, seating: Seating): Promise<Event> {
    return this.programme.change(async (commit) => {
      const draft = await draftOf(commit, eventId, organizerId, seenVersion);
      const map = await commit.seatMap(seating.seatMapId);
      if (!map || !isFor(draft, map))
        throw notPossible([
          { field: 'seatMapId', code: 'unknown-seat-map', message: 'the event’s venue has no such seat map' },
        ]);
      const faults = faultsOfSeating(seating, map, draft.ticketTypes);
      if (faults.length > 0) throw notPossible(faults);
      const onSale = seatsOnSale(map, seating);
      const ticketTypes = draft.ticketTypes.map((one) =>
        isSeated(seating, one.ticketTypeId)
          ? { ...one, capacity: seatsSoldAs(one.ticketTypeId, onSale) }
          : one,
      );
      const event = changed(draft, { seating, ticketTypes });
      await commit.save(event);
      return event;
    });
  }

  /** Its ticket types keep their capacity. */
  async remove({ eventId, organizerId, seenVersion }: SeatingChange): Promise<Event> {
    return this.programme.change(async (commit) => {
      const draft = await draftOf(commit, eventId, organizerId, seenVersion);
      if (!draft.seating) throw seatingNotFound();
      const event = changed(draft, { seating: undefined });
      await commit.save(event);
      return event;
    });
  }
}

/** A map that has been removed since is there for those who have taken it before. */
const isFor = ({ place, seating }: Event, { venueId, seatMapId, removedAt }: SeatMap): boolean =>
  venueId === place.venueId && (removedAt === undefined || seating?.seatMapId === seatMapId);
