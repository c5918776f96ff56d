import type { EventPublished, SaleTerms } from '@boxoffice/shared/contracts';
import { money } from '@boxoffice/shared/kernel';
import type { Kysely } from 'kysely';
import type { PriceList } from '../core/ports';
import type { TicketPrice } from '../core/pricing/basket';
import { eventFrom } from './order-rows';
import type { PaymentTables, PriceRow } from './tables';

type TypeTerms = Omit<TicketPrice, 'ticketTypeId' | 'name' | 'price'>;

/** The row of a ticket type as it was announced: what its price asks beside its amount is kept as it came. */
export function priceRow(
  eventId: string,
  {
    ticketTypeId,
    name,
    price,
    tiers,
    packages,
    donation,
    addOnTo,
    taxCategory,
  }: EventPublished['ticketTypes'][number],
): PriceRow {
  const { amountMinor, currency } = price;
  const terms = JSON.stringify({ tiers, packages, donation, addOnTo, taxCategory });
  return { ticketTypeId, eventId, name, amountMinor, currency, terms: terms === '{}' ? null : terms };
}

/** Undefined where none of them was announced. */
export async function findPriceList(
  tables: Kysely<PaymentTables>,
  eventId: string,
  ticketTypeIds: readonly string[],
): Promise<PriceList | undefined> {
  const rows = await tables
    .selectFrom('prices')
    .innerJoin('events', 'events.eventId', 'prices.eventId')
    .leftJoin('refundJobs', (join) =>
      join.onRef('refundJobs.eventId', '=', 'events.eventId').on('refundJobs.reason', '=', 'event-cancelled'),
    )
    .selectAll('events')
    .select('refundJobs.askedAt as cancelledAt')
    .select(['prices.ticketTypeId', 'prices.name', 'prices.amountMinor', 'prices.currency'])
    .select('prices.terms as typeTerms')
    .where('prices.eventId', '=', eventId)
    .where('prices.ticketTypeId', 'in', [...ticketTypeIds])
    .execute();
  const [first] = rows;
  if (!first) return undefined;
  const prices = rows.map(({ ticketTypeId, name, amountMinor, currency, typeTerms }): TicketPrice => ({
    ticketTypeId,
    name,
    price: money(amountMinor, currency),
    ...(typeTerms === null ? {} : (JSON.parse(typeTerms) as TypeTerms)),
  }));
  const terms = first.terms === null ? {} : (JSON.parse(first.terms) as SaleTerms);
  return { event: eventFrom(first), isCancelled: first.cancelledAt !== null, prices, terms };
}
