import type { EventPublished } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import { priceOf, type Event } from './event';
import type { Reason } from './refusals';
import type { TicketType } from './ticket-type';

/** Everything that keeps a draft from being published at `now`. */
export function hindrances(event: Event, now: Instant): readonly Reason[] {
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
  return found;
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

/** When a ticket type is on sale, were the event published at `publishedAt`. */
export const salesWindow = (
  { salesFrom, salesUntil }: Pick<TicketType, 'salesFrom' | 'salesUntil'>,
  event: Event,
  publishedAt: Instant,
): { readonly salesFrom: Instant; readonly salesUntil: Instant } => ({
  salesFrom: salesFrom ?? publishedAt,
  salesUntil: salesUntil ?? event.details.startsAt,
});

/** What others are told of a published event. */
export function publication(event: Event, publishedAt: Instant): EventPublished {
  const { title, startsAt, endsAt, holdMinutes } = event.details;
  return {
    eventId: event.eventId,
    version: event.version,
    organizerId: event.organizerId,
    slug: event.slug,
    title,
    startsAt,
    endsAt,
    timeZone: event.place.timeZone,
    venueName: event.place.name,
    venueAddress: event.place.address,
    holdMinutes,
    ticketTypes: event.ticketTypes.map((ticketType) => ({
      ticketTypeId: ticketType.ticketTypeId,
      name: ticketType.name,
      price: priceOf(event, ticketType),
      capacity: ticketType.capacity,
      ...salesWindow(ticketType, event, publishedAt),
      minPerOrder: ticketType.minPerOrder,
      maxPerOrder: ticketType.maxPerOrder,
    })),
  };
}
