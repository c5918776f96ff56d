import type { Visitor } from './visitor';

export interface OnSale {
  readonly eventId: string;
  /** Two of them. */
  readonly ticketTypes: readonly { readonly ticketTypeId: string; readonly capacity: number }[];
}

/** Venue, event, two ticket types, published: as an organiser does it. */
export async function putOnSale(
  organizer: Visitor,
  categoryId: string,
  capacities: readonly [number, number],
  holdMinutes = 15,
  pricesMinor: readonly [number, number] = [4800, 1200],
): Promise<OnSale> {
  const day = 86_400_000;
  const { venueId } = await organizer.post<{ venueId: string }>('/venues', {
    name: 'Saal an der Wien',
    street: 'Uferweg 7',
    city: 'Wien',
    country: 'AT',
    timeZone: 'Europe/Vienna',
  });
  const { eventId } = await organizer.post<{ eventId: string }>('/events', {
    title: 'Winterreise by candlelight',
    categoryId,
    venueId,
    startsAt: new Date(Date.now() + 30 * day).toISOString(),
    endsAt: new Date(Date.now() + 30 * day + 7_200_000).toISOString(),
    currency: 'EUR',
    holdMinutes,
  });
  const ticketTypes = [];
  for (const [i, capacity] of capacities.entries()) {
    const { ticketTypeId } = await organizer.post<{ ticketTypeId: string }>(
      `/events/${eventId}/ticket-types`,
      {
        name: i === 0 ? 'Stalls' : 'Standing',
        priceMinor: pricesMinor[i],
        capacity,
        maxPerOrder: 100,
      },
    );
    ticketTypes.push({ ticketTypeId, capacity });
  }
  await organizer.post(`/events/${eventId}/publish`);
  // It goes on sale when ticket-inventory has heard of it.
  await until(
    () => organizer.send('GET', `/events/${eventId}/availability`),
    ({ status }) => status === 200,
  );
  return { eventId, ticketTypes };
}

export async function firstCategory(visitor: Visitor, admin: Visitor): Promise<string> {
  const { items } = await visitor.get<{ items: { categoryId: string }[] }>('/categories');
  if (items[0]) return items[0].categoryId;
  return (await admin.post<{ categoryId: string }>('/categories', { name: 'Concerts' })).categoryId;
}

/** Asks until the answer will do; an error that says what was last answered when it will not in time. */
export async function until<T>(
  ask: () => Promise<T>,
  enough: (answer: T) => boolean,
  milliseconds = 10_000,
): Promise<T> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (enough(answer)) return answer;
    if (performance.now() > end) throw new Error(`not within ${milliseconds} ms: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export interface Hold {
  readonly holdId: string;
  readonly token: string;
  readonly expiresAt: string;
}
export interface Order {
  readonly orderId: string;
  readonly state: string;
  readonly total: { readonly amountMinor: number; readonly currency: string };
  readonly tickets: readonly { readonly ticketId: string; readonly code: string }[];
}
export interface Payment {
  readonly paymentId: string;
  readonly state: string;
  readonly checkoutUrl?: string;
}

/** Two of the first type and one of the second. */
export const hold = (buyer: Visitor, { eventId, ticketTypes }: OnSale): Promise<Hold> =>
  buyer.post<Hold>('/holds', {
    eventId,
    lines: ticketTypes.map(({ ticketTypeId }, i) => ({ ticketTypeId, quantity: i === 0 ? 2 : 1 })),
  });

export async function placeOrder(buyer: Visitor, { token }: Hold): Promise<Order> {
  // The event's prices travel on the bus: just after publishing they may not have arrived.
  const answer = await until(
    () => buyer.send<Order>('POST', '/orders', { holdToken: token }),
    ({ status }) => status !== 503,
  );
  if (answer.status !== 201) throw new Error(`order: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export const pay = (buyer: Visitor, { orderId }: Order, gateway = 'sandbox'): Promise<Payment> =>
  buyer.post<Payment>('/payments', { orderId, gateway });

/** What the buyer does on the sandbox gateway's page. */
export async function atTheGateway(
  { checkoutUrl }: Payment,
  outcome: string,
  seconds?: number,
): Promise<void> {
  const form = new URLSearchParams({
    outcome,
    ...(seconds === undefined ? {} : { seconds: String(seconds) }),
  });
  const reply = await fetch(checkoutUrl ?? '', { method: 'POST', body: form, redirect: 'manual' });
  if (reply.status !== 303) throw new Error(`the gateway answered ${reply.status}: ${await reply.text()}`);
}

export const orderIn = (buyer: Visitor, { orderId }: Order, ...states: readonly string[]): Promise<Order> =>
  until(
    () => buyer.get<Order>(`/orders/${orderId}`),
    (order) => states.includes(order.state),
  );
