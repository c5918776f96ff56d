import { orderFulfilled, ticketsIssued, type TicketsIssued } from '@boxoffice/shared/contracts';
import type { SimulatedWorld, StoredContainer } from '@boxoffice/shared/platform/simulated';
import type { Books } from './books';
import { Client, type Stage } from './client';
import type { Evidence } from './evidence';

interface Root {
  readonly allotments: readonly {
    readonly ticketTypeId: string;
    readonly capacity: number;
    readonly held: number;
    readonly sold: number;
  }[];
}

const inventory = { name: 'inventory', ttl: false };

/** Looks at the stock after every single write: nothing is ever oversold, not for a moment. */
export class StockWatch {
  /** Each ticket once, by its type. */
  readonly issued = new Map<string, Set<string>>();
  /** How many tickets each fulfilled order was for. */
  readonly bought = new Map<string, number>();
  private readonly stock: StoredContainer;

  constructor(
    world: SimulatedWorld,
    private readonly evidence: Evidence,
  ) {
    this.stock = world.stores.container('ticket-inventory', inventory);
    this.stock.whenWritten(() => {
      for (const eventId of evidence.events.keys()) {
        const root = this.rootOf(eventId);
        if (root) this.check(eventId, root);
      }
    });
    world.stores.bus.whenAccepted((envelope) => {
      if (ticketsIssued.is(envelope)) this.count(ticketsIssued.read(envelope));
      if (orderFulfilled.is(envelope)) {
        const { orderId, lines } = orderFulfilled.read(envelope);
        this.bought.set(
          orderId,
          lines.reduce((sum, line) => sum + line.quantity, 0),
        );
      }
    });
  }

  rootOf(eventId: string): Root | undefined {
    const root = this.stock.read(eventId, 'stock');
    return root?.text === undefined ? undefined : (JSON.parse(root.text) as Root);
  }

  private check(eventId: string, { allotments }: Root): void {
    for (const { ticketTypeId, capacity, held, sold } of allotments) {
      const offered = this.capacityOf(eventId, ticketTypeId);
      const sound = held >= 0 && sold >= 0 && held + sold <= capacity && capacity === offered;
      if (!sound)
        this.evidence.violated(
          `stock of ${ticketTypeId}: capacity ${capacity} of ${offered}, held ${held}, sold ${sold}`,
        );
    }
  }

  private count({ eventId, tickets }: TicketsIssued): void {
    for (const { ticketId, ticketTypeId } of tickets) {
      const ids = this.issued.get(ticketTypeId) ?? new Set();
      this.issued.set(ticketTypeId, ids.add(ticketId));
      if (ids.size > this.capacityOf(eventId, ticketTypeId))
        this.evidence.violated(`oversold: ${ids.size} tickets of ${ticketTypeId}`);
    }
  }

  private capacityOf(eventId: string, ticketTypeId: string): number {
    return (
      this.evidence.events.get(eventId)?.ticketTypes.find((type) => type.ticketTypeId === ticketTypeId)
        ?.capacity ?? 0
    );
  }
}

interface Availability {
  readonly ticketTypes: readonly {
    readonly ticketTypeId: string;
    readonly capacity: number;
    readonly held: number;
    readonly sold: number;
    readonly available: number;
  }[];
}

/** When all is quiet: what is sold has tickets, each ticket belongs to a fulfilled order, and the rest is for sale again. */
export async function checkStock(stage: Stage, watch: StockWatch, books: Books): Promise<void> {
  const { evidence, world } = stage;
  const visitor = new Client('visitor', 'buyer', stage, world.random('visitor'));
  const ticketsOf = new Map<string, number>();
  for (const { orderId, state, tickets } of books.orders) {
    const own = JSON.parse(tickets ?? '[]') as { ticketTypeId: string }[];
    const bought = state === 'fulfilled' ? watch.bought.get(orderId) : 0;
    if (own.length !== bought)
      evidence.violated(`order ${orderId} is ${state} and has ${own.length} tickets of ${bought}`);
    for (const { ticketTypeId } of own) ticketsOf.set(ticketTypeId, (ticketsOf.get(ticketTypeId) ?? 0) + 1);
  }
  for (const eventId of evidence.published) {
    // Before anybody asks: whoever asks ends what is overdue.
    for (const { ticketTypeId, held } of watch.rootOf(eventId)?.allotments ?? [])
      if (held !== 0) evidence.violated(`${held} of ${ticketTypeId} are stranded`);
    const answer = await visitor.insist<Availability>({
      service: 'ticket-inventory',
      method: 'GET',
      path: `/events/${eventId}/availability`,
    });
    if (answer?.status !== 200) evidence.violated(`no availability of ${eventId}`);
    for (const { ticketTypeId, capacity, held, sold, available } of answer?.body.ticketTypes ?? []) {
      const issued = watch.issued.get(ticketTypeId)?.size ?? 0;
      const inOrders = ticketsOf.get(ticketTypeId) ?? 0;
      if (sold + held + available !== capacity) evidence.violated(`${ticketTypeId} does not add up`);
      if (sold !== issued || sold !== inOrders)
        evidence.violated(
          `${sold} of ${ticketTypeId} are sold, ${issued} tickets issued, ${inOrders} in orders`,
        );
    }
  }
}
