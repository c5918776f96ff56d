import type { EventPublished, SeatMap } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import type { Event } from './event';
import type { Pool } from './pool';
import { publication, salesWindow } from './publication';
import type { Reason } from './refusals';
import type { TicketType } from './ticket-type';

/** A message has 256 KB at most on the standard tier of Service Bus, envelope and headers included. */
export const mostPublicationBytes = 200 * 1024;

/** Everything that keeps a draft from being published at `now`; `seats`: those that it sells by their number, if any. */
export function hindrances(event: Event, now: Instant, seats: SeatMap | undefined): readonly Reason[] {
  const { startsAt, endsAt } = event.details;
  const found: Reason[] = [];
  if (startsAt <= now)
    found.push({
      field: 'startsAt',
      code: 'starts-in-the-past',
      message: 'the event must start in the future',
    });
  if (endsAt <= startsAt)
    found.push({ field: 'endsAt', code: 'ends-before-start', message: 'the event must end after it starts' });
  if (event.ticketTypes.length === 0)
    found.push({
      field: 'ticketTypes',
      code: 'no-ticket-type',
      message: 'the event needs at least one ticket type',
    });
  event.ticketTypes.forEach((ticketType, i) =>
    found.push(...salesFaults(ticketType, event, now, `ticketTypes[${i}]`)),
  );
  event.pools.forEach((pool, i) => found.push(...poolFaults(pool, event, `pools[${i}]`)));
  found.push(...sizeFaults(publication(event, now, seats)));
  return found;
}

const bytesOf = (part: unknown): number => Buffer.byteLength(JSON.stringify(part ?? ''));

/** What is too much to be told in one message. */
export function sizeFaults(fact: EventPublished): readonly Reason[] {
  const bytes = bytesOf(fact);
  if (bytes <= mostPublicationBytes) return [];
  const parts = [
    { field: 'seating', bytes: bytesOf(fact.seatMap), advice: 'assign fewer rows, or shorten their names' },
    { field: 'ticketTypes', bytes: bytesOf(fact.ticketTypes), advice: 'sell fewer, or with fewer codes' },
    { field: 'discounts', bytes: bytesOf(fact.terms?.discounts), advice: 'give fewer codes' },
  ];
  const { field, advice } = parts.reduce((most, part) => (part.bytes > most.bytes ? part : most));
  const message = `what is published would have ${bytes} bytes, ${mostPublicationBytes} at most: ${advice}`;
  return [{ field, code: 'too-large-to-publish', message }];
}

function salesFaults(ticketType: TicketType, event: Event, now: Instant, at: string): readonly Reason[] {
  const { salesFrom, salesUntil } = salesWindow(ticketType, event, now);
  const name = ticketType.name;
  const found: Reason[] = [];
  const field = `${at}.salesUntil`;
  if (salesUntil <= now)
    found.push({ field, code: 'sales-over', message: `sales of “${name}” would be over already` });
  if (salesUntil > event.details.endsAt)
    found.push({
      field,
      code: 'sales-after-the-event',
      message: `sales of “${name}” must not go on after the event has ended`,
    });
  if (salesFrom >= salesUntil && salesUntil > now)
    found.push({
      field: `${at}.salesFrom`,
      code: 'sales-start-after-end',
      message: `sales of “${name}” must start before they end`,
    });
  return found;
}

function poolFaults({ poolId, name, capacity }: Pool, { ticketTypes }: Event, at: string): readonly Reason[] {
  const sharing = ticketTypes.filter((ticketType) => ticketType.poolId === poolId);
  if (sharing.length === 0)
    return [{ field: at, code: 'pool-unused', message: `no ticket type shares the pool “${name}”` }];
  return sharing
    .filter(({ minPerOrder }) => minPerOrder > capacity)
    .map((ticketType) => ({
      field: `${at}.capacity`,
      code: 'min-over-pool',
      message: `an order has at least ${ticketType.minPerOrder} of “${ticketType.name}”, more than the pool “${name}” holds`,
    }));
}
