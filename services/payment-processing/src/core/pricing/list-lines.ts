import type { Money } from '@boxoffice/shared/kernel';
import type { PurchaseFault } from '../faults';
import { notReady } from '../refusals';
import { tierAllowance } from './allowances';
import type { Basket, Offer, TicketPrice } from './basket';

/** What is bought of one ticket type at one price, before anything is taken off. */
export interface ListLine {
  readonly type: TicketPrice;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly tierId?: string;
  readonly package?: { readonly name: string; readonly size: number };
}

export const ticketsOf = (line: Pick<ListLine, 'quantity' | 'package'>): number =>
  line.quantity * (line.package?.size ?? 1);

/** Throws `not-ready` for a ticket type whose price isn't here. */
export function listLines(
  { held, named }: Pick<Basket, 'held' | 'named'>,
  offer: Offer,
): readonly ListLine[] {
  return held.flatMap(({ ticketTypeId, quantity }) => {
    const type = offer.prices.find((one) => one.ticketTypeId === ticketTypeId);
    if (!type) throw notReady('price');
    if (!type.donation) return linesOf(type, quantity, offer);
    const gift = named.find((one) => one.ticketTypeId === ticketTypeId)?.amountMinor;
    const unitPrice = gift === undefined ? type.price : { ...type.price, amountMinor: gift };
    return [{ type, quantity, unitPrice }];
  });
}

/** Packages as large as they go, then the tiers that still hold, then the ticket type's own price. */
function linesOf(type: TicketPrice, quantity: number, { now, taken }: Offer): readonly ListLine[] {
  const lines: ListLine[] = [];
  let left = quantity;
  const take = (count: number, size: number, line: Omit<ListLine, 'type' | 'quantity'>): void => {
    if (count > 0) lines.push({ type, quantity: count, ...line });
    left -= count * size;
  };
  for (const { name, size, price } of [...(type.packages ?? [])].sort((a, b) => b.size - a.size))
    take(Math.floor(left / size), size, { unitPrice: price, package: { name, size } });
  for (const tier of type.tiers ?? []) {
    if (tier.until !== undefined && tier.until <= now) continue;
    const allowance = tierAllowance(type.ticketTypeId, tier);
    const rest = allowance ? Math.max(0, allowance.most - (taken.get(allowance.allowanceId) ?? 0)) : left;
    take(Math.min(left, rest), 1, { unitPrice: tier.price, tierId: tier.tierId });
  }
  take(left, 1, { unitPrice: type.price });
  return lines;
}

/** Prices that were not the buyer's to name, or are below the listed one; add-ons beside nothing that they belong to. */
export function lineFaults({ held, named }: Basket, { prices }: Offer): readonly PurchaseFault[] {
  const quantityOf = (ids: readonly string[]): number =>
    held.reduce((count, line) => (ids.includes(line.ticketTypeId) ? count + line.quantity : count), 0);
  const badPrices = named.flatMap(({ ticketTypeId, amountMinor }, place): PurchaseFault[] => {
    const field = `prices[${place}]`;
    const type = prices.find((one) => one.ticketTypeId === ticketTypeId);
    if (quantityOf([ticketTypeId]) === 0 || !type?.donation)
      return [{ field, code: 'notNamed', message: 'the price of this is not the buyer’s to name' }];
    if (amountMinor >= type.price.amountMinor) return [];
    return [
      {
        field: `${field}.amountMinor`,
        code: 'belowListed',
        message: `at least ${type.price.amountMinor} minor units are asked for a ticket`,
      },
    ];
  });
  const loose = prices.flatMap(({ ticketTypeId, name, addOnTo }): PurchaseFault[] =>
    addOnTo === undefined || quantityOf([ticketTypeId]) <= quantityOf(addOnTo)
      ? []
      : [{ field: 'holdToken', code: 'addOn', message: `${name} is sold beside a ticket, one for each` }],
  );
  return [...badPrices, ...loose];
}
