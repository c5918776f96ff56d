import type { PaymentCaptured } from '@boxoffice/shared/contracts';
import { fromMilliseconds, instant, type Chance, type Clock, type Instant } from '@boxoffice/shared/kernel';
import type { EventOnSale } from '../src/core/event-on-sale';

export const eventId = '01jv0h5c9n3yq8t6w2b4d7f1ga';
export const stalls = '01jv0h5c9n8m1s4k7p0r3v6x9z';
export const balcony = '01jv0h5c9nbbbbbbbbbbbbbbbb';
export const noon = instant('2027-01-05T12:00:00Z');

export function concert(changes: Partial<EventOnSale> = {}, capacities = [10, 4]): EventOnSale {
  const type = (ticketTypeId: string, name: string, capacity: number) => ({
    ticketTypeId,
    name,
    price: { amountMinor: 4800, currency: 'EUR' },
    capacity,
    salesFrom: instant('2026-12-01T09:00:00Z'),
    salesUntil: instant('2027-02-12T18:30:00Z'),
    minPerOrder: 1,
    maxPerOrder: 8,
  });
  return {
    eventId,
    version: 1,
    organizerId: 'b0a7c9d2-2f64-4f0a-9f5e-0d5f6a1c2b3d',
    slug: 'winterreise-by-candlelight',
    title: 'Winterreise by candlelight',
    startsAt: instant('2027-02-12T18:30:00Z'),
    endsAt: instant('2027-02-12T20:15:00Z'),
    timeZone: 'Europe/Vienna',
    venueName: 'Konzerthaus, Schubert-Saal',
    venueAddress: 'Lothringerstraße 20, 1030 Wien, AT',
    holdMinutes: 15,
    ticketTypes: [type(stalls, 'Stalls', capacities[0] ?? 0), type(balcony, 'Balcony', capacities[1] ?? 0)],
    ...changes,
  };
}

export const orderId = (number: number): string => `01jv0hc2k4b6d8f0g1h3${String(number).padStart(6, '0')}`;

export const capture = (
  number: number,
  holdId: string,
  userId: string,
  lines: PaymentCaptured['lines'],
): PaymentCaptured => ({
  orderId: orderId(number),
  eventId,
  holdId,
  userId,
  lines,
  amount: { amountMinor: 4800, currency: 'EUR' },
  capturedAt: noon,
});

/** A clock that a test sets. Sleeping takes a turn of the event loop and none of its time. */
export class SetClock implements Clock {
  constructor(public time: Instant = noon) {}
  now = (): Instant => this.time;
  sleep = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  pass(minutes: number): void {
    this.time = fromMilliseconds(Date.parse(this.time) + minutes * 60_000);
  }
}

/** Bytes that a seed decides (mulberry32). */
export function seeded(seed: number): Chance & { below(limit: number): number } {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return {
    bytes: (length) => Uint8Array.from({ length }, () => next() & 255),
    below: (limit) => next() % limit,
  };
}
