import { Clock, toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { availableOf, type Allotment } from './allotment';
import type { EventOnSale } from './event-on-sale';
import { ExpireHolds } from './expire-holds';
import { StockRecords } from './ports';
import { eventUnknown } from './refusals';

export type SalesState = 'scheduled' | 'on-sale' | 'sold-out' | 'closed';

export interface Availability {
  readonly eventId: string;
  readonly ticketTypes: readonly {
    readonly ticketTypeId: string;
    readonly name: string;
    readonly state: SalesState;
    readonly capacity: number;
    readonly held: number;
    readonly sold: number;
    readonly available: number;
  }[];
}

const freshMilliseconds = 1000;
const mostRemembered = 2000;

interface Look {
  readonly until: number;
  readonly seen: Promise<Availability>;
}

/** What is left: at most a second old, read from the root without the holds. Past their expiry holds count for nothing. */
@injectable()
export class FindAvailability {
  private readonly looks = new Map<string, Look>();
  private readonly events = new Map<string, EventOnSale>();

  constructor(
    @inject(StockRecords) private readonly records: StockRecords,
    @inject(ExpireHolds) private readonly holds: ExpireHolds,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  find(eventId: string): Promise<Availability> {
    const now = toMilliseconds(this.clock.now());
    const known = this.looks.get(eventId);
    if (known && now < known.until) return known.seen;
    const seen = this.look(eventId);
    this.looks.delete(eventId);
    this.looks.set(eventId, { until: now + freshMilliseconds, seen });
    seen.catch(() => this.looks.delete(eventId));
    if (this.looks.size > mostRemembered) this.forgetOldest();
    return seen;
  }

  private async look(eventId: string): Promise<Availability> {
    let root = await this.records.root(eventId);
    if (root?.nextDue && root.nextDue <= this.clock.now()) {
      await this.holds.expireAllOf(eventId);
      root = await this.records.root(eventId);
    }
    if (!root) throw eventUnknown();
    const event = await this.eventAt(eventId, root.eventVersion);
    if (!event) throw eventUnknown();
    return { eventId, ticketTypes: typesOf(event, root.allotments, this.clock.now()) };
  }

  private async eventAt(eventId: string, version: number): Promise<EventOnSale | undefined> {
    const known = this.events.get(eventId);
    if (known && known.version >= version) return known;
    const event = await this.records.event(eventId);
    if (event) this.events.set(eventId, event);
    return event;
  }

  private forgetOldest(): void {
    const [oldest] = this.looks.keys();
    if (oldest === undefined) return;
    this.looks.delete(oldest);
    this.events.delete(oldest);
  }
}

function typesOf(
  event: EventOnSale,
  allotments: readonly Allotment[],
  now: Instant,
): Availability['ticketTypes'] {
  return event.ticketTypes.flatMap(({ ticketTypeId, name, salesFrom, salesUntil }) => {
    const allotment = allotments.find((a) => a.ticketTypeId === ticketTypeId);
    if (!allotment) return [];
    const { capacity, held, sold } = allotment;
    const available = availableOf(allotment);
    const state =
      now < salesFrom ? 'scheduled' : now >= salesUntil ? 'closed' : available === 0 ? 'sold-out' : 'on-sale';
    return [{ ticketTypeId, name, state, capacity, held, sold, available }];
  });
}
