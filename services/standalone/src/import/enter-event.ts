import { createHash } from 'node:crypto';
import type { Instant } from '@boxoffice/shared/kernel';

/** The HTTP API, called as somebody; see desk.ts. */
export type CallApi = (call: ApiCall) => Promise<ApiAnswer>;
export interface ApiCall {
  readonly as: 'organizer' | 'admin';
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly idempotencyKey?: string;
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
  readonly ticketTypes: readonly {
    readonly name: string;
    readonly priceMinor: number;
    readonly capacity: number;
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
 * Enters an event as an organiser would: its category and venue where they are new, the draft, its ticket types, and publishes it if it
 * has any. Whoever repeats it after a crash gets the same event: each step has an Idempotency-Key made of what it says. Throws NotEntered.
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
    for (const ticketType of event.ticketTypes)
      await post('organizer', `/events/${eventId}/ticket-types`, ticketType);
    if (event.ticketTypes.length === 0) return { eventId, published: false };
    await post('organizer', `/events/${eventId}/publish`, {});
  } catch (error) {
    throw error instanceof NotEntered ? new NotEntered([...error.reasons, 'it is kept as a draft']) : error;
  }
  return { eventId, published: true };
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
