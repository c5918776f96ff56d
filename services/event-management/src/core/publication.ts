import type { EventPublished, SaleTerms, SeatMap, TicketTypeOnSale } from '@boxoffice/shared/contracts';
import { money, type Instant } from '@boxoffice/shared/kernel';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import { discountOnSale } from './discount';
import { priceOf, type Event } from './event';
import type { Pricing } from './pricing';
import type { TicketType } from './ticket-type';

/** When a ticket type is on sale, were the event published at `publishedAt`. */
export const salesWindow = (
  { salesFrom, salesUntil }: Pick<TicketType, 'salesFrom' | 'salesUntil'>,
  event: Event,
  publishedAt: Instant,
): { readonly salesFrom: Instant; readonly salesUntil: Instant } => ({
  salesFrom: salesFrom ?? publishedAt,
  salesUntil: salesUntil ?? event.details.startsAt,
});

/** What others are told of a published event; `seats`: those that it sells by their number, if any. */
export function publication(event: Event, publishedAt: Instant, seats: SeatMap | undefined): EventPublished {
  const { title, startsAt, endsAt, holdMinutes } = event.details;
  const { pools } = event;
  const terms = termsOnSale(event);
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
    ticketTypes: event.ticketTypes.map((ticketType) => onSale(ticketType, event, publishedAt)),
    ...(pools.length === 0 ? {} : { pools }),
    ...(seats && { seatMap: seats }),
    ...(Object.keys(terms).length > 0 && { terms }),
  };
}

/** Also how buyers see them. */
export function pricesOnSale(
  { tiers, packages, donation, addOnTo, taxCategory }: Pricing,
  currency: string,
): Pick<TicketTypeOnSale, keyof Pricing> {
  return {
    ...(tiers && {
      tiers: tiers.map(({ tierId, name, priceMinor, until, upTo }) => ({
        ...{ tierId, name, price: money(priceMinor, currency) },
        ...(until && { until }),
        ...(upTo !== undefined && { upTo }),
      })),
    }),
    ...(packages && {
      packages: packages.map(({ name, size, priceMinor }) => ({
        ...{ name, size, price: money(priceMinor, currency) },
      })),
    }),
    ...(donation && { donation }),
    ...(addOnTo && { addOnTo }),
    ...(taxCategory && { taxCategory }),
  };
}

/** Tax is charged where the event is held, unless its organiser says otherwise. */
const termsOnSale = ({ terms, discounts, place: { country } }: Event): SaleTerms => ({
  ...(terms.tax && { taxPlace: { country } }),
  ...terms,
  ...(discounts.length > 0 && { discounts: discounts.map(discountOnSale) }),
});

function onSale(ticketType: TicketType, event: Event, publishedAt: Instant): TicketTypeOnSale {
  const { ticketTypeId, maxPerBuyer, poolId, accessCodes } = ticketType;
  return {
    ticketTypeId,
    name: ticketType.name,
    price: priceOf(event, ticketType),
    capacity: ticketType.capacity,
    ...salesWindow(ticketType, event, publishedAt),
    minPerOrder: ticketType.minPerOrder,
    maxPerOrder: ticketType.maxPerOrder,
    ...(maxPerBuyer === undefined ? {} : { maxPerBuyer }),
    ...(poolId === undefined ? {} : { poolId }),
    ...pricesOnSale(ticketType, event.details.currency),
    ...(accessCodes && { accessCodes: accessCodes.map((code) => accessCodeHash(ticketTypeId, code)) }),
  };
}
