import type { Hall, HallRow } from './hall';

/** Which seats of a hall are free. Each change can be undone by its opposite. */
export class FreeSeats {
  private readonly free: Uint8Array;
  private readonly inRow: Uint16Array;
  private readonly changed: Uint32Array;
  private readonly ofType = new Map<string, { all: number; accessible: number }>();

  constructor(readonly hall: Hall) {
    this.free = Uint8Array.from({ length: hall.places }, (_, place) => Number(hall.isSeat(place)));
    this.inRow = new Uint16Array(hall.rows.length);
    this.changed = new Uint32Array(hall.rows.length);
    for (let place = 0; place < hall.places; place++) if (hall.isSeat(place)) this.count(place, 1);
  }

  isFree = (place: number): boolean => this.free[place] === 1;
  countIn = (row: HallRow): number => this.inRow[row.number] ?? 0;
  /** Another number after each change in the row. */
  stateOf = (row: HallRow): number => this.changed[row.number] ?? 0;

  /** Free seats of a ticket type that anyone may have, or, accessible ones too, who asks for one. */
  left(ticketTypeId: string, accessible: boolean): number {
    const count = this.ofType.get(ticketTypeId);
    return count ? count.all - (accessible ? 0 : count.accessible) : 0;
  }

  take = (place: number): void => {
    if (!this.isFree(place)) throw new Error(`${this.hall.seatAt(place)} would be taken twice`);
    this.free[place] = 0;
    this.count(place, -1);
  };

  giveBack = (place: number): void => {
    if (this.isFree(place) || !this.hall.isSeat(place))
      throw new Error(`${this.hall.seatAt(place)} would be given back twice`);
    this.free[place] = 1;
    this.count(place, 1);
  };

  private count(place: number, change: 1 | -1): void {
    const { number, ticketTypeId } = this.hall.rowAt(place);
    this.inRow[number] = (this.inRow[number] ?? 0) + change;
    this.changed[number] = (this.changed[number] ?? 0) + 1;
    const count = this.ofType.get(ticketTypeId) ?? { all: 0, accessible: 0 };
    count.all += change;
    if (this.hall.isAccessible(place)) count.accessible += change;
    this.ofType.set(ticketTypeId, count);
  }
}
