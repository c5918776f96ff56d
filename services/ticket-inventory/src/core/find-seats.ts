import type { SeatRow } from '@boxoffice/shared/contracts';
import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import { isThereFor, type EventOnSale } from './event-on-sale';
import { Looks } from './looks';
import { StockRecords } from './ports';
import { eventUnknown } from './refusals';

export interface SeatsNow {
  /** Another after each change. */
  readonly version: string;
  readonly sections: readonly { readonly name: string; readonly rows: readonly RowNow[] }[];
}

export interface RowNow extends Pick<
  SeatRow,
  'name' | 'ticketTypeId' | 'first' | 'accessible' | 'restrictedView'
> {
  /** From the first on, a character each: `.` free, `x` taken, `_` no seat. */
  readonly seats: string;
}

const mostRemembered = 100;

interface Seen {
  readonly event: EventOnSale;
  readonly seats: SeatsNow;
}

/** Which numbered seats are free: at most a second old. */
@injectable()
export class FindSeats {
  private readonly looks: Looks<Seen>;

  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(StockRecords) private readonly records: StockRecords,
    @inject(Clock) clock: Clock,
  ) {
    this.looks = new Looks(clock, mostRemembered, (eventId) => this.look(eventId));
  }

  /** Without those of ticket types that are hidden from who doesn't name their code. */
  async find(eventId: string, accessCode?: string): Promise<SeatsNow> {
    const { event, seats } = await this.looks.recent(eventId);
    const types = event.ticketTypes.filter((type) => isThereFor(type, accessCode));
    const shown = new Set(types.map(({ ticketTypeId }) => ticketTypeId));
    const sections = seats.sections.map(({ name, rows }) => ({
      name,
      rows: rows.filter(({ ticketTypeId }) => shown.has(ticketTypeId)),
    }));
    return { ...seats, sections: sections.filter(({ rows }) => rows.length > 0) };
  }

  private async look(eventId: string): Promise<Seen> {
    const event = await this.records.event(eventId);
    if (!event) throw eventUnknown();
    // Where no seats are numbered nobody need read the whole stock.
    if (!event.seatMap) return { event, seats: { version: `event-${event.version}`, sections: [] } };
    return this.doors.ask(eventId, seen);
  }
}

function seen(draft: Draft): Seen {
  const { event, seatPlan: plan } = draft;
  if (!event) throw eventUnknown();
  let number = 0;
  const sections = (event.seatMap?.sections ?? []).map(({ name, rows }) => ({
    name,
    rows: rows.map((row) => rowNow(row, plan?.drawn(number++) ?? '')),
  }));
  return { event, seats: { version: draft.nextSuffix(), sections } };
}

const rowNow = (
  { name, ticketTypeId, first, accessible, restrictedView }: SeatRow,
  seats: string,
): RowNow => ({
  name,
  ticketTypeId,
  first,
  seats,
  ...(accessible && { accessible }),
  ...(restrictedView && { restrictedView }),
});
