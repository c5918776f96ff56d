import type { SeatMap } from '@boxoffice/shared/contracts';
import { BestSeats, type Party } from './best-seats';
import { FreeSeats } from './free-seats';
import { Hall } from './hall';
import { placesIn } from './seat-block';

/** A hall, and which of its seats are free: by their names. */
export class SeatPlan {
  private readonly hall: Hall;
  private readonly free: FreeSeats;
  private readonly finder: BestSeats;

  constructor(
    readonly map: SeatMap,
    taken: Iterable<string>,
  ) {
    this.hall = new Hall(map);
    this.free = new FreeSeats(this.hall);
    this.finder = new BestSeats(this.free);
    for (const seat of taken) this.take(seat);
  }

  isNumbered = (ticketTypeId: string): boolean => this.hall.rowsOf(ticketTypeId).length > 0;
  has(ticketTypeId: string, seat: string): boolean {
    const place = this.hall.placeOf(seat);
    return place !== undefined && this.hall.rowAt(place).ticketTypeId === ticketTypeId;
  }
  isAccessible = (seat: string): boolean => this.hall.isAccessible(this.hall.placeOf(seat) ?? -1);

  /** Free seats that anyone may have; or, accessible ones too, who asks for one. */
  left = (ticketTypeId: string, accessible: boolean): number => this.free.left(ticketTypeId, accessible);
  best = (party: Party): readonly string[] | undefined => this.finder.find(party)?.map(this.hall.seatAt);

  /** So many rows down the map, a character a place: `.` free, `x` taken, `_` no seat. */
  drawn(rowNumber: number): string {
    const { hall, free } = this;
    const row = hall.rows[rowNumber];
    const places = row ? placesIn(row) : [];
    return places.map((place) => (free.isFree(place) ? '.' : hall.isSeat(place) ? 'x' : '_')).join('');
  }

  // A seat that only a former map has is no seat here.
  take(seat: string): void {
    const place = this.hall.placeOf(seat);
    if (place !== undefined) this.free.take(place);
  }

  giveBack(seat: string): void {
    const place = this.hall.placeOf(seat);
    if (place !== undefined) this.free.giveBack(place);
  }
}
