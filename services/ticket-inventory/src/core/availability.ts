import type { TicketTypeOnSale } from '@boxoffice/shared/contracts';
import { Clock, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { countsOf } from './counts';
import { isThereFor, type EventOnSale } from './event-on-sale';
import { ExpireHolds } from './expire-holds';
import { Looks } from './looks';
import { StockRecords, type Root } from './ports';
import { eventUnknown } from './refusals';
import { keptBy } from './waiting-rules';

export type SalesState = 'scheduled' | 'on-sale' | 'sold-out' | 'closed';

export interface TicketTypeStock {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly state: SalesState;
  readonly capacity: number;
  readonly held: number;
  readonly sold: number;
  /**
   * What can be held now: capacity less held less sold, and no more than its pool has left; nothing of what gathers for who has
   * waited long.
   */
  readonly available: number;
  readonly poolId?: string;
}

export interface Availability {
  readonly eventId: string;
  readonly ticketTypes: readonly TicketTypeStock[];
  /** Capacities that ticket types share; absent where there is none. */
  readonly pools?: readonly {
    readonly poolId: string;
    readonly name: string;
    readonly capacity: number;
    readonly taken: number;
  }[];
}

const mostRemembered = 2000;

interface Seen {
  /** What anyone may know. */
  readonly open: Availability;
  /** What only those who name its access code may. */
  readonly hidden: readonly { readonly type: TicketTypeOnSale; readonly stock: TicketTypeStock }[];
}

/** What is left: at most a second old, read from the root without the holds. Past their expiry holds count for nothing. */
@injectable()
export class FindAvailability {
  private readonly looks: Looks<Seen>;
  private readonly events = new Map<string, EventOnSale>();

  constructor(
    @inject(StockRecords) private readonly records: StockRecords,
    @inject(ExpireHolds) private readonly holds: ExpireHolds,
    @inject(Clock) private readonly clock: Clock,
  ) {
    this.looks = new Looks(clock, mostRemembered, (eventId) => this.read(eventId));
  }

  async find(eventId: string, accessCode?: string): Promise<Availability> {
    const { open, hidden } = await this.looks.recent(eventId);
    const shown = hidden.filter(({ type }) => isThereFor(type, accessCode));
    if (shown.length === 0) return open;
    return { ...open, ticketTypes: [...open.ticketTypes, ...shown.map(({ stock }) => stock)] };
  }

  /** The same for anyone, as it is at this moment; whoever asks within the next second gets this, too. */
  async look(eventId: string): Promise<Availability> {
    return (await this.looks.lookNow(eventId)).open;
  }

  private async read(eventId: string): Promise<Seen> {
    let root = await this.records.root(eventId);
    if (root?.nextDue && root.nextDue <= this.clock.now()) {
      await this.holds.expireAllOf(eventId);
      root = await this.records.root(eventId);
    }
    if (!root) throw eventUnknown();
    const event = await this.eventAt(eventId, root.eventVersion);
    if (!event) throw eventUnknown();
    return seenOf(event, root, this.clock.now());
  }

  private async eventAt(eventId: string, version: number): Promise<EventOnSale | undefined> {
    const known = this.events.get(eventId);
    if (known && known.version >= version) return known;
    const event = await this.records.event(eventId);
    if (!event) return undefined;
    this.events.delete(eventId);
    this.events.set(eventId, event);
    const [oldest] = this.events.keys();
    if (this.events.size > mostRemembered && oldest !== undefined) this.events.delete(oldest);
    return event;
  }
}

function seenOf(event: EventOnSale, root: Root, now: Instant): Seen {
  const counts = countsOf(root);
  const kept = keptBy(root.gatherings ?? [], now);
  const ticketTypes: TicketTypeStock[] = [];
  const hidden: { type: TicketTypeOnSale; stock: TicketTypeStock }[] = [];
  for (const type of event.ticketTypes) {
    const { ticketTypeId, name, poolId } = type;
    const allotment = counts.of(ticketTypeId);
    if (!allotment) continue;
    const { capacity, held, sold } = allotment;
    const available = counts.availableOf(ticketTypeId, kept) ?? 0;
    const state = stateOf(event, type, available, now);
    const shared = poolId === undefined ? {} : { poolId };
    const stock = { ticketTypeId, name, state, capacity, held, sold, available, ...shared };
    if (type.accessCodes === undefined) ticketTypes.push(stock);
    else hidden.push({ type, stock });
  }
  const pools = event.pools?.map(({ poolId, name, capacity }) => ({
    poolId,
    name,
    capacity: counts.pool(poolId)?.capacity ?? capacity,
    taken: counts.takenOfPool(poolId),
  }));
  const { eventId } = event;
  return { open: { eventId, ticketTypes, ...(pools === undefined ? {} : { pools }) }, hidden };
}

function stateOf(
  { cancelledAt }: EventOnSale,
  { salesFrom, salesUntil }: TicketTypeOnSale,
  available: number,
  now: Instant,
): SalesState {
  if (cancelledAt !== undefined || now >= salesUntil) return 'closed';
  if (now < salesFrom) return 'scheduled';
  return available === 0 ? 'sold-out' : 'on-sale';
}
