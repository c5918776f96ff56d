import { createHash } from 'node:crypto';
import type { Instant } from '@boxoffice/shared/kernel';

/** The HTTP API, called as somebody; see desk.ts. */
export type CallApi = (call: ApiCall) => Promise<ApiAnswer>;
export interface ApiCall {
  readonly as: 'organizer' | 'admin';
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
  readonly idempotencyKey?: string;
  /** An ETag. */
  readonly ifMatch?: string;
}
export interface ApiAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface EventToEnter {
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  /** None: the first there is. */
  readonly category: string;
  readonly venue: {
    readonly name: string;
    readonly street: string;
    readonly postalCode: string;
    readonly city: string;
    readonly country: string;
    readonly timeZone: string;
  };
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly currency: string;
  readonly ticketTypes: readonly TicketTypeToEnter[];
  readonly pools?: readonly { readonly name: string; readonly capacity: number }[];
  readonly seats?: SeatsToEnter;
  /** As the API takes them, as are discounts. */
  readonly terms?: object;
  readonly discounts?: readonly object[];
}

export interface TicketTypeToEnter {
  readonly name: string;
  readonly priceMinor: number;
  readonly capacity: number;
  readonly maxPerBuyer?: number;
  readonly accessCodes?: readonly string[];
  /** The name of a pool of the event. */
  readonly pool?: string;
  /** As the API takes them. */
  readonly tiers?: readonly object[];
  readonly packages?: readonly object[];
  readonly taxCategory?: string;
}

/** A seat map for the venue, as the API takes it, and the names of the ticket types that its sections or rows are sold as. */
export interface SeatsToEnter {
  readonly map: object;
  readonly sold: readonly {
    readonly section: string;
    readonly rows?: readonly string[];
    readonly ticketType: string;
  }[];
}

/** The API would not have it; one reason a fault. */
export class NotEntered extends Error {
  override readonly name = 'NotEntered';
  constructor(readonly reasons: readonly string[]) {
    super(reasons.join('; '));
  }
}

/**
 * Enters an event as an organiser would: its category and venue where they are new, the draft, its pools, ticket types, discounts, seats and terms of sale, and
 * publishes it if it has ticket types. Whoever repeats it after a crash gets the same event: each step has an Idempotency-Key made of what it says. Throws NotEntered.
 */
export async function enterEvent(
  call: CallApi,
  event: EventToEnter,
): Promise<{ eventId: string; published: boolean }> {
  const post = async (
    as: ApiCall['as'],
    path: string,
    body: object,
  ): Promise<Readonly<Record<string, unknown>>> => {
    const idempotencyKey = createHash('sha256')
      .update(`${path} ${JSON.stringify(body)}`)
      .digest('base64url');
    const answer = await call({ as, method: 'POST', path, body, idempotencyKey });
    if (answer.status >= 300) throw new NotEntered(reasonsOf(answer));
    return answer.body;
  };
  const categoryId = await categoryOf(call, event.category || 'Events', post);
  const venue = await post('organizer', '/venues', event.venue);
  const { title, summary, description, startsAt, endsAt, currency } = event;
  const draft = {
    title,
    summary,
    description,
    categoryId,
    venueId: venue['venueId'],
    startsAt,
    endsAt,
    currency,
  };
  const { eventId } = (await post('organizer', '/events', draft)) as { eventId: string };
  try {
    const poolIds = new Map<string, unknown>();
    for (const pool of event.pools ?? [])
      poolIds.set(pool.name, (await post('organizer', `/events/${eventId}/pools`, pool))['poolId']);
    const ticketTypeIds = new Map<string, unknown>();
    for (const { pool, ...ticketType } of event.ticketTypes) {
      const body = { ...ticketType, ...(pool === undefined ? {} : { poolId: named(pool, poolIds) }) };
      const added = await post('organizer', `/events/${eventId}/ticket-types`, body);
      ticketTypeIds.set(ticketType.name, added['ticketTypeId']);
    }
    if (event.ticketTypes.length === 0) return { eventId, published: false };
    for (const discount of event.discounts ?? [])
      await post('organizer', `/events/${eventId}/discounts`, discount);
    if (event.seats) {
      const { map, sold } = event.seats;
      const { seatMapId } = await post('organizer', `/venues/${String(venue['venueId'])}/seat-maps`, map);
      const sections = sold.map(({ ticketType, ...rows }) => ({
        ...rows,
        ticketTypeId: named(ticketType, ticketTypeIds),
      }));
      await edit(call, eventId, 'seating', { seatMapId, sections });
    }
    if (event.terms) await edit(call, eventId, 'terms', event.terms);
    await post('organizer', `/events/${eventId}/publish`, {});
  } catch (error) {
    throw error instanceof NotEntered ? new NotEntered([...error.reasons, 'it is kept as a draft']) : error;
  }
  return { eventId, published: true };
}

/** Without an Idempotency-Key: whether it is still to be done shows in the event. */
async function edit(call: CallApi, eventId: string, part: 'seating' | 'terms', body: object): Promise<void> {
  const path = `/events/${eventId}`;
  const { body: event } = await call({ as: 'organizer', method: 'GET', path });
  if (event['state'] === 'published') return;
  const ifMatch = `"${String(event['version'])}"`;
  const answer = await call({ as: 'organizer', method: 'PUT', path: `${path}/${part}`, body, ifMatch });
  if (answer.status >= 300) throw new NotEntered(reasonsOf(answer));
}

function named(name: string, ids: ReadonlyMap<string, unknown>): unknown {
  if (!ids.has(name)) throw new Error(`nothing of the event is called “${name}”`);
  return ids.get(name);
}

type Post = (as: ApiCall['as'], path: string, body: object) => Promise<Readonly<Record<string, unknown>>>;

async function categoryOf(call: CallApi, name: string, post: Post): Promise<string> {
  const { body } = await call({ as: 'organizer', method: 'GET', path: '/categories' });
  const known = (body['items'] as readonly { categoryId: string; name: string }[]).find(
    (c) => c.name.toLowerCase() === name.toLowerCase(),
  );
  return known?.categoryId ?? ((await post('admin', '/categories', { name }))['categoryId'] as string);
}

function reasonsOf(answer: ApiAnswer): readonly string[] {
  const { errors, reasons, detail } = answer.body as {
    errors?: readonly { field: string; message: string }[];
    reasons?: readonly { field: string; message: string }[];
    detail?: string;
  };
  const faults = errors ?? reasons;
  if (faults !== undefined && faults.length > 0)
    return faults.map(({ field, message }) => `${field}: ${message}`);
  return [detail ?? `answered ${answer.status}`];
}
