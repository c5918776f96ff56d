import { stockChain, StockSum, type EventPublished } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import type { HoldTerms, Line } from '../../../ticket-inventory/src/core/hold';
import type { Move, Segment } from '../../../ticket-inventory/src/core/move';
import type { OrderOutcome, Root } from '../../../ticket-inventory/src/core/ports';
import { stockLinesOf } from '../../../ticket-inventory/src/core/stock-lines';
import { TicketTrail } from './ticket-trail';

interface Held extends HoldTerms {
  readonly extensions: number;
}

const mostExtensions = 2;

/**
 * An event's stock added up again from its log alone, as the log grows: the root must say the same, and nothing may be in
 * the log that should never have been done.
 */
export class Recount {
  private readonly sum = new StockSum();
  private readonly holds = new Map<string, Held>();
  private readonly settled = new Set<string>();
  private readonly tickets: TicketTrail;
  /** What each buyer holds and has bought of each ticket type. */
  private readonly taken = new Map<string, number>();
  private readonly hall: ReadonlyMap<string, string>;
  private sequence = 0;
  private chain: string;

  constructor(
    private readonly event: EventPublished,
    private readonly alarm: (what: string) => void,
  ) {
    this.chain = event.eventId;
    this.hall = seatsIn(event);
    this.tickets = new TicketTrail(alarm);
  }

  /** `orders`: those whose outcome was written with it. */
  add({ sequence, at, moves, chain }: Segment, orders: readonly OrderOutcome[]): void {
    if (sequence !== this.sequence + 1) this.alarm(`commit ${sequence} follows ${this.sequence}`);
    this.sequence = sequence;
    const lines = stockLinesOf(moves);
    for (const line of lines) this.sum.add(sequence, line);
    if (lines.length > 0) this.chain = stockChain(this.chain, sequence, at, lines);
    if (chain !== this.chain) this.alarm(`commit ${sequence} breaks the chain`);
    for (const move of moves) this.follow(move, at, orders);
    this.tellFaults();
  }

  compare(root: Root): void {
    if (root.sequence !== this.sequence)
      this.alarm(`the root stands at ${root.sequence}, the log at ${this.sequence}`);
    if (root.chain !== this.chain) this.alarm('the root ends another chain than the log');
    const pools = (root.pools ?? []).map(({ poolId, capacity }) => {
      const sharing = root.allotments.filter((one) => one.poolId === poolId);
      return { poolId, capacity, taken: sharing.reduce((sum, { held, sold }) => sum + held + sold, 0) };
    });
    const totals = root.allotments.map((one) => ({ ...one, available: one.capacity - one.held - one.sold }));
    this.sum.compare({ totals, pools, chain: root.chain });
    this.tellFaults();
    this.compareOffer(root);
    for (const { holdId, expiresAt } of this.holds.values())
      if (root.nextDue === undefined || root.nextDue > expiresAt)
        this.alarm(`${holdId} falls due at ${expiresAt}, the root looks at ${root.nextDue}`);
  }

  private follow(move: Move, at: Instant, orders: readonly OrderOutcome[]): void {
    switch (move.kind) {
      case 'held':
        this.hold(move.terms);
        break;
      case 'extended':
        this.extend(move.holdId, move.expiresAt, at);
        break;
      case 'released':
      case 'expired': {
        const hold = this.end(move.holdId);
        if (!hold) break;
        if (move.kind === 'expired' && hold.expiresAt > at) this.alarm(`${move.holdId} expired too early`);
        this.count(hold.userId, hold.lines, -1);
        break;
      }
      case 'confirmed': {
        const hold = this.end(move.holdId);
        if (hold && hold.expiresAt <= at) this.alarm(`${move.holdId} was confirmed when it was over`);
        this.settle(move.orderId, orders, hold?.lines);
        break;
      }
      case 'sold':
        this.checkSeats(move.lines);
        this.count(move.userId, move.lines, 1);
        this.settle(move.orderId, orders, move.lines);
        break;
      case 'refused':
        this.settle(move.orderId, orders, undefined);
        break;
      case 'transferred':
        this.tickets.passOn(move);
        break;
      case 'returned':
        this.tickets.giveBack(move);
        this.count(move.userId, move.lines, -1);
        break;
      case 'claimed':
        this.claim(move.holdId, move.userId);
        break;
      case 'resized':
      case 'pool-resized':
        break; // the sum knows
      case 'blocked':
      case 'unblocked':
      case 'scanned':
        break; // no stock
    }
  }

  private hold(terms: HoldTerms): void {
    const { holdId, userId, lines, part } = terms;
    this.checkSeats(lines);
    this.count(userId, lines, 1);
    this.holds.set(holdId, { ...terms, extensions: 0 });
    if (userId === part?.groupId) return; // nobody's yet: limits are those of who claims it
    for (const { ticketTypeId, maxPerBuyer = Infinity } of this.event.ticketTypes)
      if (
        (this.taken.get(`${userId} ${ticketTypeId}`) ?? 0) > maxPerBuyer &&
        lines.some((line) => line.ticketTypeId === ticketTypeId)
      )
        this.alarm(`${userId} has more than ${maxPerBuyer} of ${ticketTypeId}`);
  }

  private claim(holdId: string, userId: string): void {
    const hold = this.holds.get(holdId);
    if (hold?.userId !== hold?.part?.groupId)
      this.alarm(`${holdId} was claimed by ${userId}, and is another's`);
    if (!hold) return;
    this.count(hold.userId, hold.lines, -1);
    this.hold({ ...hold, userId });
  }

  private extend(holdId: string, expiresAt: Instant, at: Instant): void {
    const hold = this.holds.get(holdId);
    if (!hold || hold.expiresAt <= at || expiresAt < hold.expiresAt || hold.extensions === mostExtensions)
      this.alarm(`${holdId} was extended to ${expiresAt} at ${at}: ${JSON.stringify(hold)}`);
    else this.holds.set(holdId, { ...hold, expiresAt, extensions: hold.extensions + 1 });
  }

  private end(holdId: string): Held | undefined {
    const hold = this.holds.get(holdId);
    this.holds.delete(holdId); // the sum tells where there was none
    return hold;
  }

  private settle(orderId: string, orders: readonly OrderOutcome[], lines: readonly Line[] | undefined): void {
    if (this.settled.has(orderId)) this.alarm(`order ${orderId} was settled twice`);
    this.settled.add(orderId);
    const outcome = orders.find((order) => order.orderId === orderId);
    if (outcome?.status !== (lines ? 'issued' : 'refused'))
      this.alarm(`order ${orderId} is ${outcome?.status} by its record, otherwise by the log`);
    else if (outcome.status === 'issued') this.tickets.issue(outcome, lines ?? []);
  }

  private count(userId: string, lines: readonly Line[], sign: 1 | -1): void {
    for (const { ticketTypeId, quantity } of lines) {
      const key = `${userId} ${ticketTypeId}`;
      this.taken.set(key, (this.taken.get(key) ?? 0) + sign * quantity);
    }
  }

  /** Whether each is free, the sum knows. */
  private checkSeats(lines: readonly Line[]): void {
    const numbered = new Set(this.hall.values());
    for (const { ticketTypeId, quantity, seats = [] } of lines) {
      const right = numbered.has(ticketTypeId) ? quantity : 0;
      if (seats.length !== right || seats.some((seat) => this.hall.get(seat) !== ticketTypeId))
        this.alarm(`${quantity} of ${ticketTypeId} are the seats ${seats.join(', ')}`);
    }
  }

  private compareOffer({ allotments, pools = [], eventVersion }: Root): void {
    if (eventVersion !== this.event.version) return;
    for (const { ticketTypeId, capacity, poolId } of this.event.ticketTypes) {
      const allotment = allotments.find((one) => one.ticketTypeId === ticketTypeId);
      if ((allotment?.wanted ?? allotment?.capacity) !== capacity || allotment?.poolId !== poolId)
        this.alarm(`${capacity} of ${ticketTypeId} are offered, the root has ${JSON.stringify(allotment)}`);
    }
    for (const { poolId, capacity } of this.event.pools ?? []) {
      const pool = pools.find((one) => one.poolId === poolId);
      if ((pool?.wanted ?? pool?.capacity) !== capacity)
        this.alarm(`pool ${poolId} of ${capacity} is offered, the root has ${JSON.stringify(pool)}`);
    }
  }

  private tellFaults(): void {
    for (const fault of this.sum.faults.splice(0)) this.alarm(fault);
  }
}

/** The ticket type of each numbered seat. */
function seatsIn({ seatMap }: EventPublished): ReadonlyMap<string, string> {
  const seats = new Map<string, string>();
  for (const section of seatMap?.sections ?? [])
    for (const { name, ticketTypeId, first, last, gaps = [] } of section.rows)
      for (let number = first; number <= last; number++)
        if (!gaps.includes(number)) seats.set(`${section.name}/${name}/${number}`, ticketTypeId);
  return seats;
}
