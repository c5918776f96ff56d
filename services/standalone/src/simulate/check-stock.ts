import {
  orderFulfilled,
  paymentRefunded,
  ticketsIssued,
  verifyStockReport,
  type TicketsIssued,
} from '@boxoffice/shared/contracts';
import { kept, type SimulatedWorld, type StoredContainer } from '@boxoffice/shared/platform/simulated';
import {
  readSegment,
  type OrderBody,
  type RootBody,
  type SegmentBody,
} from '../../../ticket-inventory/src/infrastructure/stock-bodies';
import { ticketsOf, voidTickets, type Books } from './books';
import { Client, type Stage } from './client';
import type { Evidence } from './evidence';
import { Recount } from './recount';

const inventory = { name: 'inventory', ttl: false };

/** Adds the stock up after every single write: nothing is ever oversold, not for a moment. */
export class StockWatch {
  /** Each ticket once, by its type. */
  readonly issued = new Map<string, Set<string>>();
  /** Tickets that were given back: others may have what they were for. */
  private readonly gone = new Set<string>();
  /** How many tickets each fulfilled order was for. */
  readonly bought = new Map<string, number>();
  private readonly stock: StoredContainer;
  private readonly recounts = new Map<string, Recount>();

  constructor(
    world: SimulatedWorld,
    private readonly evidence: Evidence,
  ) {
    this.stock = world.stores.container('ticket-inventory', inventory);
    this.stock.whenWritten((partition, ids) => this.look(partition, ids));
    world.stores.bus.whenAccepted((envelope) => {
      if (paymentRefunded.is(envelope))
        for (const ticketId of paymentRefunded.read(envelope).ticketIds ?? []) this.gone.add(ticketId);
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

  rootOf = (eventId: string): RootBody | undefined => this.body(eventId, 'stock') as RootBody | undefined;

  private look(eventId: string, ids: readonly string[]): void {
    const written = (prefix: string): readonly unknown[] =>
      ids.filter((id) => id.startsWith(prefix)).map((id) => this.body(eventId, id));
    const [root] = written('stock') as readonly RootBody[];
    const segments = written('segment~') as readonly SegmentBody[];
    if (!root && segments.length === 0) return;
    const recount = this.recountOf(eventId);
    const orders = (written('order~') as readonly OrderBody[]).map(({ order }) => order);
    for (const body of segments) recount?.add(readSegment(eventId, body), orders);
    if (root) recount?.compare({ ...root, fence: '' });
  }

  private recountOf(eventId: string): Recount | undefined {
    const event = this.evidence.events.get(eventId);
    if (!event) {
      this.evidence.violated(`there is stock of ${eventId}, which was never published`);
      return undefined;
    }
    return kept(
      this.recounts,
      eventId,
      () => new Recount(event, (what) => this.evidence.violated(`stock of ${eventId}: ${what}`)),
    );
  }

  private body(eventId: string, id: string): unknown {
    const text = this.stock.read(eventId, id)?.text;
    return text === undefined ? undefined : JSON.parse(text);
  }

  private count({ eventId, tickets }: TicketsIssued): void {
    for (const { ticketId, ticketTypeId } of tickets) {
      const ids = this.issued.get(ticketTypeId) ?? new Set();
      this.issued.set(ticketTypeId, ids.add(ticketId));
      const size = [...ids].filter((id) => !this.gone.has(id)).length;
      if (size > this.capacityOf(eventId, ticketTypeId))
        this.evidence.violated(`oversold: ${size} tickets of ${ticketTypeId}`);
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
    readonly poolId?: string;
  }[];
  readonly pools?: readonly { readonly poolId: string; readonly capacity: number; readonly taken: number }[];
}

/** When all is quiet: what is sold has tickets, each ticket belongs to a fulfilled order, and the rest is for sale again. */
export async function checkStock(stage: Stage, watch: StockWatch, books: Books): Promise<void> {
  const { evidence, world } = stage;
  const visitor = new Client('visitor', 'buyer', stage, world.random('visitor'));
  const gone = voidTickets(books);
  const inHand = new Map<string, number>();
  for (const order of books.orders) {
    const { orderId, state, fulfilledAt } = order;
    const own = ticketsOf(order);
    const valid = own.filter(({ ticketId }) => !gone.has(ticketId));
    const bought = watch.bought.get(orderId);
    if (fulfilledAt === null ? valid.length > 0 : own.length !== bought)
      evidence.violated(`order ${orderId} is ${state} and has ${own.length} tickets of ${bought}`);
    for (const { ticketTypeId } of valid) inHand.set(ticketTypeId, (inHand.get(ticketTypeId) ?? 0) + 1);
  }
  for (const eventId of evidence.published) {
    // Before anybody asks: whoever asks ends what is overdue.
    for (const { ticketTypeId, held } of watch.rootOf(eventId)?.allotments ?? [])
      if (held !== 0) evidence.violated(`${held} of ${ticketTypeId} are stranded`);
    await checkReport(stage, eventId);
    const answer = await visitor.insist<Availability>({
      service: 'ticket-inventory',
      method: 'GET',
      path: `/events/${eventId}/availability`,
    });
    if (answer?.status !== 200) evidence.violated(`no availability of ${eventId}`);
    for (const { ticketTypeId, capacity, held, sold, available, poolId } of answer?.body.ticketTypes ?? []) {
      const pool = answer?.body.pools?.find((one) => one.poolId === poolId);
      const room = pool ? pool.capacity - pool.taken : Infinity;
      const issued = [...(watch.issued.get(ticketTypeId) ?? [])].filter((id) => !gone.has(id)).length;
      const inOrders = inHand.get(ticketTypeId) ?? 0;
      if (available !== Math.min(capacity - held - sold, room))
        evidence.violated(`${ticketTypeId} does not add up`);
      if (sold !== issued || sold !== inOrders)
        evidence.violated(
          `${sold} of ${ticketTypeId} are sold, ${issued} tickets issued, ${inOrders} in orders`,
        );
    }
  }
}

/** What the organiser can download adds up for anyone. */
async function checkReport(stage: Stage, eventId: string): Promise<void> {
  const { evidence, world } = stage;
  const who = evidence.events.get(eventId)?.organizerId ?? '';
  const organizer = new Client(who, 'organizer', stage, world.random(`report ${eventId}`));
  const path = `/events/${eventId}/stock-report`;
  const answer = await organizer.insist({ service: 'ticket-inventory', method: 'GET', path });
  if (answer?.status !== 200) evidence.violated(`no stock report of ${eventId}`);
  else for (const fault of verifyStockReport(answer.text).faults) evidence.violated(`stock report: ${fault}`);
}
