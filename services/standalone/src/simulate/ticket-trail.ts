import type { Line } from '../../../ticket-inventory/src/core/hold';
import type { Move } from '../../../ticket-inventory/src/core/move';
import type { OrderOutcome } from '../../../ticket-inventory/src/core/ports';

interface Trail {
  readonly orderId: string;
  readonly right: string;
  readonly issue: number;
  readonly isVoid: boolean;
}

/** What has become of each ticket of an event, by its log: issued once, passed on one code after another, void once. */
export class TicketTrail {
  private readonly trails = new Map<string, Trail>();

  constructor(private readonly alarm: (what: string) => void) {}

  issue({ orderId, tickets }: OrderOutcome & { readonly status: 'issued' }, lines: readonly Line[]): void {
    const rights = tickets.map(({ ticketTypeId, seat }) => rightOf(ticketTypeId, seat));
    if (!sameRights(rights, rightsIn(lines)))
      this.alarm(`order ${orderId} got ${rights.join(', ')}, and not what it paid for`);
    for (const { ticketId, ticketTypeId, seat } of tickets) {
      if (this.trails.has(ticketId)) this.alarm(`ticket ${ticketId} was issued twice`);
      this.trails.set(ticketId, { orderId, right: rightOf(ticketTypeId, seat), issue: 1, isVoid: false });
    }
  }

  passOn({ ticketId, issue }: Move & { readonly kind: 'transferred' }): void {
    const trail = this.trails.get(ticketId);
    if (!trail || trail.isVoid || trail.issue !== issue - 1)
      this.alarm(`ticket ${ticketId} was passed on as its issue ${issue}: ${JSON.stringify(trail)}`);
    else this.trails.set(ticketId, { ...trail, issue });
  }

  giveBack({ orderId, ticketIds, lines }: Move & { readonly kind: 'returned' }): void {
    const rights: string[] = [];
    for (const ticketId of ticketIds) {
      const trail = this.trails.get(ticketId);
      if (trail?.orderId !== orderId || trail.isVoid)
        this.alarm(`ticket ${ticketId} was given back for order ${orderId}: ${JSON.stringify(trail)}`);
      else {
        rights.push(trail.right);
        this.trails.set(ticketId, { ...trail, isVoid: true });
      }
    }
    if (!sameRights(rights, rightsIn(lines)))
      this.alarm(`order ${orderId} gave ${rights.join(', ')} back, and other stock came of it`);
  }
}

const rightOf = (ticketTypeId: string, seat = 'no seat'): string => `${ticketTypeId} ${seat}`;

const rightsIn = (lines: readonly Line[]): readonly string[] =>
  lines.flatMap(({ ticketTypeId, quantity, seats }) =>
    Array.from({ length: quantity }, (_, i) => rightOf(ticketTypeId, seats?.[i])),
  );

const sameRights = (some: readonly string[], others: readonly string[]): boolean =>
  [...some].sort().join() === [...others].sort().join();
